import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf, UsageError } from "../shared/fault.ts";
import { type StageArguments, stageArguments, usageOf } from "./arguments.ts";

/** Runs the cdk command where a person sees and answers it. Throws where it fails; it has said why. */
export function runCdk(args: readonly string[]): void {
  const { status, error } = spawnSync("cdk", args, { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) throw new Error(`cdk ${args[0] ?? ""} did not succeed; what it said stands above. If it cannot resolve the account, it found no credentials that AWS takes: choose a profile (--profile, or AWS_PROFILE), or log in (aws configure, aws sso login).`);
}

const almanac = join(import.meta.dirname, "../cli/main.ts");

/** Runs our own command in a region. Throws where it fails; it has said why. */
export function runAlmanac(words: readonly string[], region: string): void {
  const { status, error } = spawnSync(process.execPath, [almanac, ...words], { stdio: "inherit", env: { ...process.env, AWS_REGION: region } });
  if (error) throw error;
  if (status !== 0) throw new Error(`almanac ${words.join(" ")} did not succeed; what it said stands above. The stage is deployed; run this line again, with AWS_REGION=${region}, when that is mended.`);
}

/** What the bucket of a stack is called, by the outputs that the cdk command wrote into a file, and the region, which is the end of its name. */
export function bucketOf(outputs: string, stack: string): { readonly bucket: string; readonly region: string } {
  const stacks: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(readFileSync(outputs, "utf8"));
  const bucket = stacks[stack]?.["BucketName"];
  const [, region] = /-\d{12}-([a-z0-9-]+)$/.exec(bucket ?? "") ?? [];
  if (bucket === undefined || region === undefined) throw new Error(`The stack ${stack} did not say what its bucket is called.`);
  return { bucket, region };
}

/** One of the scripts that `npm run` starts. */
interface Script {
  readonly name: string;
  /** What it does, in a sentence. */
  readonly does: string;
  /** Its own flags, and the lines that its help has on them. */
  readonly flags?: readonly string[];
  readonly flagsHelp?: readonly string[];
}

/** Options that npm took for its own, since the two hyphens before them are missing. A stage would be taken for prod. */
function refuseSwallowed(name: string): void {
  const [taken] = ["stage", "profile", "data", "budget", "site", "mail"].filter((option) => process.env[`npm_config_${option}`] !== undefined);
  const isLeftOut = taken === "budget" || (taken === "site" && process.env["npm_config_site"] === "");
  if (taken !== undefined) throw new UsageError(`npm took --${isLeftOut ? "no-" : ""}${taken} for its own. Write two hyphens before the options: npm run ${name} -- --stage test.`);
}

/** Does what a script is for. What cannot be done is said in a sentence, and ends with exit code 1; a wrong use ends with 2. */
export async function script({ name, does, flags = [], flagsHelp = [] }: Script, run: (args: StageArguments) => Promise<void> | void): Promise<void> {
  try {
    refuseSwallowed(name);
    const args = stageArguments(name, process.argv.slice(2), flags);
    if (args.help) return void process.stdout.write(`${usageOf(name, does, flagsHelp)}\n`);
    // Of all that the script does, not only of the cdk command.
    if (args.profile !== undefined) process.env["AWS_PROFILE"] = args.profile;
    await run(args);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
