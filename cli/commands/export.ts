import { messageOf } from "../../shared/fault.ts";
import { footing, head, toLine } from "../../shared/records/lines.ts";
import type { Owing } from "../../shared/records/owed.ts";
import { isOfPeople } from "../../shared/records/erase.ts";
import type { Stored } from "../../shared/records/table.ts";
import { exportedRecords } from "../../shared/records/transfer.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import type { Output } from "../output.ts";
import type { Stage } from "../stage/open.ts";
import { targetHelp, targetName, targetOf, targetOptions } from "../target.ts";
import { withTableIfAny } from "../with-table.ts";

/** Who unsubscribed by the link in a mail is noted as ended first, so that no table which takes the export writes to them again. */
async function endThoseWhoLeft(stage: Stage, output: Output): Promise<void> {
  try {
    const [{ withTopic }, { reconcile }] = await Promise.all([import("../stage/topic.ts"), import("../../shared/alerts/topic-subscriptions.ts")]);
    await withTopic(stage, (topic) => reconcile(topic, stage.table, new Date().toISOString()));
  } catch (error) {
    output.say(`SNS could not be compared with the record, so whoever unsubscribed there since the last \`almanac subscribers --stage ${stage.names.stage}\` is still a subscriber in the export. The fault: ${messageOf(error)}`);
  }
}

function owedIn(records: readonly (Stored & Owing)[]): number {
  return records.reduce((sum, { owed }) => sum + (owed?.size ?? 0), 0);
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  await withTableIfAny(target, output, async (table, stage) => {
    if (!table) throw new UsageError(`There is no table in ${targetName(target)}. --data DIR names another folder, --stage NAME a stage on AWS.`);
    if (stage && args.flag("people")) await endThoseWhoLeft(stage, output);
    const all = await exportedRecords(table);
    const people = args.flag("people");
    const records = people ? all : all.filter((record) => !isOfPeople(record));
    const end = footing();
    output.line(JSON.stringify(head));
    for (const record of records) {
      const line = toLine(record);
      end.add(line);
      output.line(line);
    }
    output.line(JSON.stringify(end.foot()));
    output.say(`${records.length} record${records.length === 1 ? "" : "s"}`);
    const owed = owedIn(records);
    if (owed > 0) output.say(`${owed} alert${owed === 1 ? " is" : "s are"} owed here, and sent from here: an import does not send what the file owes, unless it is told to (--owed).`);
    const subscribers = all.filter(({ kind }) => kind === "subscription").length;
    if (subscribers > 0) output.say(people ? "The addresses of subscribers are in the export: keep it where others cannot read it." : `${subscribers} subscription${subscribers === 1 ? " is" : "s are"} left out, as ${subscribers === 1 ? "it holds an address" : "they hold addresses"}. To take people along, as when a table moves, write --people.`);
  });
}

export const command: Command = {
  summary: "write every record of the table as JSON lines",
  usage: "[--people] [--data DIR|--stage NAME] > FILE",
  help: `Writes the table to stdout, to be moved, kept or read: every item and edition, the state of every source
and the alerts that were sent. Who subscribed, and what was sent to one of them alone, is in it only with
--people. Equal tables give equal exports. Changes that are made meanwhile may be in it or not.

The first line is {"almanac":"records","format":1}, the last {"almanac":"end","records":N,
"sha256":"…"}, by which an import knows that nothing was lost or changed. In between is a record a line, in
the order of its key: pk, sk, kind, format and revision (how often it was written), then its own fields. A set is {"$set":[…]}; a map that looks like that is {"$map":{…}}.

The documents that are kept as evidence are files, and not in it; the records name them. Copy the folder
evidence/ of the data folder as well, or that of the bucket with \`aws s3 sync\` (docs/operating.md).

  --people           the subscriptions too, with their addresses: to move a table, or to keep all of it
${targetHelp}

examples:
  almanac export > almanac.jsonl
  almanac export --people --stage prod > almanac.jsonl`,
  options: { people: { type: "boolean" }, ...targetOptions },
  run,
};
