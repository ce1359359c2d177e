import { parseArgs } from "node:util";
import { vi } from "vitest";
import type { Command } from "../../cli/command.ts";
import type { Output } from "../../cli/output.ts";
import { runLine } from "../../cli/run.ts";

/** What a command that ran in this process gave. */
export interface Gave {
  readonly lines: readonly string[];
  readonly json: readonly unknown[];
  readonly said: readonly string[];
}

interface Kept extends Gave {
  readonly output: Output;
}

/** An output that keeps what a command gives. */
export function keptOutput(): Kept {
  const lines: string[] = [];
  const json: unknown[] = [];
  const said: string[] = [];
  const output: Output = {
    line: (text) => void lines.push(text),
    json: (value) => void json.push(JSON.parse(JSON.stringify(value))),
    say: (text) => void said.push(text),
    progress: () => undefined,
    style: (_, text) => text,
  };
  return { lines, json, said, output };
}

/** Runs a whole command line in this process, as if it stood in `folder`: much sooner done than a process of its own. */
export async function lineHere(folder: string, words: readonly string[]): Promise<Gave & { readonly code: number }> {
  vi.stubEnv("INIT_CWD", folder);
  const { output, ...gave } = keptOutput();
  return { code: await runLine([...words], output), ...gave };
}

/** Runs a command in this process, as `almanac` does; what it throws is thrown. */
export async function runHere({ command }: { command: Command }, words: readonly string[]): Promise<Gave> {
  const { values, positionals } = parseArgs({ args: [...words], options: command.options, allowPositionals: true });
  const given = new Map<string, unknown>(Object.entries(values));
  const { output, ...gave } = keptOutput();
  const text = (name: string): string | undefined => {
    const value = given.get(name);
    return typeof value === "string" ? value : undefined;
  };
  const list = (name: string): string[] => {
    const value = given.get(name);
    return Array.isArray(value) ? value.map(String) : [];
  };
  await command.run({ text, list, flag: (name) => given.get(name) === true, positionals }, output);
  return gave;
}
