import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { didYouMean } from "../shared/catalogue/finding.ts";
import { CatalogueError } from "../shared/catalogue/file.ts";
import { type Arguments, type Command, Failure, UsageError } from "./command.ts";
import type { Output } from "./output.ts";
import { messageOf } from "../shared/fault.ts";

/** Each command is loaded when it is used, so that `match` does not pay for the table. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  start: () => import("./commands/start.ts"),
  poll: () => import("./commands/poll.ts"),
  replay: () => import("./commands/replay.ts"),
  query: () => import("./commands/query.ts"),
  calendar: () => import("./commands/calendar.ts"),
  preview: () => import("./commands/preview.ts"),
  evidence: () => import("./commands/evidence.ts"),
  compare: () => import("./commands/compare.ts"),
  subscribe: () => import("./commands/subscribe.ts"),
  unsubscribe: () => import("./commands/unsubscribe.ts"),
  subscribers: () => import("./commands/subscribers.ts"),
  confirm: () => import("./commands/confirm.ts"),
  "test-alert": () => import("./commands/test-alert.ts"),
  erase: () => import("./commands/erase.ts"),
  health: () => import("./commands/health.ts"),
  record: () => import("./commands/record.ts"),
  correct: () => import("./commands/correct.ts"),
  export: () => import("./commands/export.ts"),
  import: () => import("./commands/import.ts"),
  match: () => import("./commands/match.ts"),
  explain: () => import("./commands/explain.ts"),
  catalogue: () => import("./commands/catalogue.ts"),
  evaluate: () => import("./commands/evaluate.ts"),
  backtest: () => import("./commands/backtest.ts"),
};

async function overview(): Promise<string> {
  const lines = ["usage: almanac COMMAND [options]", "", "Watches for the reports that come back every year, and tells people.", ""];
  for (const [name, load] of Object.entries(commands)) lines.push(`  ${name.padEnd(12)} ${(await load()).command.summary}`);
  return [...lines, "", "`almanac COMMAND --help` teaches one command."].join("\n");
}

/** What is wrong with a command's options, in our words: Node's speak to a programmer. */
function optionFault(name: string, command: Command, error: unknown): UsageError {
  const message = messageOf(error);
  const [, option = ""] = /'(?:-\w, )?(--?[\w-]+)/.exec(message) ?? [];
  const fault = /argument (missing|is ambiguous)/.test(message)
    ? `${option} needs a value after it.`
    : message.startsWith("Unknown option")
      ? `almanac ${name} has no option ${option}. ${didYouMean(option.replace(/^-+/, ""), new Set(Object.keys(command.options)))}`.trim()
      : `${message.split(". To specify")[0]}.`;
  return new UsageError(`${fault} See \`almanac ${name} --help\`.`);
}

function readArguments(name: string, command: Command, words: string[]): Arguments & { help: boolean } {
  let parsed: { values: Record<string, unknown>; positionals: string[]; tokens: readonly { readonly kind: string; readonly name?: string }[] };
  try {
    parsed = parseArgs({ args: words, options: { ...command.options, help: { type: "boolean", short: "h" } }, allowPositionals: true, tokens: true });
  } catch (error) {
    throw optionFault(name, command, error);
  }
  const { values, positionals, tokens } = parsed;
  // Of other options the last counts, as everywhere; of two stages it might be the wrong one.
  if (tokens.filter(({ kind, name: option }) => kind === "option" && option === "stage").length > 1) throw new UsageError("--stage is given twice. Name one stage.");
  const help = values["help"] === true;
  const [least, most] = command.words ?? [0, 0];
  if (!help && (positionals.length < least || positionals.length > most)) {
    throw new UsageError(`almanac ${name} ${most === 0 ? `takes no words, but got "${positionals[0]}"` : `takes ${least === most ? least : `${least} to ${most}`} word${most === 1 ? "" : "s"} beside its options`}.\nusage: almanac ${name} ${command.usage}`);
  }
  return {
    text: (option) => (typeof values[option] === "string" ? values[option] : undefined),
    list: (option) => (Array.isArray(values[option]) ? values[option].map(String) : []),
    flag: (option) => values[option] === true,
    positionals,
    help,
  };
}

async function version(): Promise<string> {
  const { version: number }: { version: string } = JSON.parse(await readFile(join(dirname(import.meta.dirname), "package.json"), "utf8"));
  return number;
}

async function run(words: string[], output: Output): Promise<void> {
  const [name, ...rest] = words;
  if (!name || name === "help" || name === "--help" || name === "-h") {
    if (!name) throw new UsageError(await overview());
    return output.line(await overview());
  }
  if (name === "--version") return output.line(await version());
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) throw new UsageError(`almanac has no command "${name}". ${didYouMean(name, new Set(Object.keys(commands))) || `It has: ${Object.keys(commands).join(", ")}.`}`);
  const { command } = await load();
  const args = readArguments(name, command, rest);
  if (args.help) return output.line(`usage: almanac ${name} ${command.usage}\n\n${command.help}`);
  await command.run(args, output);
}

/** Runs one command line; gives the exit code: 0 done, 1 something of ours failed, 2 bad usage. */
export async function runLine(words: string[], output: Output): Promise<number> {
  try {
    await run(words, output);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) return output.say(error.message), 2;
    const explained = error instanceof Failure || error instanceof CatalogueError;
    output.say(explained ? error.message : messageOf(error));
    return 1;
  }
}
