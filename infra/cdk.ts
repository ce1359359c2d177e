import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../shared/fault.ts";

/** Runs the cdk command where a person sees and answers it. Throws where it fails; it has said why. */
export function runCdk(args: readonly string[]): void {
  const { status, error } = spawnSync("cdk", args, { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) throw new Error(`cdk ${args[0] ?? ""} did not succeed; what it said stands above.`);
}

const almanac = join(import.meta.dirname, "../cli/main.ts");

/** Runs our own command in a region. Throws where it fails; it has said why. */
export function runAlmanac(words: readonly string[], region: string): void {
  const { status, error } = spawnSync(process.execPath, [almanac, ...words], { stdio: "inherit", env: { ...process.env, AWS_REGION: region } });
  if (error) throw error;
  if (status !== 0) throw new Error(`almanac ${words.join(" ")} did not succeed; what it said stands above. The stage is deployed; run this line again, with AWS_REGION=${region}, when that is mended.`);
}

/** Makes the profile that the cdk command is told to use, if any, that of all that this script does. */
export function takeProfile(args: readonly string[]): void {
  const at = args.findLastIndex((arg) => arg === "--profile" || arg.startsWith("--profile="));
  const profile = args[at]?.split("=")[1] ?? (at < 0 ? undefined : args[at + 1]);
  if (profile !== undefined) process.env["AWS_PROFILE"] = profile;
}

/** What the bucket of a stack is called, by the outputs that the cdk command wrote into a file, and the region, which is the end of its name. */
export function bucketOf(outputs: string, stack: string): { readonly bucket: string; readonly region: string } {
  const stacks: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(readFileSync(outputs, "utf8"));
  const bucket = stacks[stack]?.["BucketName"];
  const [, region] = /-\d{12}-([a-z0-9-]+)$/.exec(bucket ?? "") ?? [];
  if (bucket === undefined || region === undefined) throw new Error(`The stack ${stack} did not say what its bucket is called.`);
  return { bucket, region };
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
