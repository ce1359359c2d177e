import { systemClock } from "../../shared/clock.ts";
import type { Kind, Records } from "../../shared/records/records.ts";
import { type Imported, importRecords } from "../../shared/records/transfer.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { readExport } from "../exported-file.ts";
import type { Output } from "../output.ts";
import { type Target, targetHelp, targetOf, targetOption, targetOptions } from "../target.ts";
import { withTable } from "../with-table.ts";

/** An index takes 1,000 writes a second of one month, and the functions of the stage write too. */
const paceOnStage = 100;

function paceOf(args: Arguments, target: Target): number {
  const text = args.text("pace");
  if (text === undefined) return target.stage === undefined ? Number.POSITIVE_INFINITY : paceOnStage;
  const pace = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (pace === 0) throw new UsageError(`--pace "${text}" is no number of writes a second from 1 to 9999. Write it as --pace 100.`);
  return pace;
}

function summary({ added, changed, same, kept }: Imported): string {
  const parts = [added > 0 ? `${added} added` : "", changed > 0 ? `${changed} changed` : "", same > 0 ? `${same} there already` : "", kept > 0 ? `${kept} kept as they are here` : ""];
  const count = added + changed + same + kept;
  return `${count} record${count === 1 ? "" : "s"}${count > 0 ? ": " : ""}${parts.filter((part) => part !== "").join(", ")}`;
}

/** What the person must know beside the counts: what was not taken over, and who gets alerts from now on. */
function sayWhatFollows(output: Output, target: Target, records: readonly Records[Kind][], { added, changed, kept, owedElsewhere }: Imported, replace: boolean): void {
  const option = targetOption(target);
  if (kept > 0) output.say(`Kept is what was written as often or more often here than in the file${replace ? ", and what is this table's own" : "; --replace takes the file's"}.`);
  if (owedElsewhere > 0) output.say(`${owedElsewhere} alert${owedElsewhere === 1 ? " was" : "s were"} still owed when the file was written. They are not owed here, so that nothing rings twice: the table that the file comes from sends them. Only where that is gone for good, import once more with --owed.`);
  const active = records.filter((record) => record.kind === "subscription" && record.state === "active").length;
  if (active === 0 || added + changed === 0) return;
  const who = `${active} subscription${active === 1 ? "" : "s"} came along`;
  if (target.stage !== undefined) output.say(`${who}. SNS knows only those that were asked there: see \`almanac subscribers${option}\`, which also asks the others (--ask).`);
  else output.say(`${who}: whoever they belong to gets alerts from here once it runs. \`almanac subscribers${option}\` shows them.`);
}

/** The records whose keys begin with one of these; all where there are none. */
function chosen(records: readonly Records[Kind][], only: readonly string[]): readonly Records[Kind][] {
  const none = only.find((start) => !records.some(({ pk }) => pk.startsWith(start)));
  if (none !== undefined) throw new UsageError(`--only "${none}": no record of the file has a key that begins so. A key is the pk of a line, such as SERIES#annual-report.`);
  return only.length === 0 ? records : records.filter(({ pk }) => only.some((start) => pk.startsWith(start)));
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const perSecond = paceOf(args, target);
  const replace = args.flag("replace");
  const records = chosen(await readExport(args.positionals[0]), args.list("only"));
  await withTable(target, output, async (table) => {
    const onProgress = (done: number): void => output.progress(`${done} of ${records.length} records`);
    const imported = await importRecords(table, records, { replace, takeOwed: args.flag("owed"), perSecond, clock: systemClock, onProgress });
    if (args.flag("json")) output.json({ summary: true, ...imported });
    else output.line(summary(imported));
    sayWhatFollows(output, target, records, imported, replace);
  });
}

export const command: Command = {
  summary: "bring an export into the table",
  usage: "[FILE] [--data DIR|--stage NAME] [--only KEY]… [--replace] [--owed] [--pace N] [--json] < FILE",
  help: `Brings the records of \`almanac export\` into a table, from a file or from stdin. The file is read whole
before anything is written; one that is cut off, changed or foreign is refused with its line. Importing
again changes nothing, and the table may be in use meanwhile: each write is on condition.

A record that the table has in a newer form stays: newer is what was written more often. When the table
was installed, and how far it has planned, stays too; and who ended a subscription here stays out, unless
it began again later. Nothing rings by an import: alerts that were owed stay with the table that the file
comes from.

${targetHelp}
  --only KEY         only the records whose pk begins so, such as SERIES#annual-report; may be given
                     more than once
  --replace          take the file's records also where the table's are newer
  --owed             take over the alerts that were owed and not sent: only where the table that the
                     file comes from is gone for good, or people are told twice
  --pace N           writes a second (default ${paceOnStage} on AWS; here as fast as it goes)
  --json             the counts as a line of JSON

examples:
  almanac import almanac.jsonl
  almanac import --stage prod < almanac.jsonl
  almanac import almanac.jsonl --replace --only SERIES#annual-report`,
  words: [0, 1],
  options: { ...targetOptions, only: { type: "string", multiple: true }, replace: { type: "boolean" }, owed: { type: "boolean" }, pace: { type: "string" }, json: { type: "boolean" } },
  run,
};
