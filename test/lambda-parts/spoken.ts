import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const root = resolve(import.meta.dirname, "../..");
const node = join(root, "node_modules/.bin/node");

/** What a piece of code, run in the project's root with these variables, writes line by line: JSON as what it holds, anything else as text. Whether it fails is told last. */
export async function spoken(code: string, env: Readonly<Record<string, string>> = {}): Promise<unknown[]> {
  const run = promisify(execFile)(node, ["--input-type=module-typescript", "--eval", code], { cwd: root, env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], ...env } });
  const { stdout, stderr } = await run.then(
    (said) => said,
    (error: { stdout: string; stderr: string }) => ({ stdout: `${error.stdout}it failed\n`, stderr: error.stderr }),
  );
  return `${stdout}${stdout.includes("it failed") ? "" : stderr}`.split("\n").filter((line) => line !== "").map(valueOf);
}

function valueOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
