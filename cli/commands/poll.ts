import { due, onwards } from "../../functions/plan/plan.ts";
import type { Outcome } from "../../functions/poll/poll.ts";
import { pollRound } from "../../functions/poll/round.ts";
import { gather, sweep } from "../../functions/notify/sweep.ts";
import { comesIn } from "../../shared/catalogue/mailbox.ts";
import type { Catalogue, Source } from "../../shared/catalogue/schema.ts";
import { plannedMinute, setPlanned } from "../../shared/records/plan.ts";
import { systemClock, type Clock } from "../../shared/clock.ts";
import { type Stack } from "../../local/stack.ts";
import { notBefore } from "../../shared/records/deviating.ts";
import { type Arguments, type Command, Failure } from "../command.ts";
import { knownSource } from "../known.ts";
import { readMoment } from "../moments.ts";
import { dataFolder, readCatalogue, shownPath } from "../paths.ts";
import { outcomeJson, outcomeLine, rungJson, rungLine } from "../report.ts";
import { seriesInSeason } from "../../shared/records/watch.ts";
import { withStack } from "../with-stack.ts";
import { messageOf } from "../../shared/fault.ts";

/** The clock that a round goes by: the machine's, or one that stands at the moment that was given. */
function clockOf(at: string | undefined): Clock {
  if (at === undefined) return systemClock;
  const moment = Date.parse(readMoment("--at", at));
  return { ...systemClock, now: () => moment };
}

/** The sources that were named; otherwise all that are enabled. Mail comes in where the monitor runs, which alone can say how that stands. */
function chosen(catalogue: Catalogue, ids: readonly string[]): readonly Source[] {
  if (ids.length === 0) return catalogue.sources.filter((source) => source.disabled === undefined && !comesIn(source));
  return ids.map((id) => knownSource(catalogue, id));
}

/** What is due since the last time that was asked, so that a timer which starts this every few minutes misses no slot. */
async function dueNow({ poll: { table, series } }: Stack, sources: readonly Source[], clock: Clock): Promise<readonly Source[]> {
  const minute = Math.floor(clock.now() / 60_000);
  const { from } = onwards(await plannedMinute(table), minute);
  const chosenDue = due(sources, from, minute, series, await notBefore(table), await seriesInSeason(table));
  await setPlanned(table, minute);
  return chosenDue;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

interface Totals {
  readonly sources: number;
  items: number;
  new: number;
  alerts: number;
  failed: number;
  skipped: number;
}

async function round(stack: Stack, sources: readonly Source[], onOutcome: (outcome: Outcome) => void, onFault: (fault: unknown) => void): Promise<{ totals: Totals; outcomes: Outcome[] }> {
  const totals: Totals = { sources: sources.length, items: 0, new: 0, alerts: 0, failed: 0, skipped: 0 };
  const outcomes: Outcome[] = [];
  await pollRound(stack.poll, sources, (outcome) => {
    outcomes.push(outcome);
    totals.items += outcome.items;
    totals.new += outcome.fresh;
    totals.alerts += outcome.rung.length;
    totals.skipped += outcome.skipped.length;
    if (outcome.health !== "well" && outcome.health !== "quiet") totals.failed++;
    onOutcome(outcome);
  }).catch(onFault);
  return { totals, outcomes };
}

/** Where nothing could be reached the fault is more likely this machine's network than all publishers. */
function offline(outcomes: readonly Outcome[]): string | undefined {
  const asked = outcomes.filter(({ reason }) => reason !== "credential" && reason !== "waiting" && reason !== "no-mailbox");
  if (asked.length === 0 || asked.some(({ reason }) => reason !== "unreachable" && reason !== "timeout")) return undefined;
  const none = asked.length === 1 ? `The source ${asked[0]?.source} could not be reached` : `None of the ${asked.length} sources could be reached`;
  return `${none}: is this machine online? Nothing is lost that is still there later: run it again once the network is back.`;
}

async function run(args: Arguments, output: Parameters<Command["run"]>[1]): Promise<void> {
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const wanted = chosen(catalogue, args.list("source"));
  const clock = clockOf(args.text("at"));
  const json = args.flag("json");
  await withStack({ catalogue, dataFolder: dataFolder(args.text("data")), allowLoopback: args.flag("allow-loopback"), clock }, output, async (stack) => {
    const sources = args.flag("due") ? await dueNow(stack, wanted, clock) : wanted;
    const started = performance.now();
    let read = 0;
    let fault: unknown;
    const { totals, outcomes } = await round(stack, sources, (outcome) => {
      output.progress(`${++read} of ${sources.length} sources`);
      if (json) output.json(outcomeJson(outcome));
      else if (outcome.rung.length > 0 || outcome.reason || sources.length <= 40) output.line(outcomeLine(output, outcome));
    }, (error) => (fault = error));
    const rung = outcomes.flatMap((outcome) => outcome.rung);
    for (const alert of rung) {
      if (json) output.json(rungJson(alert));
      else output.line(rungLine(output, alert));
    }
    // Also what an earlier run left owed.
    const { sent, failed } = await sweep(stack.notify);
    const digests = await gather(stack.notify);
    const ms = Math.round(performance.now() - started);
    if (json) output.json({ summary: true, ...totals, ms });
    else output.line(`${counted(totals.sources, "source")} polled in ${(ms / 1000).toFixed(1)} s: ${counted(totals.items, "item")}, ${totals.new} new, ${counted(totals.alerts, "alert")}${totals.failed ? `, ${counted(totals.failed, "source")} could not be read` : ""}`);
    const advice = offline(outcomes);
    if (advice) output.say(advice);
    if (rung.length > 0 && !json) output.say(`alerts are in ${shownPath(stack.outbox)}`);
    const before = sent - rung.length;
    if (before > 0) output.say(`${counted(before, "alert")} of those sent ${before === 1 ? "was" : "were"} still owed from before`);
    if (fault !== undefined) throw fault;
    if (digests.sent > 0) output.say(`${counted(digests.sent, "message")} that waited for ${digests.sent === 1 ? "its" : "their"} time ${digests.sent === 1 ? "was" : "were"} sent`);
    const faults = [...failed, ...digests.failed];
    const [first] = faults;
    if (first) throw new Failure(`${counted(faults.length, "alert")} could not be sent and ${faults.length === 1 ? "stays" : "stay"} owed; the next \`almanac poll\` or \`npm start\` tries again. The first fault: ${messageOf(first.error)}`);
  });
}

export const command: Command = {
  summary: "read sources once, record what is new, send the alerts",
  usage: "[--source ID]… [--due] [--data DIR] [--sources FILE] [--events FILE] [--at ISO] [--json]",
  help: `Reads every enabled source once, or those named, and prints a line for each.
The first reading of a source records what is there in silence; later, what is new rings.

  --source ID        only this one; may be given more than once
  --due              only the sources whose turn came since the last --due (all, the first time)
  --data DIR         the data folder (default .almanac)
  --sources FILE     another sources.json; --events FILE another events.json
  --at ISO           as if it were this moment (2020-06-25T14:30:00Z)
  --allow-loopback   let servers on this machine be read, without pauses
  --json             a line of JSON a source, then one an alert, then a summary

A source that cannot be read is a result, with its health and reason: exit code 0.`,
  options: {
    source: { type: "string", multiple: true },
    due: { type: "boolean" },
    data: { type: "string" },
    sources: { type: "string" },
    events: { type: "string" },
    at: { type: "string" },
    "allow-loopback": { type: "boolean" },
    json: { type: "boolean" },
  },
  run,
};
