import type { SnsState, SubscriptionAtSns, Reconciled } from "../../shared/alerts/topic-subscriptions.ts";
import { messageOf } from "../../shared/fault.ts";
import { type SubscriptionRecord, subscriptions } from "../../shared/records/subscriptions.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { grid } from "../grid.ts";
import type { Output } from "../output.ts";
import { readCatalogue } from "../paths.ts";
import type { Stage } from "../stage/open.ts";
import { targetHelp, targetOf, targetOption, targetOptions } from "../target.ts";
import { shownFields, wishWords } from "../wish-words.ts";
import { withTableIfAny } from "../with-table.ts";

function counted(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}

/** Subscribes at SNS those who are on record alone, and gives how all stand then. One that SNS does not take is said, and does not stop the others. */
async function reconciled(stage: Stage, ask: boolean, output: Output, now: string): Promise<Reconciled> {
  const [{ withTopic }, { reconcile, subscribeAt }] = await Promise.all([import("../stage/topic.ts"), import("../../shared/alerts/topic-subscriptions.ts")]);
  return withTopic(stage, async (topic) => {
    const found = await reconcile(topic, stage.table, now);
    const unasked = ask ? found.ours.filter(({ sns }) => sns === "unasked") : [];
    for (const { record } of unasked) {
      try {
        await subscribeAt(topic, stage.table, record, now);
      } catch (error) {
        output.say(`${record.address} could not be asked: ${messageOf(error)}`);
      }
    }
    return unasked.length > 0 ? reconcile(topic, stage.table, now) : found;
  });
}

/** Who gets alerts, by address; at SNS also who should, and who should not. */
function shownOf(list: readonly SubscriptionAtSns[]): SubscriptionAtSns[] {
  return list.filter(({ sns }) => sns !== "ended" && sns !== "left").toSorted((a, b) => (a.record.address < b.record.address ? -1 : 1));
}

/** Since when it stands as it does: with what it gets, or without. */
function standing({ state, since, takesNothing }: SubscriptionRecord): string {
  if (state === "suspended") return `suspended ${since.slice(0, 10)}`;
  return takesNothing ? `takes nothing since ${takesNothing.since.slice(0, 10)}` : `since ${since.slice(0, 10)}`;
}

const words: Readonly<Record<SnsState, string>> = {
  confirmed: "confirmed",
  pending: "not confirmed yet",
  unasked: "not asked by SNS yet",
  lingering: "ended here, and SNS sends to it",
  left: "left",
  ended: "ended",
};

async function print(args: Arguments, output: Output, list: readonly SubscriptionAtSns[], onStage: boolean): Promise<void> {
  if (args.flag("json")) {
    for (const { record, sns } of list) output.json({ id: record.id, ...shownFields(record), takesNothing: record.takesNothing ?? null, ...(onStage ? { sns } : {}) });
    return;
  }
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const cells = list.map(({ record, sns }) => [standing(record), ...(onStage ? [words[sns]] : []), record.address, wishWords(record, catalogue)]);
  for (const line of grid(cells, process.stdout.columns)) output.line(line);
}

/** What is wrong with web addresses that take nothing, and what to do. */
function sayTroubles(list: readonly SubscriptionAtSns[], output: Output): void {
  for (const { record } of list) {
    const { id, address, state, takesNothing } = record;
    if (!takesNothing) continue;
    const what = state === "suspended" ? `gets nothing more. Once it is mended, \`almanac test-alert ${address}\` begins it again, and \`almanac unsubscribe ${address}\` ends it for good` : "is tried again. It is suspended after seven days in which it takes nothing";
    output.say(`${address} takes nothing since ${takesNothing.since.slice(0, 16)}Z (${takesNothing.why}) and ${what}. The log calls it subscription ${id}.`);
  }
}

/** What is to be done about those at SNS, beside showing them. */
function sayStates({ ours, others }: Reconciled, option: string, output: Output): void {
  const count = (wanted: SnsState): number => ours.filter(({ sns }) => sns === wanted).length;
  const [left, unasked, lingering] = [count("left"), count("unasked"), count("lingering")];
  if (left > 0) output.say(`${counted(left, "subscription")} left at SNS, by the link in a mail or never confirmed, and ${left === 1 ? "is" : "are"} noted as ended now`);
  if (unasked > 0) output.say(`${counted(unasked, "address is", "addresses are")} on record alone, as after a move: \`almanac subscribers${option} --ask\` subscribes them at SNS, which asks each to confirm.`);
  if (lingering > 0) output.say(`${counted(lingering, "address has", "addresses have")} ended here and confirmed at SNS since: end it with \`almanac unsubscribe ADDRESS${option}\`, or begin it again with \`almanac subscribe ADDRESS${option}\`.`);
  for (const { protocol, endpoint, delivery } of others) output.say(`not on record here, but at SNS (${delivery}): ${protocol} ${endpoint}`);
}

/** On one machine there is no SNS: whoever is active gets alerts, and whoever is suspended did. */
function here(records: readonly SubscriptionRecord[]): Reconciled {
  return { ours: records.map((record) => ({ record, sns: record.state === "ended" ? "ended" : "confirmed" })), others: [] };
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const ask = args.flag("ask");
  if (ask && target.stage === undefined) throw new UsageError("--ask asks people by SNS, so it needs the stage: --stage NAME.");
  await withTableIfAny(target, output, async (table, stage) => {
    const found = stage ? await reconciled(stage, ask, output, new Date().toISOString()) : here(table ? await subscriptions(table) : []);
    const shown = shownOf(found.ours);
    await print(args, output, shown, stage !== undefined);
    if (shown.length === 0) output.say(`Nobody has subscribed: \`almanac subscribe ADDRESS${targetOption(target)}\`.`);
    sayTroubles(shown, output);
    const ended = found.ours.filter(({ sns }) => sns === "ended").length;
    if (ended > 0) output.say(`${counted(ended, "ended subscription is", "ended subscriptions are")} not shown`);
    sayStates(found, targetOption(target), output);
  });
}

export const command: Command = {
  summary: "show who gets alerts, and which",
  usage: "[--data DIR|--stage NAME [--ask]] [--json]",
  help: `Shows every address that gets alerts, since when, and which alerts it asked for. On AWS it compares
the record with SNS: who has confirmed, who has not yet, and who is on one of the two alone. Who left
by the link in a mail is noted as ended. On one machine it says which web addresses take nothing, since
when, and why.

${targetHelp}
  --ask              with --stage: subscribe at SNS those who are only on record, as after a move
  --json             a line of JSON each: {id, address, protocol, wishes, also, texts, pace, quiet, zone, state, since,
                     takesNothing: null or {since, why}}, where also lists the further wishes; on AWS with "sns":
                     confirmed, pending, unasked or lingering (ended here, not there)

examples:
  almanac subscribers
  almanac subscribers --stage prod`,
  options: { ...targetOptions, ask: { type: "boolean" }, events: { type: "string" }, sources: { type: "string" }, json: { type: "boolean" } },
  run,
};
