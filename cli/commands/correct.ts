import { correct, type Corrected } from "../../functions/poll/correct.ts";
import type { Right } from "../../functions/poll/take-back.ts";
import { byHand } from "../../shared/alerts/alert.ts";
import { safeText } from "../../shared/alerts/safe-text.ts";
import { LabelError } from "../../shared/catalogue/labelled.ts";
import type { Catalogue, Series } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { type EditionRecord, editionsOf, wrongIn } from "../../shared/records/editions.ts";
import { editionKey } from "../../shared/records/keys.ts";
import type { Table } from "../../shared/records/table.ts";
import { addCases, type Case, caseOf, casesFile } from "../cases.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { knownSeries } from "../known.ts";
import type { Output } from "../output.ts";
import { givenPath, readCatalogue, shownPath } from "../paths.ts";
import { type Target, targetHelp, targetOf, targetOptions } from "../target.ts";
import { type Desk, notSent, withRecording } from "../with-recording.ts";

/** The words of a person: what was wrong, and what is right. */
interface Word {
  readonly series: Series;
  readonly edition: string;
  /** Null where it was no edition at all. */
  readonly to: { readonly series: Series; readonly edition: string } | null;
  readonly why: string | null;
}

function rightOf(catalogue: Catalogue, series: Series, given: string): NonNullable<Word["to"]> {
  const colon = given.indexOf(":");
  const right = colon < 0 ? series : knownSeries(catalogue, given.slice(0, colon));
  return { series: right, edition: given.slice(colon + 1) };
}

function wordOf(args: Arguments, catalogue: Catalogue): Word {
  const [id = "", edition = ""] = args.positionals;
  const series = knownSeries(catalogue, id);
  const to = args.text("to");
  if (args.flag("false") === (to !== undefined)) throw new UsageError(`say what was wrong with ${id} ${edition}: either --false, where it was no edition, or --to with the edition that it was. Not both.`);
  const right = to === undefined ? null : rightOf(catalogue, series, to);
  if (right?.series === series && right.edition === edition) throw new UsageError(`--to ${to} is the edition that you call wrong. Name the right one.`);
  for (const one of [series, ...(right ? [right.series] : [])]) {
    if (!one.year) throw new UsageError(`${one.id} is not counted by years: it has no editions that could be taken for one another.`);
  }
  const why = args.text("why")?.trim();
  return { series, edition, to: right, why: why === undefined || why === "" ? null : why };
}

/** The edition on record by its key, or by its year where that is clear. */
function findEdition(editions: readonly EditionRecord[], series: Series, word: string): EditionRecord | undefined {
  const exact = editions.find(({ key }) => key === word);
  const ofYear = exact ? [exact] : editions.filter(({ year }) => String(year) === word);
  if (ofYear.length > 1) throw new UsageError(`${series.id} has several editions of ${word}. Name the one that you mean: ${ofYear.map(({ key, title }) => `${key} (${safeText(title, 60)})`).join(", ")}.`);
  return ofYear[0];
}

const shapes = { month: /^20\d\d-(?:0[1-9]|1[0-2])$/, title: /^$/, year: /^20\d\d$/ };

/** Where what was wrong belongs: an edition on record, or one that nothing has shown yet. */
async function destination(table: Table, { series, edition }: NonNullable<Word["to"]>): Promise<Right> {
  const found = findEdition(await editionsOf(table, series.id), series, edition);
  if (found) return { series: series.id, key: found.key, year: found.year };
  if (!shapes[series.several ?? "year"].test(edition)) throw new UsageError(`${series.id} has no edition "${edition}" on record${series.several === "title" ? "" : `, and there can be none. Write --to ${series.several === "month" ? "2026-06" : "2026"}`}.`);
  return { series: series.id, key: edition, year: Number(edition.slice(0, 4)) };
}

/** Where cases are kept; undefined where there is no such place. Throws UsageError before anything is done, where the file is not one. */
async function placeOfCases(args: Arguments): Promise<string | undefined> {
  const given = args.text("cases");
  const path = given === undefined ? await casesFile() : givenPath(given);
  try {
    if (path !== undefined) await addCases(path, []);
  } catch (error) {
    throw error instanceof LabelError ? new UsageError(error.message, { cause: error }) : error;
  }
  return path;
}

/** The items that the rules took wrongly: those that rang, or would have. What a person entered, no rule took. */
function casesOf({ items, taken }: Corrected): Corrected["items"] {
  return items.filter(({ source, role, title }) => source !== byHand && (role === "release" || taken?.rings.some((ring) => ring.title === title)));
}

async function keepCases(path: string | undefined, cases: readonly Case[], output: Output): Promise<void> {
  if (path === undefined || cases.length === 0) return;
  const added = await addCases(path, cases);
  output.say(added > 0 ? `${added === 1 ? "One case was" : `${added} cases were`} added to ${shownPath(path)}: \`almanac catalogue\` and \`almanac evaluate\` now hold the rules against it.` : `${shownPath(path)} has the case already.`);
}

