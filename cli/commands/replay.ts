import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDryPath } from "../../local/stack.ts";
import { jumpingClock } from "../../local/replay/clock.ts";
import { type Played, playSnapshots, playYear, recordedYear, type Stage } from "../../local/replay/play.ts";
import { readSnapshots } from "../../local/replay/snapshots.ts";
import { recordedWeb } from "../../local/replay/web.ts";
import type { Catalogue, Source } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { alertKey } from "../../shared/records/keys.ts";
import { readMany } from "../../shared/records/records.ts";
import { type Arguments, type Command, Failure, UsageError } from "../command.ts";
import { knownSource } from "../known.ts";
import type { Output } from "../output.ts";
import { readMoment } from "../moments.ts";
import { dataFolder, givenPath, readCatalogue, shownPath } from "../paths.ts";
import { rungJson, rungLine } from "../report.ts";
import { type Target, targetOf, targetOptions } from "../target.ts";
import { withStack } from "../with-stack.ts";
import { withTableIfAny } from "../with-table.ts";
import { messageOf } from "../../shared/fault.ts";

function moment(args: Arguments, name: string): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  return Date.parse(readMoment(`--${name}`, text));
}

function sourceNamed(catalogue: Catalogue, id: string | undefined): Source {
  if (id === undefined) throw new UsageError("--snapshots needs --source ID, the source that was recorded");
  return knownSource(catalogue, id);
}

/** What was played, and for how long; the folder where it is kept, unless nothing is. */
interface Performance {
  readonly played: Played;
  readonly folder: string | undefined;
  readonly seconds: number;
}

type Play = (stage: Stage) => Promise<Played>;

/** A stage for playing: a folder unless nothing is to be written, a clock at the start, and the recorded web. */
async function onStage(args: Arguments, catalogue: Catalogue, start: number, output: Output, play: Play): Promise<Performance> {
  const clock = jumpingClock(start);
  const fetcher = createFetcher({ contact: undefined, allowLoopback: true, clock: systemClock });
  const web = await recordedWeb(fetcher);
  const started = performance.now();
  let played: Played | undefined;
  let polls = 0;
  const onOutcome = (): void => void (++polls % 100 === 0 && output.progress(`${new Date(clock.now()).toISOString().slice(0, 10)}  ${polls} polls`));
  const folder = args.flag("dry") ? undefined : args.text("data") ? dataFolder(args.text("data")) : await mkdtemp(join(tmpdir(), "almanac-replay-"));
  try {
    if (folder === undefined) {
      const path = await openDryPath({ catalogue, clock, fetch: web.fetch });
      try {
        played = await play({ stack: path, web, clock, onOutcome });
      } finally {
        await path.close();
      }
    } else {
      await withStack({ catalogue, dataFolder: folder, clock, fetch: web.fetch }, output, async (stack) => {
        played = await play({ stack, web, clock, onOutcome });
      });
    }
  } finally {
    await web.close();
    await fetcher.close();
  }
  if (!played) throw new Failure("nothing was played");
  return { played, folder, seconds: (performance.now() - started) / 1000 };
}

/** Which of the alerts a table has sent already, and when; nothing where no table was named to compare with. */
async function toldBy(target: Target | undefined, { rung }: Played, output: Output): Promise<ReadonlyMap<string, string> | undefined> {
  if (!target) return undefined;
  const told = new Map<string, string>();
  await withTableIfAny(target, output, async (table) => {
    const sent = table ? await readMany(table, rung.map(({ alert }) => alertKey(alert))) : [];
    for (const { id, facts, sent: at } of sent) if (at !== null) told.set(id, facts.at);
  });
  return told;
}

/** What an alert of a replay is against what a table has told already. */
function news(alert: string, told: ReadonlyMap<string, string> | undefined): string {
  if (!told) return "";
  const at = told.get(alert);
  return at === undefined ? "  (new)" : `  (told ${at.slice(0, 10)})`;
}

