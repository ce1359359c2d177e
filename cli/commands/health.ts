import { nextSlot } from "../../functions/plan/plan.ts";
import { knownOf } from "../../functions/notify/known.ts";
import { sayableAddress } from "../../shared/catalogue/address.ts";
import type { Series, Source } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { healths } from "../../shared/intake/health.ts";
import { readStates, type SourceState } from "../../shared/records/sources.ts";
import type { Arguments, Command } from "../command.ts";
import { grid } from "../grid.ts";
import { knownSource } from "../known.ts";
import type { Output } from "../output.ts";
import { readCatalogue } from "../paths.ts";
import { colours } from "../report.ts";
import { targetHelp, targetOf, targetOptions } from "../target.ts";
import { withTableIfAny } from "../with-table.ts";

/** How reading one source stands. Health is null where it was never read. */
interface HealthRow {
  readonly source: string;
  readonly health: SourceState["health"] | null;
  readonly reason: string | null;
  readonly since: string | null;
  readonly failures: number;
  readonly lastRead: string | null;
  readonly lastChange: string | null;
  readonly nextTry: string | null;
  readonly url: string;
}

const minuteMs = 60_000;

function rowOf(source: Source, state: SourceState | undefined, now: number, series: ReadonlyMap<string, Series>): HealthRow {
  const { failures = 0, lastRead = null, lastChange = null, since = null, url = source.url } = state ?? {};
  const condition = source.disabled === undefined ? { health: state?.health ?? null, reason: state?.reason ?? null, since } : { health: "disabled" as const, reason: source.disabled, since: null };
  const slot = new Date(nextSlot(source, Math.floor(now / minuteMs) + 1, series) * minuteMs).toISOString();
  const nextTry = source.disabled === undefined ? (state?.nextAt ?? slot) : null;
  return { source: source.id, ...condition, failures, lastRead, lastChange, nextTry, url: sayableAddress(source, url) };
}

/** Worst first: dead, blocked, failing, never read, quiet, well; last what is meant not to be read. */
const order: readonly HealthRow["health"][] = ["dead", "blocked", "failing", null, "quiet", "well", "disabled"];

/** How every one of the sources stands, the worst first. `now` is milliseconds since 1970. */
function rowsOf(sources: readonly Source[], states: ReadonlyMap<string, SourceState>, now: number, series: ReadonlyMap<string, Series>): HealthRow[] {
  return sources
    .map((source) => rowOf(source, states.get(source.id), now, series))
    .toSorted((a, b) => order.indexOf(a.health) - order.indexOf(b.health) || (a.since ?? "").localeCompare(b.since ?? "") || a.source.localeCompare(b.source));
}

function counts(list: readonly HealthRow[]): Record<string, number> {
  const found = healths.map((health): [string, number] => [health, list.filter((one) => one.health === health).length]);
  return { ...Object.fromEntries(found), unread: list.filter(({ health }) => health === null).length };
}

const minuteOf = (moment: string | null): string => moment?.slice(0, 16).replace("T", " ") ?? "–";

function print(output: Output, list: readonly HealthRow[]): void {
  const cells = list.map(({ health, source, since, lastChange, nextTry, reason, failures }) => {
    const words = health === null ? "never read yet" : [reason ?? "", failures > 1 ? `${failures} times in a row` : ""].filter((part) => part !== "").join(", ");
    return [health ?? "unread", source, minuteOf(since), minuteOf(lastChange), minuteOf(nextTry), words];
  });
  const [head = "", ...lines] = grid([["health", "source", "since (UTC)", "last change", "next try", "reason"], ...cells], process.stdout.columns);
  output.line(output.style("dim", head));
  for (const [index, line] of lines.entries()) {
    const health = list[index]?.health ?? null;
    const word = health ?? "unread";
    output.line((health === null ? word : output.style(colours[health], word)) + line.slice(word.length));
  }
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const asked = args.list("source");
  const sources = asked.length > 0 ? asked.map((id) => knownSource(catalogue, id)) : catalogue.sources;
  await withTableIfAny(target, output, async (table) => {
    const states = table ? await readStates(table, sources.map(({ id }) => id)) : new Map<string, SourceState>();
    const list = rowsOf(sources, states, systemClock.now(), knownOf(catalogue).series);
    const sum = counts(list);
    if (args.flag("json")) {
      for (const standing of list) output.json(standing);
      return output.json({ summary: true, sources: list.length, ...sum });
    }
    print(output, list);
    const parts = [...healths.toReversed(), "unread"].flatMap((word) => (sum[word] ? [`${sum[word]} ${word === "unread" ? "never read yet" : word}`] : []));
    output.line(`${list.length} source${list.length === 1 ? "" : "s"}: ${parts.join(", ")}`);
    if (sum["unread"] === list.length) output.say("No source was read yet: `almanac poll` reads each once, `npm start` keeps reading.");
  });
}

export const command: Command = {
  summary: "show whether the sources can be read",
  usage: "[--source ID]… [--data DIR|--stage NAME] [--json]",
  help: `Shows for each source whether it can be read, since when, why not, when it last brought something
new, and when it is tried again; the worst first.

  well      it is read                    blocked   it refuses us (challenge, http-403, robots)
  quiet     it is read, and has brought   dead      it is gone, or fails since long
            nothing new for long          disabled  the catalogue says why it is not read
  failing   it failed just now            unread    never read yet

  --source ID        only this source; may be given more than once
${targetHelp}
  --json             a line of JSON a source {source, health, reason, since, failures, lastRead,
                     lastChange, nextTry, url} (health is null where it was never read), then a summary

examples:
  almanac health
  almanac health --source SOURCE --json
  almanac health --stage prod`,
  options: { source: { type: "string", multiple: true }, ...targetOptions, events: { type: "string" }, sources: { type: "string" }, json: { type: "boolean" } },
  run,
};
