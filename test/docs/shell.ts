import { execFile } from "node:child_process";
import { join } from "node:path";

const main = join(import.meta.dirname, "../../cli/main.ts");

/** What a line came to. */
export interface Ended {
  readonly line: string;
  readonly code: number | string | null | undefined;
  readonly out: string;
  readonly err: string;
}

/** Runs a line of a shell in a folder, with `almanac` as the README has it, and none of this machine's settings. */
export function shell(line: string, folder: string): Promise<Ended> {
  const env = { PATH: process.env["PATH"] ?? "", INIT_CWD: folder, NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], NODE: process.execPath, MAIN: main, ALMANAC_CONTACT: "you@example.org" };
  return new Promise((resolve) => {
    execFile("sh", ["-c", `almanac() { "$NODE" "$MAIN" "$@"; }\n${line}`], { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => resolve({ line, code: error ? error.code : 0, out, err }));
  });
}
