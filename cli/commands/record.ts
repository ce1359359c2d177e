import { type Entered, idByHand, recordByHand } from "../../functions/poll/by-hand.ts";
import { safeLink } from "../../shared/alerts/safe-text.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { canonicalAddress } from "../../shared/recognition/canonical.ts";
import { editionKey, itemKey } from "../../shared/records/keys.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { knownSeries } from "../known.ts";
import { readMoment, readYear } from "../moments.ts";
import type { Output } from "../output.ts";
import { readCatalogue } from "../paths.ts";
import { rungJson, rungLine } from "../report.ts";
import { targetHelp, targetOf, targetOptions } from "../target.ts";
import { type Desk, notSent, withRecording } from "../with-recording.ts";

const dayMs = 24 * 60 * 60 * 1000;
/** No series' edition is further than this from the year in which it comes out. */
const mostYearsApart = 3;

function yearFor(series: Series, text: string, published: string | null, now: number): number {
  const year = readYear("YEAR", text);
  const thisYear = new Date(now).getUTCFullYear();
  if (year < 2000 || year > thisYear + 1) throw new UsageError(`${series.id} ${year} cannot be: write a year between 2000 and ${thisYear + 1}.`);
  const out = Number(published?.slice(0, 4) ?? thisYear);
  if (published !== null && Math.abs(out - year) > mostYearsApart) throw new UsageError(`an edition ${year} that was published on ${published.slice(0, 10)} cannot be: one of the two years is wrong.`);
  return year;
}

function enteredBy(args: Arguments, series: Series, now: number): Entered {
  const [, yearText = "", url = ""] = args.positionals;
  const given = args.text("published");
  const published = given === undefined ? null : readMoment("--published", given);
  // It may be tomorrow already where the publisher is.
  if (published !== null && Date.parse(published) > now + dayMs) throw new UsageError(`--published ${published} has not come yet.`);
  if (safeLink(url) === null) throw new UsageError(`"${url}" is no address that people can open. Write it with https:// in front, and without a name or password.`);
  const year = yearFor(series, yearText, published, now);
  const title = args.text("title")?.trim();
  if (title === "") throw new UsageError("--title is empty. Write the title as the publisher has it, or leave --title away.");
  return { series, year, url, title: title ?? null, published, silent: args.flag("no-alert") };
}

/** Sends what the item and its edition owe: the alert of now, and one that an earlier try may have left. */
async function sendOwed(desk: Desk, series: Series, edition: string | null, url: string): Promise<number> {
  const item = itemKey(idByHand(url));
  const ofEdition = edition === null ? 0 : await desk.send(editionKey(series.id, edition));
  return ofEdition + (await desk.send(item));
}

function silence(entered: Entered, known: boolean, installed: string): string {
  if (known) return "It is on record already; nothing was changed.";
  if (entered.silent) return "Recorded; nobody was told, as you asked.";
  const { series, year, published } = entered;
  const listed = series.editions.find((edition) => edition.year === year && edition.released !== "unknown" && edition.released < installed.slice(0, 10));
  if (listed) return `Recorded; nobody was told, because the catalogue knows that it was out on ${listed.released}, before this almanac was installed.`;
  if (published !== null && published.slice(0, 10) <= installed.slice(0, 10)) return `Recorded; nobody was told, because it came out on ${published.slice(0, 10)} and this almanac was installed on ${installed.slice(0, 10)}.`;
  return "Recorded; nobody was told, because this edition is on record as out already.";
}

/** An address elsewhere than at the publishers of the series is more often a slip than a find. */
function strangeAddress({ recording: { rules } }: Desk, series: Series, url: string): string | undefined {
  const address = canonicalAddress(url) ?? "";
  const slash = address.indexOf("/");
  const publisher = rules().publisherOfHost(slash < 0 ? address : address.slice(0, slash), slash < 0 ? "" : address.slice(slash));
  const expected = new Set([series.publisher, ...series.recognise.flatMap(({ from }) => from ?? [])]);
  if (publisher !== undefined && expected.has(publisher)) return undefined;
  return `Is this right? ${url} is not an address of ${series.publisher}. It is recorded, and whoever reads the alert sees that it was entered by hand.`;
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const series = knownSeries(catalogue, args.positionals[0] ?? "");
  const now = systemClock.now();
  const entered = enteredBy(args, series, now);
  await withRecording({ target, catalogue, allowLoopback: args.flag("allow-loopback") }, output, async (desk) => {
    const { known, edition, title, rung } = await recordByHand(desk.recording, entered, new Date(now).toISOString());
    if (args.flag("json")) output.json({ series: series.id, edition, url: entered.url, title, known, ...(rung ? rungJson(rung) : { alert: null }) });
    else output.line(rung ? rungLine(output, rung) : `${series.id} ${edition ?? ""}  ${title}`);
    let sent: number;
    try {
      sent = await sendOwed(desk, series, edition, entered.url);
    } catch (error) {
      throw notSent("it is recorded, but its alert", target, error);
    }
    const strange = strangeAddress(desk, series, entered.url);
    if (strange) output.say(strange);
    output.say(sent > 0 ? desk.sentTo : silence(entered, known, desk.recording.installed));
  });
}

export const command: Command = {
  summary: "enter an edition that a person saw",
  usage: "SERIES YEAR URL [--title TITLE] [--published DAY] [--no-alert] [--data DIR|--stage NAME] [--allow-loopback] [--json]",
  help: `Enters what no machine can read: an edition of a series that a person saw to be out. It is recorded
as the thing itself, and rings as if a source had shown it: once, however often it is entered. What is
older than this install, or out by the catalogue, is recorded in silence.

  SERIES             the id of the series, as in events.json
  YEAR               the edition; where a series is not counted by years, the year in which it came out
  URL                where people can open it
  --title TITLE      its title, as the publisher has it (default: the catalogue's, else the series'
                     name and the year)
  --published DAY    when it came out: 2026-06-30, or a moment: 2026-06-30T14:00:00Z (default: the
                     catalogue's day, if it has one)
  --no-alert         tell nobody
${targetHelp}
  --allow-loopback   let a web address on this machine be told
  --json             a line of JSON: what was recorded, and the alert, or null

examples:
  almanac record SERIES 2026 https://publisher.example/report --title "White Paper on Human Rights 2026"
  almanac record SERIES 2025 https://publisher.example/2025-report --published 2026-06-30`,
  words: [3, 3],
  options: {
    title: { type: "string" },
    published: { type: "string" },
    "no-alert": { type: "boolean" },
    ...targetOptions,
    events: { type: "string" },
    sources: { type: "string" },
    "allow-loopback": { type: "boolean" },
    json: { type: "boolean" },
  },
  run,
};