async function sendAll(desk: Desk, word: Word, wrong: EditionRecord, right: Right | null, target: Target): Promise<number> {
  try {
    const ofRight = right === null ? 0 : await desk.send(editionKey(right.series, right.key));
    return ofRight + (await desk.send(editionKey(word.series.id, wrong.key)));
  } catch (error) {
    throw notSent("it is corrected, but the correction", target, error);
  }
}

function print(output: Output, json: boolean, wrong: EditionRecord, right: Right | null, { taken, edition }: Corrected, cases: readonly Case[]): void {
  const alert = taken ? (edition?.corrections?.at(-1)?.alert ?? null) : null;
  if (json) return output.json({ series: wrong.series, edition: wrong.key, known: !taken, takenBack: taken ? wrongIn(taken) : [], to: right && { series: right.series, edition: right.key }, alert: taken && wrongIn(taken).length > 0 ? alert : null, cases });
  if (taken) output.line(`${wrong.series} ${wrong.key}  ${output.style("bold", right ? `is ${right.series} ${right.key}` : "taken back")}  ${safeText(wrong.title)}`);
  for (const one of cases) output.line(JSON.stringify(one));
}

function whatCameOf({ taken, edition }: Corrected, wrong: EditionRecord, sent: number, sentTo: string): string {
  if (sent > 0) return sentTo.replace("The alert is", "The correction is");
  if (!taken) return `It was corrected already, on ${edition?.corrections?.at(-1)?.at.slice(0, 10)}; nothing was changed.`;
  return wrongIn(taken).length === 0 ? `Corrected; nobody is told, because ${wrong.series} ${wrong.key} was recorded in silence.` : "Corrected; nobody is told, because the alert had not been sent yet, and is not sent now.";
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const word = wordOf(args, catalogue);
  const path = await placeOfCases(args);
  await withRecording({ target, catalogue, allowLoopback: args.flag("allow-loopback") }, output, async (desk) => {
    const { table } = desk.recording;
    const wrong = findEdition(await editionsOf(table, word.series.id), word.series, word.edition);
    if (!wrong) throw new UsageError(`there is no edition ${word.edition} of ${word.series.id} on record. \`almanac query --series ${word.series.id}\` lists those that there are.`);
    if (wrong.status === "mentioned" && !wrong.corrections) throw new UsageError(`${wrong.series} ${wrong.key} is neither out nor announced on record, so nothing was told that could be wrong.`);
    const right = word.to && (await destination(table, word.to));
    const at = new Date(systemClock.now()).toISOString();
    const corrected = await correct(table, { series: wrong.series, key: wrong.key, to: right, why: word.why, name: `${word.series.name} ${wrong.key}` }, at);
    const cases = casesOf(corrected).map((item) => caseOf(item, right));
    print(output, args.flag("json"), wrong, right, corrected, cases);
    await keepCases(path, cases, output);
    output.say(whatCameOf(corrected, wrong, await sendAll(desk, word, wrong, right, target), desk.sentTo));
  });
}

export const command: Command = {
  summary: "take back an alert that was wrong, and tell those who got it",
  usage: "SERIES YEAR --false|--to [SERIES:]YEAR [--why TEXT] [--cases FILE] [--data DIR|--stage NAME] [--allow-loopback] [--json]",
  help: `Takes back the last thing that was told of an edition: that it is out, else that it was announced. Those who
got that alert get a correction at once. The edition is open again and rings when the real one comes; what
was taken for it never rings it again. The item is added to the labelled set, so that rules that would
take it wrongly again are a fault. The same command twice changes nothing.

  SERIES YEAR          the edition that was told, as in events.json; where a year has several, its key as
                       \`almanac query\` shows it
  --false              it was no edition at all
  --to [SERIES:]YEAR   it was this edition, of the same series or of another. Where that one is out already,
                       the two become one. What was told of it does not ring again
  --why TEXT           the reason, as people read it in the correction
  --cases FILE         where the case is added (default labelled/corrections.jsonl of the checkout)
${targetHelp}
  --allow-loopback     let a web address on this machine be told
  --json               a line of JSON: what was taken back, the correction's alert or null, and the cases

examples:
  almanac correct SERIES 2026 --false --why "It was a speech on the report of last year."
  almanac correct SERIES 2025 --to 2024
  almanac correct SERIES 2026 --to ANOTHER:2026`,
  words: [2, 2],
  options: {
    false: { type: "boolean" },
    to: { type: "string" },
    why: { type: "string" },
    cases: { type: "string" },
    ...targetOptions,
    events: { type: "string" },
    sources: { type: "string" },
    "allow-loopback": { type: "boolean" },
    json: { type: "boolean" },
  },
  run,
};
