import { parseArgs } from "node:util";
import type { Command } from "../../cli/command.ts";
import type { Output } from "../../cli/output.ts";

/** What a command that ran in this process gave. */
export interface Gave {
  readonly lines: readonly string[];
  readonly json: readonly unknown[];
  readonly said: readonly string[];
}

/** Runs a command in this process, as `almanac` does; what it throws is thrown. */
export async function runHere({ command }: { command: Command }, words: readonly string[]): Promise<Gave> {
  const { values, positionals } = parseArgs({ args: [...words], options: command.options, allowPositionals: true });
  const given = new Map<string, unknown>(Object.entries(values));
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
  const text = (name: string): string | undefined => {
    const value = given.get(name);
    return typeof value === "string" ? value : undefined;
  };
  const list = (name: string): string[] => {
    const value = given.get(name);
    return Array.isArray(value) ? value.map(String) : [];
  };
  await command.run({ text, list, flag: (name) => given.get(name) === true, positionals }, output);
  return { lines, json, said };
}
