import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** Runs `npm run simulate`; the end of what it says, and all of it where it broke a promise. */
async function simulated(...options: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, "main.ts"), ...options], { maxBuffer: 64 * 1024 * 1024 }).catch((error: { readonly stdout?: string; readonly message: string }) => ({ stdout: `${error.message}\n${error.stdout ?? ""}` }));
  return stdout.trimEnd();
}

/** As many as fit into some seconds; `npm run simulate` plays more. One of them is played again in a process that is warm, which costs a third of playing it in a new one. */
test("in years of twelve sources, with faults at every effect, nothing is lost, nothing rings twice unnoted, nothing unknown rings, and a seed is the same each time", { timeout: 120_000 }, async () => {
  const said = await simulated("--seeds", "6", "--workers", "2", "--again");
  expect(said).toMatch(/\n6 seeds, \d{4,} faults injected, 0 promises broken, \d+ possible repeats.*$/);
  expect(said).toMatch(/^seed 4 was played again, and was the same$/m);
});
