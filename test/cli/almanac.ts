import { spawn } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const node = join(root, "node_modules", ".bin", "node");

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
  /** The lines of stdout, each read as JSON. */
  readonly json: () => Record<string, unknown>[];
}

/** Runs the real command line in a process of its own, standing in `folder`. */
export function almanac(folder: string, words: readonly string[], input = ""): Promise<Ran> {
  const { INIT_CWD: _, ...env } = process.env;
  const child = spawn(node, [join(root, "cli", "main.ts"), ...words], { cwd: folder, env });
  let out = "";
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => void (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (said += text));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, said, json: () => out.trim().split("\n").filter(Boolean).map((line): Record<string, unknown> => JSON.parse(line)) }));
  });
}
