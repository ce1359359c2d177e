import { isStageName, stageNameRule } from "../shared/stage.ts";
import { type Arguments, UsageError } from "./command.ts";
import { dataFolder, shownPath } from "./paths.ts";

/** Whose table a command works on: a data folder of this machine, or a stage on AWS. Never both. */
export type Target = { readonly folder: string; readonly stage?: undefined } | { readonly stage: string };

/** The options by which a command is told its target. */
export const targetOptions = { data: { type: "string" }, stage: { type: "string" } } as const;

/** The lines of a command's help on them. */
export const targetHelp = `  --data DIR         the data folder (default .almanac)
  --stage NAME       instead of a data folder, the stage of this name on AWS`;

/** The target that was named, or the data folder where the person stands. Throws UsageError where two are named, or none that can be. */
export function targetOf(args: Arguments): Target {
  const [stage, data] = [args.text("stage"), args.text("data")];
  if (stage === undefined) return { folder: dataFolder(data) };
  if (data !== undefined) throw new UsageError(`--stage ${stage} is on AWS and --data ${data} is on this machine. Give one of them.`);
  if (!isStageName(stage)) throw new UsageError(noStage(stage));
  return { stage };
}

/** What is wrong with the name of a stage, in a sentence. */
export function noStage(name: string): string {
  return `"${name}" cannot be the name of a stage: ${stageNameRule}`;
}

/** The target as a sentence names it: "stage prod", or the folder. */
export function targetName(target: Target): string {
  return target.stage === undefined ? shownPath(target.folder) : `stage ${target.stage}`;
}

/** The option that names the target again, for a command that the person is told to run. */
export function targetOption(target: Target): string {
  if (target.stage !== undefined) return ` --stage ${target.stage}`;
  const shown = shownPath(target.folder);
  return shown === ".almanac" ? "" : ` --data ${shown}`;
}
