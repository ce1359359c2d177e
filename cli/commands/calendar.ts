import { agenda, revisedOn } from "../../shared/calendar/agenda.ts";
import { type Basis, calendar } from "../../shared/calendar/calendar.ts";
import { dayNumber } from "../../shared/calendar/days.ts";
import { ics } from "../../shared/calendar/ics.ts";
import { type CalendarLine, calendarLine } from "../../shared/calendar/line.ts";
import { cannotBeRead, watchedIn } from "../../shared/calendar/readable.ts";
import type { SeriesStanding } from "../../shared/calendar/standing.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { editionsOf } from "../../shared/records/editions.ts";
import { installKey, standingKey } from "../../shared/records/keys.ts";
import { read, readMany } from "../../shared/records/records.ts";
import { readStates } from "../../shared/records/sources.ts";
import type { StandingRing } from "../../shared/records/standing.ts";
import type { Table } from "../../shared/records/table.ts";
import { calendarTable, toldWords } from "../calendar-words.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { knownPublisher, knownSeries, knownSource } from "../known.ts";
import { readMoment } from "../moments.ts";
import type { Output } from "../output.ts";
import { readCatalogue } from "../paths.ts";
import { targetHelp, targetOf, targetOptions } from "../target.ts";
import { withTableIfAny } from "../with-table.ts";

/** The sources that are taken to be lost: each by its id, or all that carry a series by the series' id. */
function blinded(catalogue: Catalogue, ids: readonly string[]): string[] {
  return ids.flatMap((id) => {
    if (catalogue.sources.some((source) => source.id === id)) return [id];
    if (!catalogue.series.some((series) => series.id === id)) return [knownSource(catalogue, id).id];
    return catalogue.sources.filter(({ carries }) => carries.includes(id)).map((source) => source.id);
  });
}

/** What the table adds: the editions on record, which sources cannot be read, and between when each was. */
async function basisOf(table: Table | undefined, catalogue: Catalogue, at: string, lost: readonly string[]): Promise<Basis> {
  const install = table && (await read(table, installKey));
  if (!table || !install) return { catalogue, recorded: [], unreadable: new Set(lost), watched: null, at };
  const recorded = (await Promise.all(catalogue.series.map(({ id }) => editionsOf(table, id)))).flat();
  const moment = Date.parse(at.includes("T") ? at : `${at}T23:59:59Z`);
  const states = await readStates(table, catalogue.sources.map(({ id }) => id));
  const unread = moment < Date.parse(install.at) ? [] : catalogue.sources.filter((source) => cannotBeRead(source, states.get(source.id), moment)).map(({ id }) => id);
  return { catalogue, recorded, unreadable: new Set([...lost, ...unread]), watched: watchedIn(states), at };
}

/** Which series were asked for. */
function chosen(catalogue: Catalogue, args: Arguments): ReadonlySet<string> {
  const series = args.list("series").map((id) => knownSeries(catalogue, id).id);
  const publishers = args.list("publisher").map((id) => knownPublisher(catalogue, id).id);
  const isAsked = (one: Catalogue["series"][number]): boolean => (series.length === 0 && publishers.length === 0) || series.includes(one.id) || publishers.includes(one.publisher);
  return new Set(catalogue.series.filter(isAsked).map(({ id }) => id));
}

/** What a calendar of these series is called: by the one series or publisher that it is of. */
function nameOf(catalogue: Catalogue, args: Arguments): string {
  const [series, ...otherSeries] = args.list("series").map((id) => knownSeries(catalogue, id).name);
  const [publisher, ...others] = args.list("publisher").map((id) => knownPublisher(catalogue, id).name);
  if (series !== undefined && publisher === undefined && otherSeries.length === 0) return `Rights Almanac: ${series}`;
  if (publisher !== undefined && series === undefined && others.length === 0) return `Rights Almanac: ${publisher}`;
  return "Rights Almanac";
}

