import type { ParseArgsConfig } from "node:util";
import type { Output } from "./output.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** The words after a command's name, as they were given. */
export interface Arguments {
  /** One value of an option. */
  text(name: string): string | undefined;
  /** Every value of an option that may be given more than once. */
  list(name: string): string[];
  flag(name: string): boolean;
  readonly positionals: readonly string[];
}

/** One command of `almanac`. */
export interface Command {
  readonly summary: string;
  /** What comes after `almanac NAME`, as in its help. */
  readonly usage: string;
  /** What the command does and gives, with examples. */
  readonly help: string;
  readonly options: Options;
  /** How many words it takes beside its options, at least and at most. */
  readonly words?: readonly [least: number, most: number];
  run(args: Arguments, output: Output): Promise<void>;
}

export { UsageError } from "../shared/fault.ts";

/** Something of ours failed in a way that we can explain: exit code 1, and no stack. */
export class Failure extends Error {
  override readonly name = "Failure";
}
