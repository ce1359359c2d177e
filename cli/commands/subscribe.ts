import { isDeepStrictEqual } from "node:util";
import { smtpSettings } from "../../local/smtp.ts";
import { subscribeFromNow } from "../../shared/alerts/digests.ts";
import { withWish } from "../../shared/alerts/filter.ts";
import { countryNeeds } from "../../shared/alerts/phone.ts";
import type { Address } from "../../shared/alerts/subscriptions.ts";
import type { Delivery } from "../../shared/alerts/topic.ts";
import type { Asked } from "../../shared/alerts/topic-subscriptions.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { messageOf } from "../../shared/fault.ts";
import { isLoopback, strangePort } from "../../shared/intake/public-address.ts";
import { subscriptionKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import { subscriptionId, subscriptions, type SubscriptionRecord } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";
import { rethrownAsUsage, writtenAddress } from "../asked-address.ts";
import { askedFor, type ToAsk, type Written } from "../asked-subscription.ts";
import { type Arguments, type Command, Failure, UsageError } from "../command.ts";
import type { Output } from "../output.ts";
import { readCatalogue, shownPath } from "../paths.ts";
import { snsPermission } from "../sns-permission.ts";
import type { Stage } from "../stage/open.ts";
import { listColumns, readSubscriptionList } from "../subscription-list.ts";
import { targetHelp, targetOf, targetOption, targetOptions } from "../target.ts";
import { wishRemarks } from "../wish-remarks.ts";
import { shownFields, wishWords } from "../wish-words.ts";
import { withTable } from "../with-table.ts";

/** How alerts leave this machine, where that is not what the person may expect. */
function deliveryHere({ protocol }: Address, folder: string): string | undefined {
  if (protocol === "sms") return `This machine sends no SMS: what the number would get is written to ${folder}/outbox/sms.`;
  if (protocol === "https") return process.env["WEBHOOK_SECRET"] ? undefined : "WEBHOOK_SECRET is not set: the address gets alerts that are not signed, and cannot tell ours from others.";
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
  const how = protocol === "email" ? "SNS has sent a mail with a link to it; until somebody opens the link" : `SNS has sent it ${protocol === "https" ? "a POST" : "a message"} with a SubscribeURL; until somebody opens that`;
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
  const after = await subscribeFromNow(table, asked, now);
  return { before, after, delivery: undefined, remarks: [deliveryHere(asked, shownPath(folder))] };
}

/** SNS takes 200 filter policies a topic, unless AWS raised that for the account. */
const policiesMost = 200;

async function onStage(stage: Stage, { asked, country }: ToAsk, now: string): Promise<Done> {
  const [{ topicArn, withTopic }, { subscribeAt }] = await Promise.all([import("../stage/topic.ts"), import("../../shared/alerts/topic-subscriptions.ts")]);
  const { record, before, delivery, count } = await withTopic(stage, (topic) => subscribeAt(topic, stage.table, asked, now));
  const crowded = count > policiesMost * 0.9 ? `The topic has ${count} subscriptions with a filter policy each. SNS takes ${policiesMost}, unless AWS raised that for you: ask for more in time.` : undefined;
  const slow = record.sns?.changed === now ? "SNS takes up to 15 minutes to go by the new wishes. What comes meanwhile may come twice, and is not lost." : undefined;
  return { before, after: record, delivery, remarks: [deliveryAt(delivery, asked), snsPermission(asked, topicArn(stage)), asked.protocol === "sms" ? countryNeeds(country) : undefined, slow, crowded] };
}

/** What an address asked for, with one wish more. Throws UsageError where it asked for nothing: it may be misspelt. */
async function withAdded(table: Table, { protocol, address, wishes }: Asked, option: string): Promise<Asked> {
  const before = await read(table, subscriptionKey(subscriptionId(protocol, address)));
  if (before?.state !== "active") throw new UsageError(`${address} has no subscription to add a wish to. \`almanac subscribers${option}\` lists those that there are; to begin one, leave out --add.`);
  return { ...before, ...withWish(before, wishes) };
}

/** How what an address asks for now stands to what it asked for before. */
function replaced(before: SubscriptionRecord, after: SubscriptionRecord, isAdded: boolean): string {
  if (!isAdded) return "This stands in place of what it asked for before.";
  return isDeepStrictEqual([before.wishes, before.also], [after.wishes, after.also]) ? "It gets all of that already: the wish adds nothing." : "What it asked for before stays: any one wish lets an alert through.";
}

function print(output: Output, args: Arguments, { before, after, delivery, remarks }: Done, catalogue: Catalogue): void {
  const { address, revision } = after;
  if (args.flag("json")) output.json({ ...shownFields(after), ...(delivery ? { sns: delivery } : {}) });
  else output.line(`${address} ${delivery === "pending" ? "is to get" : "gets"} ${wishWords(after, catalogue)}.`);
  if (before?.state === "active" && revision > before.revision) output.say(replaced(before, after, args.flag("add")));
  for (const remark of remarks) if (remark !== undefined) output.say(remark);
}

/** Ids that were left empty, as by a variable that is not set, would ask for everything. */
function checkGiven(args: Arguments): void {
  for (const name of ["series", "publisher", "kind", "language"]) if (args.list(name).some((ids) => !/[^\s,]/.test(ids))) throw new UsageError(`--${name} is empty. Name what you wish for, or leave --${name} away to get whatever there is.`);
}

function written(args: Arguments): Written {
  checkGiven(args);
  return { address: writtenAddress("subscribe", args), series: args.list("series"), publisher: args.list("publisher"), kind: args.list("kind"), language: args.list("language"), pace: args.text("pace"), quiet: args.text("quiet"), zone: args.text("zone"), texts: args.text("texts") };
}

/** With a list, everything that it says of one stands in its columns. */
async function toAsk(args: Arguments, catalogue: Catalogue): Promise<readonly ToAsk[]> {
  const csv = args.text("csv");
  const shared = ["pace", "quiet", "zone", "texts"].filter((name) => args.text(name) !== undefined);
  if (args.flag("add") && shared.length > 0) throw new UsageError(`--add adds a wish, and pace, quiet hours, zone and texts are one for all wishes of an address: leave out --${shared.join(", --")}, or leave out --add and say anew all that the address wishes for.`);
  if (csv === undefined) return [await askedFor(written(args), catalogue, args.flag("allow-loopback")).catch(rethrownAsUsage)];
  const beside = ["email"].filter((name) => args.text(name) !== undefined).concat(shared, ["series", "publisher", "kind", "language"].filter((name) => args.list(name).length > 0), args.flag("add") ? ["add"] : []);
  if (beside.length > 0 || args.positionals.length > 0) throw new UsageError(`--csv ${csv} says itself whom to subscribe and to what: leave out ${beside.length > 0 ? `--${beside.join(", --")}` : args.positionals[0]}, or write it into a column (${listColumns.join(", ")}).`);
  return readSubscriptionList(csv, catalogue);
}

/** Subscribes each. Of a list, one that SNS does not take is said and does not stop the others; asking again mends it. */
async function askAll(list: readonly ToAsk[], output: Output, ask: (one: ToAsk) => Promise<void>): Promise<void> {
  const failed: string[] = [];
  for (const one of list) {
    try {
      await ask(one);
    } catch (error) {
      if (list.length === 1) throw error;
      failed.push(`${one.asked.address}: ${messageOf(error)}`);
    }
  }
  for (const fault of failed) output.say(`not subscribed: ${fault}`);
  if (failed.length > 0) throw new Failure(`${list.length - failed.length} of ${list.length} were subscribed. Write the same again once that is mended: who is subscribed stays so.`);
}

/** Throws UsageError where one machine has no way to an address. */
function checkReachedHere({ protocol, address }: Address): void {
  if (protocol === "sqs" || protocol === "lambda") throw new UsageError(`${address} gets alerts by SNS, so say at which stage: --stage NAME.`);
  const url = protocol === "https" ? new URL(address) : undefined;
  const port = url && !isLoopback(url) ? strangePort(url) : undefined;
  if (port !== undefined) throw new UsageError(`${address} would never be reached from this machine: ${port}.`);
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const list = await toAsk(args, catalogue);
  if (target.stage === undefined) for (const { asked } of list) checkReachedHere(asked);
  const now = new Date().toISOString();
  await withTable(target, output, async (table, stage) => {
    await askAll(list, output, async (listed) => {
      const one = args.flag("add") ? { ...listed, asked: await withAdded(table, listed.asked, targetOption(target)) } : listed;
      const done = stage ? await onStage(stage, one, now) : await here(table, one.asked, target.stage === undefined ? target.folder : "", now);
      print(output, args, done, catalogue);
      for (const remark of wishRemarks({ ...listed.asked, language: done.after.language }, catalogue)) output.say(remark);
    });
  });
}

export const command: Command = {
  summary: "send alerts to an address",
  usage: "ADDRESS [--series ID|--publisher ID|--kind KIND|--language CODE]… [--add] [--pace PACE] [--quiet HOURS --zone ZONE] [--texts en|ko] [--csv FILE] [--data DIR|--stage NAME] [--allow-loopback] [--json]",
  help: `Sends alerts to an address from now on: an email address, a phone number (with + and the country's
code) or an https address, on AWS also the ARN of an SQS queue or a Lambda function. Without options it
gets everything that is not for operators: at once, but what is of no series in one message a week. One
address has one subscription: subscribing again replaces what it asked for, and --add puts a wish beside
it. Also while the monitor runs. On AWS an email or https address is asked to confirm, and gets nothing
before it has; \`almanac confirm\` does so in a way that no mail scanner can undo. A queue or function must
let SNS reach it: how is said.

  --series ID        only alerts on this series; each option may be given more than once,
                     or with commas between
  --publisher ID     only from this publisher; with --series, those of the series that are
  --kind KIND        only this kind: edition (it is out), notice (it is announced), about (something
                     new of no series), late, blind, changes; for operators health
  --language CODE    only on items in this language: en, ko, ja
  --pace PACE        at-once, daily or weekly: digests come at 08:00, weekly ones on Monday. At once, what
                     is of no series comes at most once an hour to people
  --quiet HOURS      no message in these hours, such as 22:00-07:00: what comes in them comes at their end,
                     in one message
  --zone ZONE        the time zone of both, such as Asia/Seoul (UTC if absent; quiet hours need it)
  --texts CODE       the language in which email and SMS are written: en or ko (--language is that of the items)
  --add              one more wish beside those that the address has: any of them lets an alert through
  --csv FILE         subscribes everybody in a list instead: the first line names its columns, address and
                     any of series, publisher, kind, language, pace, quiet, zone, texts. Several lines
                     of one address are several wishes of it. If one line has a fault, each is said and
                     nobody is subscribed
${targetHelp}
  --allow-loopback   take an http address on this machine, which \`almanac start --allow-loopback\` then reaches
  --json             the subscription as a line of JSON; on AWS with "sns": confirmed or pending

examples:
  almanac subscribe ada@example.org
  almanac subscribe ada@example.org --pace daily --quiet 22:00-07:00 --zone Asia/Seoul
  almanac subscribe ada@example.org --publisher ohchr --kind edition --add
  almanac subscribe "+82 10 1234 5678" --kind edition --series SERIES
  almanac subscribe https://hooks.example.org/almanac --publisher ohchr --publisher un --pace at-once
  almanac subscribe ada@example.org --stage prod
  almanac subscribe arn:aws:sqs:eu-west-1:111122223333:alerts --pace at-once --stage prod
  almanac subscribe --csv people.csv --stage prod`,
  words: [0, 1],
  options: {
    email: { type: "string" },
    series: { type: "string", multiple: true },
    publisher: { type: "string", multiple: true },
    kind: { type: "string", multiple: true },
    language: { type: "string", multiple: true },
    pace: { type: "string" },
    quiet: { type: "string" },
    zone: { type: "string" },
    texts: { type: "string" },
    add: { type: "boolean" },
    csv: { type: "string" },
    ...targetOptions,
    events: { type: "string" },
    sources: { type: "string" },
    "allow-loopback": { type: "boolean" },
    json: { type: "boolean" },
  },
  run,
};
