import { access } from "node:fs/promises";
import { join } from "node:path";
import { type OpenTable, openTable } from "../local/table.ts";
import { messageOf } from "../shared/fault.ts";
import type { Table } from "../shared/records/table.ts";
import { Failure } from "./command.ts";
import type { Output } from "./output.ts";
import { shownPath } from "./paths.ts";
import type { Stage } from "./stage/open.ts";
import type { Target } from "./target.ts";

/**
 * Opens the table of a data folder or of a stage, says which it is, does the work, and closes it whatever comes of it;
 * while the monitor runs, a folder's is the monitor's table. What cannot be used becomes a Failure with its sentence.
 */
export async function withTable(target: Target, output: Output, work: (table: Table, stage: Stage | undefined) => Promise<void>): Promise<void> {
  if (target.stage !== undefined) return withStage(target.stage, output, (stage) => work(stage.table, stage));
  let open: OpenTable;
  try {
    open = await openTable(target.folder);
  } catch (error) {
    throw new Failure(messageOf(error), { cause: error });
  }
  sayFolder(target.folder, output);
  try {
    await work(open.table, undefined);
  } finally {
    await open.close();
  }
}

/** Does the work with the table of the target, or without one where a data folder has none: reading makes no folder. */
export async function withTableIfAny(target: Target, output: Output, work: (table: Table | undefined, stage: Stage | undefined) => Promise<void>): Promise<void> {
  if (target.stage !== undefined || (await hasTable(target.folder))) return withTable(target, output, work);
  sayFolder(target.folder, output);
  await work(undefined, undefined);
}

/** Does the work on a stage, and says where it is. What AWS refuses becomes a Failure with a sentence. */
export async function withStage(name: string, output: Output, work: (stage: Stage) => Promise<void>): Promise<void> {
  // The AWS SDK takes 150 ms to load, and most commands work on this machine.
  const [{ openStage }, { awsFault }] = await Promise.all([import("./stage/open.ts"), import("./stage/faults.ts")]);
  try {
    const stage = await openStage(name);
    output.say(`on AWS: stage ${name}, table ${stage.names.table} in ${stage.region}, account ${stage.account}`);
    try {
      await work(stage);
    } finally {
      stage.close();
    }
  } catch (error) {
    throw awsFault(error);
  }
}

/** Says that a command works on a data folder of this machine. */
export function sayFolder(folder: string, output: Output): void {
  output.say(`on this machine: ${shownPath(folder)}`);
}

function hasTable(folder: string): Promise<boolean> {
  return access(join(folder, "table")).then(
    () => true,
    () => false,
  );
}
