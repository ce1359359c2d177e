import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Command } from "../../cli/command.ts";
import { blocks, codeSpans, type Doc } from "./markdown.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "cli/commands");
const names = readdirSync(folder).map((file) => file.replace(/\.ts$/, ""));

const commands = new Map<string, Command>();
for (const name of names) {
  const { command }: { command: Command } = await import(join(folder, `${name}.ts`));
  commands.set(name, command);
}

const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The lines of a page's shell blocks, without comments. */
export function shellLines(page: Doc): string[] {
  const lines = blocks(page).filter(({ info }) => info === "sh").flatMap(({ text }) => text.split("\n"));
  return lines.map((line) => line.replace(/\s+#.*$/, "").trim()).filter((line) => line !== "");
}

/** A line's commands, each as its words. */
export function split(line: string): string[][] {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => ({ word: double ?? single ?? plain ?? "", quoted: plain === undefined }));
  const all: string[][] = [[]];
  let redirected = false;
  for (const { word, quoted } of words) {
    if (!quoted && (word === "&&" || word === "|")) all.push([]);
    else if (!quoted && (word === ">" || word === "<")) redirected = true;
    else if (redirected) redirected = false;
    // A variable that is set for one command is no part of it.
    else if (quoted || all.at(-1)?.length !== 0 || !/^[A-Z_]+=/.test(word)) all.at(-1)?.push(word);
  }
  return all;
}

/** What is wrong with a use of `almanac`; nothing where it could be run as it stands. */
function almanacFault([name = "", ...rest]: readonly string[], whole: boolean): string | undefined {
  if (!whole && (/^[A-Z]*$/.test(name) || name.startsWith("-"))) return undefined;
  const command = commands.get(name);
  if (!command) return `there is no command "${name}"`;
  try {
    const { positionals } = parseArgs({ args: rest, options: { ...command.options, help: { type: "boolean" } }, allowPositionals: true });
    const [least, most] = command.words ?? [0, 0];
    if (whole && (positionals.length < least || positionals.length > most)) return `${name} takes ${least} to ${most} words`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return undefined;
}

function npmFault(words: readonly string[], whole: boolean): string | undefined {
  const [verb = "", ...rest] = words.filter((word) => word !== "-s");
  if (verb === "ci" || verb === "install") return undefined;
  const script = verb === "run" ? (rest[0] ?? "") : verb;
  if (!Object.hasOwn(scripts, script)) return `package.json has no script "${script}"`;
  const own = rest.includes("--") ? rest.slice(rest.indexOf("--") + 1) : [];
  const [, command] = /^node cli\/almanac\.mjs ?(.*)$/.exec(scripts[script] ?? "") ?? [];
  const almanac = [...(command ?? "").split(" ").filter((word) => word !== ""), ...own];
  return command !== undefined && almanac.length > 0 ? almanacFault(almanac, whole) : undefined;
}

/** What is wrong with a command line of ours; nothing with anybody else's. */
function fault(words: readonly string[], whole: boolean): string | undefined {
  if (words[0] === "almanac") return almanacFault(words.slice(1), whole);
  if (words[0] === "npm") return npmFault(words.slice(1), whole);
  return undefined;
}

/** Every command line of a page that would not do what it says: in its blocks as a whole, in its prose as far as it goes. */
export function faultsOf(page: Doc): string[] {
  const lines = [...shellLines(page).map((line) => ({ line, whole: true })), ...codeSpans(page).map((line) => ({ line, whole: false }))];
  return lines.flatMap(({ line, whole }) =>
    split(line).flatMap((words) => {
      const found = fault(words, whole);
      return found === undefined ? [] : [`${page.path}: \`${line}\`: ${found}`];
    }),
  );
}

/** What every command says of itself. */
export function helpOfAll(): string {
  return [...commands].map(([name, { summary, usage, help }]) => `${name} ${usage}\n${summary}\n${help}`).join("\n");
}

/** Names of all commands. */
export const commandNames: readonly string[] = names;
