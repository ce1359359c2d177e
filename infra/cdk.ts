import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { messageOf } from "../shared/fault.ts";

/** Runs the cdk command where a person sees and answers it. Throws where it fails; it has said why. */
export function runCdk(args: readonly string[]): void {
  const { status, error } = spawnSync("cdk", args, { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) throw new Error(`cdk ${args[0] ?? ""} did not succeed; what it said stands above.`);
}

const almanac = join(import.meta.dirname, "../cli/main.ts");

/** Runs our own command as the profile that the cdk command was told to use, if any. Throws where it fails; it has said why. */
export function runAlmanac(words: readonly string[], cdkArguments: readonly string[]): void {
  const profile = profileOf(cdkArguments);
  const env = profile === undefined ? process.env : { ...process.env, AWS_PROFILE: profile };
  const { status, error } = spawnSync(process.execPath, [almanac, ...words], { stdio: "inherit", env });
  if (error) throw error;
  if (status !== 0) throw new Error(`almanac ${words.join(" ")} did not succeed; what it said stands above. The stage is deployed; run this line again when that is mended.`);
}

function profileOf(args: readonly string[]): string | undefined {
  const at = args.findLastIndex((arg) => arg === "--profile" || arg.startsWith("--profile="));
  return args[at]?.split("=")[1] ?? (at < 0 ? undefined : args[at + 1]);
}

/** Does what a script is for. What cannot be done is said in a sentence, and ends with exit code 1. */
export async function script(run: () => Promise<void> | void): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}
