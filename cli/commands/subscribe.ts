import { smtpSettings } from "../../local/smtp.ts";
import { type Address, parseWishes } from "../../shared/alerts/subscriptions.ts";
import type { Delivery } from "../../shared/alerts/topic.ts";
import type { Asked } from "../../shared/alerts/topic-subscriptions.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { messageOf } from "../../shared/fault.ts";
import { subscribe, subscriptionId, subscriptions, type SubscriptionRecord } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";
import { askedAddress, asUsage } from "../asked-address.ts";
import type { Arguments, Command } from "../command.ts";
import type { Output } from "../output.ts";
import { readCatalogue, shownPath } from "../paths.ts";
import type { Stage } from "../stage/open.ts";
import { targetHelp, targetOf, targetOptions } from "../target.ts";
import { wishWords } from "../wish-words.ts";
import { withTable } from "../with-table.ts";

/** How alerts leave this machine, where that is not what the person may expect. */
function deliveryHere({ protocol }: Address, folder: string): string | undefined {
  if (protocol !== "email") return `This machine sends no ${protocol === "sms" ? "SMS" : "requests"}: what the address would get is written to ${folder}/outbox/${protocol}.`;
  try {
    return smtpSettings(process.env) ? undefined : `No mail server is set: emails are written to ${folder}/outbox. To have them sent, set SMTP_URL=smtps://user:password@mail.example.org.`;
  } catch (error) {
    return messageOf(error);
  }
}

/** What has to happen before SNS sends to the address. */
function deliveryAt(delivery: Delivery, { protocol }: Address): string | undefined {
  if (protocol === "sms") return "SNS does not ask a phone number to confirm. Whether it can be reached depends on the account: its SMS sandbox, spending limit and sender (docs/operating.md).";
  if (delivery === "confirmed") return undefined;
  const how = protocol === "email" ? "SNS has sent a mail with a link to it; until somebody opens the link" : "SNS has sent it a POST with a SubscribeURL; until somebody opens that";
  return `It must be confirmed: ${how}, it gets nothing, and after 48 hours SNS forgets it. Write this again to have it asked once more.`;
}

/** What came of subscribing: the record as it was and is, and what to say beside. */
interface Done {
  readonly before: SubscriptionRecord | undefined;
  readonly after: SubscriptionRecord;
  readonly delivery: Delivery | undefined;
  readonly remarks: readonly (string | undefined)[];
}

async function here(table: Table, asked: Asked, folder: string, now: string): Promise<Done> {
  const id = subscriptionId(asked.protocol, asked.address);
  const before = (await subscriptions(table)).find((one) => one.id === id);
  const after = await subscribe(table, asked, now);
  return { before, after, delivery: undefined, remarks: [deliveryHere(asked, shownPath(folder))] };
}

/** SNS takes 200 filter policies a topic, unless AWS raised that for the account. */
const policiesMost = 200;

async function onStage(stage: Stage, asked: Asked, now: string): Promise<Done> {
  const [{ withTopic }, { subscribeAt }] = await Promise.all([import("../stage/topic.ts"), import("../../shared/alerts/topic-subscriptions.ts")]);
  const { record, before, delivery, count } = await withTopic(stage, (topic) => subscribeAt(topic, stage.table, asked, now));
  const crowded = count > policiesMost * 0.9 ? `The topic has ${count} subscriptions with a filter policy each. SNS takes ${policiesMost}, unless AWS raised that for you: ask for more in time.` : undefined;
  return { before, after: record, delivery, remarks: [deliveryAt(delivery, asked), crowded] };
}

function print(output: Output, json: boolean, { before, after, delivery, remarks }: Done, catalogue: Catalogue): void {
  const { address, protocol, wishes, state, since, revision } = after;
  if (json) output.json({ address, protocol, wishes, state, since, ...(delivery ? { sns: delivery } : {}) });
  else output.line(`${address} ${delivery === "pending" ? "is to get" : "gets"} ${wishWords(protocol, wishes, catalogue)}.`);
  if (before?.state === "active" && revision > before.revision) output.say("This stands in place of what it asked for before.");
  for (const remark of remarks) if (remark !== undefined) output.say(remark);
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const address = askedAddress("subscribe", args);
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const wishes = asUsage(() => parseWishes({ series: args.list("series"), publishers: args.list("publisher"), kinds: args.list("kind"), languages: args.list("language") }, catalogue));
  const asked = { ...address, wishes, language: "en" };
  const now = new Date().toISOString();
  await withTable(target, output, async (table, stage) => {
    const done = stage ? await onStage(stage, asked, now) : await here(table, asked, target.stage === undefined ? target.folder : "", now);
    print(output, args.flag("json"), done, catalogue);
  });
}

export const command: Command = {
  summary: "send alerts to an address",
  usage: "ADDRESS [--series ID]… [--publisher ID]… [--kind KIND]… [--language CODE]… [--data DIR|--stage NAME] [--json]",
  help: `Sends alerts to an address from now on: an email address, a phone number (with + and the country's
code) or an https address. Without options it gets everything that is not for operators. One address
has one subscription: subscribing again replaces what it asked for. Also while the monitor runs.
On AWS an email or https address is asked to confirm, and gets nothing before it has.

  --series ID        only alerts on this series; each option may be given more than once,
                     or with commas between
  --publisher ID     only from this publisher
  --kind KIND        only this kind: edition (it is out), notice (it is announced), about (something
                     new of no series), late, blind, changes; for operators health, digest, correction
  --language CODE    only on items in this language: en, ko, fr
${targetHelp}
  --json             the subscription as a line of JSON; on AWS with "sns": confirmed or pending

examples:
  almanac subscribe ada@example.org
  almanac subscribe "+82 10 1234 5678" --kind edition --series us-state-tip-report
  almanac subscribe https://hooks.example.org/almanac --publisher ohchr --publisher un
  almanac subscribe ada@example.org --stage prod`,
  words: [0, 1],
  options: {
    email: { type: "string" },
    series: { type: "string", multiple: true },
    publisher: { type: "string", multiple: true },
    kind: { type: "string", multiple: true },
    language: { type: "string", multiple: true },
    ...targetOptions,
    events: { type: "string" },
    sources: { type: "string" },
    json: { type: "boolean" },
  },
  run,
};
