import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const patience = { timeout: 120_000 };

/** Runs `npm run simulate`; the end of what it says, and all of it where it broke a promise. */
async function simulated(...options: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "main.ts"), ...options], { maxBuffer: 64 * 1024 * 1024 }).catch((error: { readonly stdout?: string; readonly message: string }) => ({ stdout: `${error.message}\n${error.stdout ?? ""}` }));
  return stdout.trimEnd();
}

/** As many as fit into some seconds; `npm run simulate` plays more. */
test("in years of twelve sources, with faults at every effect, nothing is lost, nothing rings twice unnoted, and nothing unknown rings", patience, async () => {
  const said = await simulated("--seeds", "6");
  expect(said).toMatch(/\n6 seeds, \d{4,} faults injected, 0 promises broken, \d+ possible repeats.*$/);
});

test("a seed is the same each time that it is played, to the last line of its trace", patience, async () => {
  const [once, again] = await Promise.all([simulated("--seed", "7", "--trace"), simulated("--seed", "7", "--trace")]);
  expect(once.length).toBeGreaterThan(500_000);
  expect(again).toBe(once);
});
