import { keptDocuments } from "../../functions/compare/archive.ts";
import { documentAddress, type Documents, fetchedDocuments, firstOf, type Found, type Wanted } from "../../functions/compare/documents.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { compare } from "../../shared/changes/compare.ts";
import type { Document } from "../../shared/changes/document.ts";
import { changesHtml } from "../../shared/changes/render-html.ts";
import { changesJson } from "../../shared/changes/render-json.ts";
import { changesMarkdown } from "../../shared/changes/render-markdown.ts";
import { notes, type Told, type View, viewOf } from "../../shared/changes/view.ts";
import { systemClock } from "../../shared/clock.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { SourceError } from "../../shared/intake/health.ts";
import { createNames, type Names } from "../../shared/recognition/names.ts";
import { readDocument } from "../../shared/intake/read-document.ts";
import { type Arguments, type Command, Failure, UsageError } from "../command.ts";
import { givenDocument } from "../given-document.ts";
import { knownSeries } from "../known.ts";
import { readYear } from "../moments.ts";
import type { Output } from "../output.ts";
import { readCatalogue } from "../paths.ts";
import { targetHelp, targetOf, targetOptions } from "../target.ts";
import { withEvidence } from "../with-evidence.ts";
import { withTableIfAny } from "../with-table.ts";

const forms = ["json", "html", "md"] as const;

function formOf(args: Arguments): (typeof forms)[number] | "text" {
  const asked = forms.filter((form) => args.flag(form));
  if (asked.length > 1) throw new UsageError(`${asked.map((form) => `--${form}`).join(" and ")} are two forms. Give one of them.`);
  return asked[0] ?? "text";
}

/** The two years, the earlier first, in whichever order they were given. Throws UsageError where files go with them in the wrong order. */
function yearsOf(words: readonly string[], filesAreGiven: boolean): readonly [before: number, after: number] {
  const [x, y] = [readYear("the first YEAR", words[1] ?? ""), readYear("the second YEAR", words[2] ?? "")];
  if (x === y) throw new UsageError(`${x} and ${y} are one edition. Give two years, such as ${x - 1} ${x}.`);
  // Of two files nobody could tell which was meant to be the earlier.
  if (x > y && filesAreGiven) throw new UsageError(`Give the earlier year first: ${y} ${x}, with --before for ${y} and --after for ${x}.`);
  return x < y ? [x, y] : [y, x];
}

function wanted(series: Series, year: number): Wanted {
  const url = series.editions.find((edition) => edition.year === year && edition.url !== undefined)?.url;
  return { series: series.id, year, url: url === undefined ? null : documentAddress(series, url) };
}

/** Documents that the user gave as files, each for its year. */
function filesGiven(args: Arguments, years: readonly [number, number]): Documents {
  return async ({ year }) => {
    const option = year === years[0] ? "before" : "after";
    const path = args.text(option);
    return path === undefined ? undefined : givenDocument(`--${option}`, path);
  };
}

interface Read {
  readonly found: Found;
  readonly document: Document;
}

async function read(documents: Documents, names: Names, edition: Wanted, option: string): Promise<Read> {
  try {
    const found = await documents(edition);
    if (found) return { found, document: await readDocument(found, names) };
  } catch (error) {
    if (error instanceof SourceError) throw new Failure(`The ${edition.year} edition of ${edition.series} could not be read (${error.reason}): ${error.message}`, { cause: error });
    throw error;
  }
  const fetchable = edition.url === null ? "The catalogue has no address for it." : `Or add --fetch to read it from ${edition.url}.`;
  throw new UsageError(`there is no document of the ${edition.year} edition of ${edition.series}. None is kept as evidence. Give the file that you saved with --${option} FILE. ${fetchable}`);
}

const told = ({ year }: Wanted, { url, sha256 }: Found): Told => ({ year: String(year), url, sha256 });

function refuseEmpty({ said }: Names, { document, found }: Read, year: number, file: string | undefined): void {
  if (document.sections.some(({ paragraphs }) => paragraphs.length > 0)) return;
  if (file !== undefined) throw new Failure(`${file} says nothing on ${said} that could be found. Is it the ${year} edition, and a web page, a PDF or a text as it was saved (not packed)?`);
  throw new Failure(`The document of ${year} says nothing on ${said} that could be found${found.url === null ? "" : ` (${found.url})`}. Look whether it is the right one.`);
}

