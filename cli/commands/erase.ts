import { join } from "node:path";
import { eraseFromOutbox } from "../../local/erase.ts";
import type { Address } from "../../shared/alerts/subscriptions.ts";
import { eraseSubscription } from "../../shared/records/erase.ts";
import { subscriptionId } from "../../shared/records/subscriptions.ts";
import { askedAddress } from "../asked-address.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import type { Output } from "../output.ts";
import type { Stage } from "../stage/open.ts";
import { targetHelp, targetName, targetOf, targetOptions } from "../target.ts";
import { withTable } from "../with-table.ts";

/** Ends the subscription at SNS; true where SNS keeps it until it forgets it. */
async function endAtSns(stage: Stage, address: Address, now: string): Promise<{ readonly ended: boolean; readonly unconfirmed: boolean }> {
  const [{ withTopic }, { unsubscribeAt }] = await Promise.all([import("../stage/topic.ts"), import("../../shared/alerts/topic-subscriptions.ts")]);
  return withTopic(stage, (topic) => unsubscribeAt(topic, stage.table, address, now));
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const address = await askedAddress("erase", args);
  await withTable(target, output, async (table, stage) => {
    const atSns = stage ? await endAtSns(stage, address, new Date().toISOString()) : undefined;
    const { records, alerts } = await eraseSubscription(table, subscriptionId(address.protocol, address.address));
    const files = target.stage === undefined ? await eraseFromOutbox(join(target.folder, "outbox"), address, alerts) : 0;
    if (records + files === 0 && !atSns?.ended && !atSns?.unconfirmed) throw new UsageError(`There is nothing of ${address.address} in ${targetName(target)}.`);
    if (args.flag("json")) output.json({ address: address.address, records, files });
    else output.line(`${address.address} is erased: ${records} record${records === 1 ? "" : "s"}${target.stage === undefined ? ` and ${files} file${files === 1 ? "" : "s"} of the outbox` : ", and the subscription at SNS"}.`);
    if (atSns?.unconfirmed) output.say("SNS keeps an address that has not confirmed for up to 48 hours, and lets nobody end it before.");
    output.say("Not reached are copies: exports made with --people, backups of the table, and what mail servers and carriers keep.");
    if (stage) output.say("Backups of the table expire after 35 days. Our logs name no subscriber; where you switched on the delivery logging of SNS, its log groups hold phone numbers.");
  });
}

export const command: Command = {
  summary: "remove all that is kept of an address",
  usage: "ADDRESS [--data DIR|--stage NAME] [--json]",
  help: `Removes an address wholly: its subscription, the messages that were for it alone and, on this machine, every
file of the outbox that was made for it. On AWS its subscription at SNS ends too. \`almanac unsubscribe\`, in
contrast, keeps on record that it has ended. What was sent to everybody names nobody, and stays.

${targetHelp}
  --json             {address, records, files} as a line of JSON

examples:
  almanac erase ada@example.org
  almanac erase "+82 10 1234 5678" --stage prod`,
  words: [0, 1],
  options: { email: { type: "string" }, ...targetOptions, json: { type: "boolean" } },
  run,
};
