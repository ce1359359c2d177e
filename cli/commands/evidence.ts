import { keepGiven } from "../../functions/compare/archive.ts";
import { fetchedDocuments, type Found } from "../../functions/compare/documents.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { SourceError } from "../../shared/intake/health.ts";
import { createNames } from "../../shared/recognition/names.ts";
import type { Version } from "../../shared/records/documents.ts";
import { type EditionRecord, editionsOf } from "../../shared/records/editions.ts";
import { type Arguments, type Command, Failure, UsageError } from "../command.ts";
import { givenDocument } from "../given-document.ts";
import { grid } from "../grid.ts";
import { knownSeries } from "../known.ts";
import { readYear } from "../moments.ts";
import type { Output } from "../output.ts";
import { readCatalogue } from "../paths.ts";
import { targetHelp, targetOf, targetOptions } from "../target.ts";
import { withEvidence } from "../with-evidence.ts";
import { withTable, withTableIfAny } from "../with-table.ts";

async function fetched(series: Series, year: number, url: string, allowLoopback: boolean): Promise<Found> {
  const fetcher = createFetcher({ contact: process.env["ALMANAC_CONTACT"], allowLoopback, clock: systemClock });
  try {
    const found = await fetchedDocuments(fetcher)({ series: series.id, year, url });
    if (found) return found;
    throw new Failure(`${url} gave nothing. Save the document, and give it as a file.`);
  } catch (error) {
    if (error instanceof SourceError) throw new Failure(`${url} could not be read (${error.reason}): ${error.message}`, { cause: error });
    throw error;
  } finally {
    await fetcher.close();
  }
}

function versionJson(edition: Pick<EditionRecord, "series" | "year">, { sha256, at, url, type, bytes, key }: Version): object {
  return { series: edition.series, edition: edition.year, sha256, at, url, type, bytes, key };
}

function list(output: Output, editions: readonly EditionRecord[], json: boolean): void {
  const all = editions.flatMap((edition) => (edition.versions ?? []).map((version) => ({ edition, version })));
  if (json) for (const { edition, version } of all) output.json(versionJson(edition, version));
  else if (all.length > 0) {
    const cells = all.map(({ edition, version: { at, bytes, sha256, url } }) => [edition.key, at.slice(0, 16).replace("T", " "), bytes.toLocaleString("en"), sha256, url ?? "a file"]);
    for (const line of grid([["edition", "found", "bytes", "SHA-256", "at"], ...cells], undefined)) output.line(line);
  }
  for (const { key, document, url } of editions) if (document?.notThereSince !== undefined) output.say(`${key}: not at ${url ?? "its address"} on ${document.notThereSince.slice(0, 10)}, nor since.`);
  if (all.length === 0) output.say("No document is kept of it. Give its address, or a file, as the third word.");
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const series = knownSeries(catalogue, args.positionals[0] ?? "");
  const [, yearText, place] = args.positionals;
  const year = yearText === undefined ? undefined : readYear("YEAR", yearText);
  if (place === undefined || year === undefined) {
    return withTableIfAny(target, output, async (table) => {
      const editions = table ? await editionsOf(table, series.id) : [];
      list(output, editions.filter((edition) => year === undefined || edition.year === year), args.flag("json"));
    });
  }
  if (series.several) throw new UsageError(`${series.id} has several editions a year, so ${year} does not say which. The monitor keeps their documents as they come.`);
  const found = /^https?:/i.test(place) ? await fetched(series, year, place, args.flag("allow-loopback")) : await givenDocument("the file", place);
  await withTable(target, output, (table, stage) =>
    withEvidence(target, stage, async (evidence) => {
      const { version, known } = await keepGiven(table, evidence, createNames(catalogue.theme), series, year, found, new Date(systemClock.now()).toISOString());
      if (args.flag("json")) output.json({ ...versionJson({ series: series.id, year }, version), known });
      else output.line(`${series.id} ${year}  ${version.bytes.toLocaleString("en")} bytes  ${version.sha256}`);
      output.say(known ? "It is kept already; nothing was changed." : "Kept as evidence. Nobody was told.");
    }),
  );
}

export const command: Command = {
  summary: "show the documents that are kept, or keep one",
  usage: "SERIES [YEAR [URL|FILE]] [--data DIR|--stage NAME] [--json]",
  help: `Shows which documents of a series are kept as evidence: each as it was found, with its SHA-256. With
an address or a file, keeps that document for an edition, such as last year's, so that the next can be
compared with it. What is kept is never overwritten. A running monitor, and a stage on AWS, keep the
document of each edition that comes out by themselves.

  SERIES             the id of the series, as in events.json
  YEAR               only this edition
  URL or FILE        the document to be kept: its address, or a file that was saved
${targetHelp}
  --allow-loopback   let addresses on this machine be read
  --json             a line of JSON a document

examples:
  almanac evidence SERIES
  almanac evidence SERIES 2020 2020.html`,
  words: [1, 3],
  options: { ...targetOptions, events: { type: "string" }, sources: { type: "string" }, "allow-loopback": { type: "boolean" }, json: { type: "boolean" } },
  run,
};