/** Reads what the target has kept, and where both documents are given as files, asks no target. */
async function withKept(args: Arguments, output: Output, work: (kept: Documents) => Promise<View>): Promise<View> {
  const target = targetOf(args);
  if (args.text("before") !== undefined && args.text("after") !== undefined) return work(async () => undefined);
  let view: View | undefined;
  await withTableIfAny(target, output, async (table, stage) => {
    view = await (table ? withEvidence(target, stage, (evidence) => work(keptDocuments(table, evidence))) : work(async () => undefined));
  });
  if (!view) throw new Error("a comparison ended without a view");
  return view;
}

async function viewFor(args: Arguments, kept: Documents): Promise<View> {
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const names = createNames(catalogue.theme);
  const series = knownSeries(catalogue, args.positionals[0] ?? "");
  const years = yearsOf(args.positionals, args.text("before") !== undefined || args.text("after") !== undefined);
  const editions = [wanted(series, years[0]), wanted(series, years[1])] as const;
  const fetcher = createFetcher({ contact: process.env["ALMANAC_CONTACT"], allowLoopback: args.flag("allow-loopback"), clock: systemClock });
  try {
    const documents = firstOf(filesGiven(args, years), kept, ...(args.flag("fetch") ? [fetchedDocuments(fetcher)] : []));
    const before = await read(documents, names, editions[0], "before");
    const after = await read(documents, names, editions[1], "after");
    refuseEmpty(names, before, years[0], args.text("before"));
    refuseEmpty(names, after, years[1], args.text("after"));
    return viewOf({ series: { id: series.id, name: series.name }, before: told(editions[0], before.found), after: told(editions[1], after.found) }, compare(before.document, after.document));
  } finally {
    await fetcher.close();
  }
}

function textLines(view: View, output: Output): string[] {
  const { subject, summary } = view;
  return [output.style("bold", `${subject.series.name}: ${subject.before.year} and ${subject.after.year}`), "", ...summary.map((line) => `- ${line}`), "", ...notes(view), "Every difference: --html, --md or --json."];
}

async function run(args: Arguments, output: Output): Promise<void> {
  const form = formOf(args);
  const view = await withKept(args, output, (kept) => viewFor(args, kept));
  if (form === "json") output.json(changesJson(view));
  else if (form === "html") output.line(changesHtml(view).trimEnd());
  else if (form === "md") output.line(changesMarkdown(view).trimEnd());
  else for (const line of textLines(view, output)) output.line(line);
}

export const command: Command = {
  summary: "show what changed from one edition to another",
  usage: "SERIES YEAR YEAR [--before FILE] [--after FILE] [--fetch] [--json|--html|--md] [--data DIR|--stage NAME]",
  help: `Compares what two editions say on our subject: sections that are new or gone, sentences that are new,
gone, moved or edited, and numbers that changed. By itself it gives a summary to be read in a minute.
The documents are web pages, PDFs or plain text; of a report on many countries the part on it
is found. Passages are quoted in part alone, and what is the same is left out.
What no file gives is taken from the documents that are kept as evidence (\`almanac evidence\`).

  --before FILE      the document of the earlier year, as it was saved
  --after FILE       the document of the later year
  --fetch            read what neither a file nor the evidence gives from the edition's address in the catalogue
  --html             every difference, side by side, as a page for screen and paper
  --md               every difference, as Markdown
  --json             every difference, as JSON
${targetHelp}
  --events FILE      another catalogue than the project's
  --sources FILE     other sources than the project's
  --allow-loopback   let addresses on this machine be read

examples:
  almanac compare SERIES 2019 2020 --before 2019.html --after 2020.html
  almanac compare SERIES 2019 2020 --fetch --html > changes.html`,
  options: {
    before: { type: "string" },
    after: { type: "string" },
    fetch: { type: "boolean" },
    json: { type: "boolean" },
    html: { type: "boolean" },
    md: { type: "boolean" },
    ...targetOptions,
    events: { type: "string" },
    sources: { type: "string" },
    "allow-loopback": { type: "boolean" },
  },
  words: [3, 3],
  run,
};
