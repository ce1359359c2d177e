import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const file = join(import.meta.dirname, "../../cli/young-heap.ts");
/** Prints by how many bytes the young heap grows while objects outlive each look at it. */
const program = `
import { getHeapSpaceStatistics } from "node:v8";
import { keepYoungHeap } from ${JSON.stringify(file)};
const size = () => getHeapSpaceStatistics().filter((space) => space.space_name === "new_space").reduce((sum, space) => sum + space.space_size, 0);
if (process.argv[1] === "kept") keepYoungHeap();
const before = size();
const living = [];
for (let count = 0; count < 400_000; count++) living[count % 100_000] = { count, text: [count] };
process.stdout.write(String(size() - before));`;

const growth = (...words: string[]): number => Number(execFileSync(process.execPath, ["--input-type=module", "-e", program, ...words], { encoding: "utf8" }));

test("the heap for young objects grows many times over by itself, and hardly where it is kept", () => {
  const [free, kept] = [growth(), growth("kept")];
  expect([free, kept, kept < free / 8]).toEqual([free, kept, true]);
});
