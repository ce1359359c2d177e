import { subscriptionId, subscriptions, unsubscribe } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";
import type { Address } from "../../shared/alerts/subscriptions.ts";
import { askedAddress } from "../asked-address.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import type { Output } from "../output.ts";
import type { Stage } from "../stage/open.ts";
import { targetHelp, targetName, targetOf, targetOption, targetOptions } from "../target.ts";
import { withTableIfAny } from "../with-table.ts";

interface Ended {
  readonly ended: boolean;
  readonly remark?: string;
}

async function endHere(table: Table, { protocol, address }: Address, now: string): Promise<Ended> {
  return { ended: await unsubscribe(table, protocol, address, now) };
}

async function endOnStage(stage: Stage, address: Address, now: string): Promise<Ended> {
  const [{ withTopic }, { unsubscribeAt }] = await Promise.all([import("../stage/topic.ts"), import("../../shared/alerts/topic-subscriptions.ts")]);
  const { ended, unconfirmed } = await withTopic(stage, (topic) => unsubscribeAt(topic, stage.table, address, now));
  const remark = "It was never confirmed, and SNS lets nobody end that: it forgets it after 48 hours. Should somebody still open the link in its mail, write this again.";
  return unconfirmed ? { ended, remark } : { ended };
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const asked = await askedAddress("unsubscribe", args);
  const { protocol, address } = asked;
  const now = new Date().toISOString();
  await withTableIfAny(target, output, async (table, stage) => {
    const known = table ? (await subscriptions(table)).find(({ id }) => id === subscriptionId(protocol, address)) : undefined;
    const { ended, remark }: Ended = stage ? await endOnStage(stage, asked, now) : table ? await endHere(table, asked, now) : { ended: false };
    if (!known && !ended && !remark) throw new UsageError(`${address} has no subscription in ${targetName(target)}. \`almanac subscribers${targetOption(target)}\` lists those that there are; --data DIR or --stage NAME names another place.`);
    if (args.flag("json")) output.json({ address, protocol, ended });
    else output.line(ended || !known ? `${address} gets no more alerts.` : `${address} gets none since ${known.since.slice(0, 10)}: its subscription has ended already.`);
    if (remark) output.say(remark);
  });
}

export const command: Command = {
  summary: "send an address no more alerts",
  usage: "ADDRESS [--data DIR|--stage NAME] [--json]",
  help: `Ends the subscription of an address. It stays on record as ended, and \`almanac subscribe\` begins it
again. Also while the monitor runs.

${targetHelp}
  --json             {address, protocol, ended} as a line of JSON

examples:
  almanac unsubscribe ada@example.org
  almanac unsubscribe ada@example.org --stage prod`,
  words: [0, 1],
  options: { email: { type: "string" }, ...targetOptions, json: { type: "boolean" } },
  run,
};
