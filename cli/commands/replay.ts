import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jumpingClock } from "../../local/replay/clock.ts";
import { type Played, playSnapshots, playYear, type Stage } from "../../local/replay/play.ts";
import type { YearItem } from "../../local/replay/publish.ts";
import { readSnapshots } from "../../local/replay/snapshots.ts";
import { recordedWeb } from "../../local/replay/web.ts";
import type { Catalogue, Source } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { type Arguments, type Command, Failure, UsageError } from "../command.ts";
import { knownSource } from "../known.ts";
import type { Output } from "../output.ts";
import { readMoment } from "../moments.ts";
import { givenPath, projectPath, readCatalogue, shownPath } from "../paths.ts";
import { rungJson, rungLine } from "../report.ts";
import { withStack } from "../with-stack.ts";
import { messageOf } from "../../shared/fault.ts";

const year = 2020;

function moment(args: Arguments, name: string): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  return Date.parse(readMoment(`--${name}`, text));
}

function sourceNamed(catalogue: Catalogue, id: string | undefined): Source {
  if (id === undefined) throw new UsageError("--snapshots needs --source ID, the source that was recorded");
  return knownSource(catalogue, id);
}

/** A stage for playing: a fresh folder unless one was named, a clock at the start, and the recorded web. */
async function onStage(args: Arguments, catalogue: Catalogue, start: number, output: Output, play: (stage: Stage) => Promise<Played>): Promise<{ played: Played; folder: string; seconds: number }> {
  const given = args.text("data");
  const folder = given ? givenPath(given) : await mkdtemp(join(tmpdir(), "almanac-replay-"));
  const clock = jumpingClock(start);
  const fetcher = createFetcher({ contact: undefined, allowLoopback: true, clock: systemClock });
  const web = await recordedWeb(fetcher);
  const started = performance.now();
  let played: Played | undefined;
  try {
    await withStack({ catalogue, dataFolder: folder, clock, fetch: web.fetch }, output, async (stack) => {
      let polls = 0;
      played = await play({ stack, web, clock, onOutcome: () => ++polls % 100 === 0 && output.progress(`${new Date(clock.now()).toISOString().slice(0, 10)}  ${polls} polls`) });
    });
  } finally {
    await web.close();
    await fetcher.close();
  }
  if (!played) throw new Failure("nothing was played");
  return { played, folder, seconds: (performance.now() - started) / 1000 };
}

function tell(output: Output, json: boolean, { played, folder, seconds }: { played: Played; folder: string; seconds: number }): void {
  const outbox = join(folder, "outbox");
  if (json) {
    for (const rung of played.rung) output.json(rungJson(rung));
    for (const loss of played.losses) output.json({ loss: true, ...loss });
    for (const failure of played.failures) output.json({ failure: true, ...failure });
    output.json({ summary: true, polls: played.polls, skipped: played.skipped, alerts: played.rung.length, losses: played.losses.length, failures: played.failures.length, seconds: Number(seconds.toFixed(1)), outbox });
    return;
  }
  for (const rung of played.rung) output.line(rungLine(output, rung));
  output.line("");
  for (const { source, at, detail } of played.losses) output.line(output.style("yellow", `possible loss at ${source}, ${at.slice(0, 16).replace("T", " ")}: ${detail}`));
  const [failure] = played.failures;
  if (failure) output.line(output.style("red", `${played.failures.length} of the polls could not be read, the first of ${failure.at.slice(0, 16).replace("T", " ")}: ${failure.detail}`));
  output.line(`${played.rung.length} alerts from ${played.polls} polls${played.skipped > 0 ? ` (${played.skipped} slots skipped, at which nothing had changed)` : ""} in ${seconds.toFixed(1)} s.`);
  output.line(`The alerts, as emails: ${shownPath(outbox)}`);
  output.line(`The table: almanac query --data ${shownPath(folder)}`);
}

async function run(args: Arguments, output: Output): Promise<void> {
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const snapshots = args.text("snapshots");
  const json = args.flag("json");
  if (snapshots === undefined) {
    if (args.text("source") || args.text("from") || args.text("to")) throw new UsageError("--source, --from and --to go with --snapshots. Without it the recorded year is played.");
    const recorded: { items: YearItem[] } = JSON.parse(await readFile(projectPath("local", "replay", `year-${year}.json`), "utf8"));
    const ids = new Set(recorded.items.map(({ source }) => source));
    output.say(`Playing ${year}: ${recorded.items.length} recorded items of ${ids.size} sources.`);
    const sources = catalogue.sources.filter(({ id }) => ids.has(id));
    return tell(output, json, await onStage(args, catalogue, Date.UTC(year, 0, 1), output, (stage) => playYear(stage, year, sources, recorded.items)));
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
  tell(output, json, await onStage(args, catalogue, first.at, output, (stage) => playSnapshots(stage, source, polls)));
}

export const command: Command = {
  summary: "play recorded polls, or the recorded year 2020, through the whole path",
  usage: "[--snapshots DIR|FILE --source ID [--from DATE] [--to DATE]] [--data DIR] [--json]",
  help: `Without options: the year 2020 as its sources published it, through fetching, reading, matching,
the table and the alerts, with no network and no account. Ends with the alerts that would have rung.

  --snapshots DIR|FILE  recorded polls: files named by UTC time (2021-05-23T151029+0000.rss),
                        or lines of JSON {t, source, body | path}
  --source ID           the source that was recorded
  --from, --to DATE     only the polls between them
  --data DIR            keep the table and the outbox here (default: a fresh temporary folder)
  --json                a line of JSON an alert, then one a possible loss, then a summary`,
  options: {
    snapshots: { type: "string" },
    source: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    data: { type: "string" },
    events: { type: "string" },
    sources: { type: "string" },
    json: { type: "boolean" },
  },
  run,
};
