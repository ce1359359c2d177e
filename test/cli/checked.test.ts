import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkedOnce } from "../../cli/checked.ts";
import { projectPath } from "../../cli/paths.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { made } from "../catalogue/made.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-checked-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const files = (sources = "{}") => [{ name: "events.json", text: "{}" }, { name: "sources.json", text: sources }] as const;

test("a catalogue that was checked is not checked again while its texts are the same, and is the same", async () => {
  const check = vi.fn<() => Promise<Catalogue>>(async () => made());
  const first = await checkedOnce(folder, files(), check);
  expect(await checkedOnce(folder, files(), check)).toEqual(first);
  expect(first).toEqual(made());
  expect(check).toHaveBeenCalledTimes(1);
});

test("another text is checked, and so is the first when it comes back", async () => {
  const check = vi.fn<() => Promise<Catalogue>>(async () => made());
  for (const text of ["{}", "{ }", "{}"]) await checkedOnce(folder, files(text), check);
  expect(check).toHaveBeenCalledTimes(3);
});

test("what does not pass is checked each time", async () => {
  const check = vi.fn<() => Promise<Catalogue>>(async () => Promise.reject(new Error("It lacks an id.")));
  await expect(checkedOnce(folder, files(), check)).rejects.toThrow("It lacks an id.");
  await expect(checkedOnce(folder, files(), check)).rejects.toThrow("It lacks an id.");
  expect(check).toHaveBeenCalledTimes(2);
});

test("a file that was cut off, or a folder that cannot be used, costs the check and no more", async () => {
  const check = vi.fn<() => Promise<Catalogue>>(async () => made());
  await writeFile(join(folder, "catalogue.json"), '{"key": "');
  expect(await checkedOnce(folder, files(), check)).toEqual(made());
  await writeFile(join(folder, "file"), "");
  expect(await checkedOnce(join(folder, "file"), files(), check)).toEqual(made());
  expect(check).toHaveBeenCalledTimes(2);
});

test("a check goes by nothing that does not count", async () => {
  const imports = [...(await readFile(projectPath("shared", "catalogue", "schema.ts"), "utf8")).matchAll(/^import (?!type).*"(.+)";$/gm)].map(([, from]) => from);
  expect(imports).toEqual(["zod", "../calendar/days.ts"]);
  expect(await readFile(projectPath("shared", "calendar", "days.ts"), "utf8")).not.toMatch(/^import (?!type)/m);
});