/** What was told by then of where each series stands, oldest first, by series. */
async function toldBy(table: Table | undefined, catalogue: Catalogue, at: string): Promise<ReadonlyMap<string, readonly StandingRing[]>> {
  const records = table ? await readMany(table, catalogue.series.map(({ id }) => standingKey(id))) : [];
  // A moment of the day is text that begins with that day, and "~" comes after all of it.
  return new Map(records.map(({ series, rings }) => [series, rings.filter((ring) => ring.at <= (at.includes("T") ? at : `${at}~`))]));
}

function withTold(line: CalendarLine, rings: readonly StandingRing[] = []): CalendarLine {
  const last = rings.findLast(({ edition }) => edition === line.edition);
  if (!last) return line;
  const { alert, kind, at, update } = last;
  return { ...line, why: [...line.why, toldWords(last)], told: { alert, kind, at, ...(update ? { update } : {}) } };
}

function print(output: Output, json: boolean, catalogue: Catalogue, found: readonly SeriesStanding[], told: ReadonlyMap<string, readonly StandingRing[]>): void {
  const lines = catalogue.series.flatMap((series) => {
    const standing = found.find((one) => one.series === series.id);
    return standing ? [withTold(calendarLine(series, standing), told.get(series.id))] : [];
  });
  if (json) for (const line of lines) output.json(line);
  else for (const line of calendarTable(lines, output)) output.line(line);
}

async function run(args: Arguments, output: Output): Promise<void> {
  if (args.flag("json") && args.flag("ics")) throw new UsageError("--json and --ics ask for two things. Give one of them.");
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const given = args.text("at");
  const at = given === undefined ? new Date().toISOString() : readMoment("--at", given);
  const asked = chosen(catalogue, args);
  const lost = blinded(catalogue, args.list("blind"));
  await withTableIfAny(targetOf(args), output, async (table) => {
    const found = calendar(await basisOf(table, catalogue, at, lost)).filter(({ series }) => asked.has(series));
    if (!args.flag("ics")) return print(output, args.flag("json"), catalogue, found, await toldBy(table, catalogue, at));
    const today = dayNumber(at) ?? 0;
    // The line's own end is an LF, and iCalendar wants CRLF.
    output.line(`${ics(nameOf(catalogue, args), agenda(catalogue, found, revisedOn(catalogue, today), today))}\r`);
  });
}

export const command: Command = {
  summary: "show what is due, late, announced or out, or give it as an iCalendar file",
  usage: "[--at DATE] [--series ID]… [--publisher ID]… [--blind ID…] [--json|--ics] [--data DIR|--stage NAME]",
  help: `Says of each series where its current edition stands: ahead, open (in its usual days), announced, out, late,
missed (nearer to the next edition than to its own time), or blind (late, but we cannot tell). Usual days follow
from earlier editions. Days are those of the publisher's time zone. The catalogue is enough; editions on record
and the health of sources are counted in where there is a data folder, and it says what was told last.

  --at DATE          as of this day (all that came on it is known) or moment; what is later is not known
  --series ID        only this series; may be given more than once, as --publisher may
  --publisher ID     only the series of this publisher
  --blind ID         as if this source could not be read, or with a series' id, none that carries it
  --json             a line of JSON a series
  --ics              an iCalendar file: usual days, days set by law, announced days and releases
${targetHelp}
  --events FILE      another events.json; --sources FILE another sources.json

examples:
  almanac calendar --at 2025-08-01
  almanac calendar --at 2020-04-15 --series SERIES --blind SERIES
  almanac calendar --ics --publisher PUBLISHER > publisher.ics`,
  options: {
    at: { type: "string" },
    series: { type: "string", multiple: true },
    publisher: { type: "string", multiple: true },
    blind: { type: "string", multiple: true },
    json: { type: "boolean" },
    ics: { type: "boolean" },
    ...targetOptions,
    events: { type: "string" },
    sources: { type: "string" },
  },
  run,
};