/** Says what was played: what rang, what may have been lost, and where it is kept. */
export function tell(output: Output, json: boolean, { played, folder, seconds }: Performance, told: ReadonlyMap<string, string> | undefined): void {
  const outbox = folder === undefined ? null : join(folder, "outbox");
  if (json) {
    for (const rung of played.rung) output.json({ ...rungJson(rung), ...(told ? { told: told.get(rung.alert) ?? null } : {}) });
    for (const loss of played.losses) output.json({ loss: true, ...loss });
    for (const failure of played.failures) output.json({ failure: true, ...failure });
    output.json({ summary: true, polls: played.polls, skipped: played.skipped, alerts: played.rung.length, losses: played.losses.length, failures: played.failures.length, seconds: Number(seconds.toFixed(1)), outbox });
    return;
  }
  for (const rung of played.rung) output.line(rungLine(output, rung) + news(rung.alert, told));
  output.line("");
  for (const { source, at, detail } of played.losses) output.line(output.style("yellow", `possible loss at ${source}, ${at.slice(0, 16).replace("T", " ")}: ${detail}`));
  const [failure] = played.failures;
  if (failure) output.line(output.style("red", `${played.failures.length} of the polls could not be read, the first of ${failure.at.slice(0, 16).replace("T", " ")}: ${failure.detail}`));
  output.line(`${played.rung.length} alerts from ${played.polls} polls${played.skipped > 0 ? ` (${played.skipped} slots skipped, at which nothing had changed)` : ""} in ${seconds.toFixed(1)} s.`);
  if (told) output.line(`${played.rung.filter(({ alert }) => !told.has(alert)).length} of them are new there.`);
  if (folder === undefined) return output.line("Nothing was written, and nobody was told.");
  output.line(`The alerts, as emails: ${shownPath(join(folder, "outbox"))}`);
  output.line(`The table: almanac query --data ${shownPath(folder)}`);
}

/** With --dry, a table may be named to compare with; a stage is never played into. */
function comparedWith(args: Arguments): Target | undefined {
  const stage = args.text("stage");
  if (stage !== undefined && !args.flag("dry")) throw new UsageError(`a replay is not played into stage ${stage}. Add --dry: then what would ring is compared with what the stage has told.`);
  const target = targetOf(args);
  return args.flag("dry") && (stage !== undefined || args.text("data") !== undefined) ? target : undefined;
}

async function run(args: Arguments, output: Output): Promise<void> {
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const snapshots = args.text("snapshots");
  const compared = comparedWith(args);
  const perform = async (start: number, play: Play): Promise<void> => {
    const performed = await onStage(args, catalogue, start, output, play);
    tell(output, args.flag("json"), performed, await toldBy(compared, performed.played, output));
  };
  if (snapshots === undefined) {
    if (args.text("source") || args.text("from") || args.text("to")) throw new UsageError("--source, --from and --to go with --snapshots. Without it the recorded year is played.");
    const recorded = await recordedYear(catalogue);
    output.say(`Playing ${recorded.year}: ${recorded.items.length} recorded items of ${recorded.sources.length} sources.`);
    return perform(Date.UTC(recorded.year, 0, 1), (stage) => playYear(stage, recorded));
  }
  const source = sourceNamed(catalogue, args.text("source"));
  const from = moment(args, "from") ?? Number.NEGATIVE_INFINITY;
  const to = moment(args, "to") ?? Number.POSITIVE_INFINITY;
  const all = await readSnapshots(givenPath(snapshots), source.id).catch((error: unknown) => {
    throw new UsageError(messageOf(error), { cause: error });
  });
  const polls = all.filter(({ at }) => at >= from && at <= to);
  const [first] = polls;
  if (!first) throw new UsageError(`no recorded poll lies between --from and --to; they run from ${new Date(all[0]?.at ?? 0).toISOString()} to ${new Date(all.at(-1)?.at ?? 0).toISOString()}`);
  output.say(`Playing ${polls.length} recorded polls of ${source.id}.`);
  await perform(first.at, (stage) => playSnapshots(stage, source, polls));
}

export const command: Command = {
  summary: "play recorded polls, or the recorded year 2020, through the whole path",
  usage: "[--snapshots DIR|FILE --source ID [--from DATE] [--to DATE]] [--data DIR] [--dry [--stage NAME]] [--json]",
  help: `Without options: the year 2020 as its sources published it, through fetching, reading, matching,
the table and the alerts, with no network and no account. Ends with the alerts that would have rung.

  --snapshots DIR|FILE  recorded polls: files named by UTC time (2021-05-23T151029+0000.rss),
                        or lines of JSON {t, source, body | path}
  --source ID           the source that was recorded
  --from, --to DATE     only the polls between them
  --data DIR            keep the table and the outbox here (default: a fresh temporary folder)
  --dry                 write nothing anywhere; with --data or --stage, only say of each alert whether
                        the table there has told it already
  --stage NAME          with --dry: compare with this stage on AWS
  --json                a line of JSON an alert, then one a possible loss, then a summary; compared with a
                        table, an alert has "told": when, or null`,
  options: {
    snapshots: { type: "string" },
    source: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    ...targetOptions,
    dry: { type: "boolean" },
    events: { type: "string" },
    sources: { type: "string" },
    json: { type: "boolean" },
  },
  run,
};
