import { hideYear } from "../../shared/catalogue/hide.ts";
import { isEdition, LabelError, type LabelledItem, parseLabelled } from "../../shared/catalogue/labelled.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { figures, type Judged, judge, type Page, yearOf } from "../../shared/recognition/evaluate.ts";
import { match } from "../../shared/recognition/match.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { evaluationLines, figuresJson, yearLines } from "../evaluate-words.ts";
import { readYear } from "../moments.ts";
import type { Output } from "../output.ts";
import { labelledFiles, readCatalogue, readGiven } from "../paths.ts";

async function readItems(given: string | undefined): Promise<LabelledItem[]> {
  const files = given === undefined ? await labelledFiles() : [await readGiven(given)];
  try {
    return files.flatMap(({ name, text }) => parseLabelled(name, text));
  } catch (error) {
    throw error instanceof LabelError ? new UsageError(error.message, { cause: error }) : error;
  }
}

function yearIn(args: Arguments): number | undefined {
  const given = args.text("hide");
  return given === undefined ? undefined : readYear("--hide", given);
}

/** The pages that titles leave open and that no file gives, fetched from where they are; none without --fetch. */
async function fetchPages(args: Arguments, catalogue: Catalogue, items: readonly LabelledItem[], output: Output): Promise<Page> {
  const pages = new Map<LabelledItem, readonly string[]>();
  if (args.flag("fetch")) {
    const [{ createFetcher }, { paragraphs }] = await Promise.all([import("../../shared/intake/fetch.ts"), import("../../shared/intake/paragraphs.ts")]);
    const fetch = createFetcher({ contact: process.env["ALMANAC_CONTACT"], allowLoopback: args.flag("allow-loopback"), clock: systemClock });
    const compiled = compile(catalogue);
    try {
      for (const item of items) {
        if (item.body || item.url === null || !match(compiled, item).body) continue;
        output.progress(item.url);
        const fetched = await fetch({ url: item.url, accept: "text/html, */*;q=0.5", maxBytes: 5_000_000 }).catch((error: unknown) => output.say(`${item.url} could not be read: ${String(error)}`));
        if (fetched && fetched.kind !== "unchanged") pages.set(item, paragraphs(fetched.bytes, fetched.contentType));
      }
    } finally {
      await fetch.close();
    }
  }
  return (item) => item.body ?? pages.get(item);
}

/** Each year's items, judged by the whole catalogue and by the one that has never seen that year. */
function leaveOneOut(catalogue: Catalogue, judged: readonly Judged[], page: Page): { readonly year: number; readonly whole: Judged[]; readonly hidden: Judged[] }[] {
  const years = [...new Set(judged.flatMap(({ item }) => yearOf(item) ?? []))].toSorted((a, b) => a - b);
  return years.map((year) => {
    const whole = judged.filter(({ item }) => yearOf(item) === year);
    const compiled = compile(hideYear(catalogue, year));
    return { year, whole, hidden: whole.map(({ item }) => judge(compiled, item, page)) };
  });
}

async function run(args: Arguments, output: Output): Promise<void> {
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const items = await readItems(args.text("file"));
  const strange = items.find((item) => isEdition(item) && !catalogue.series.some(({ id }) => id === item.label));
  if (strange) throw new UsageError(`the label "${strange.label}" of "${strange.title}" is no series of the catalogue. A label is the id of a series, "related" or "none".${args.text("file") === undefined ? " The project's own labelled items are of its own catalogue: give items of yours by --file FILE." : ""}`);
  const hide = yearIn(args);
  const asked = hide === undefined ? items : items.filter((item) => yearOf(item) === hide);
  if (asked.length === 0) throw new UsageError(hide === undefined ? "there are no labelled items in the file." : `no labelled item is of ${hide}.`);
  const page = await fetchPages(args, catalogue, asked, output);
  const compiled = compile(hide === undefined ? catalogue : hideYear(catalogue, hide));
  const judged = asked.map((item) => judge(compiled, item, page));
  const years = args.flag("each-year") ? leaveOneOut(catalogue, judged, page) : [];
  if (args.flag("json")) {
    for (const { item, verdict, outcome, year, asked: read } of judged) output.json({ outcome, year, readFor: read, label: item.label, edition: item.edition, title: item.title, series: verdict.series, found: verdict.edition, role: verdict.role, why: verdict.why });
    for (const { year, whole, hidden } of years) output.json({ hidden: year, whole: figuresJson(figures(whole)), without: figuresJson(figures(hidden)) });
    return output.json({ summary: true, hidden: hide ?? null, labelled: judged.length, ...figuresJson(figures(judged)) });
  }
  for (const line of [...yearLines(years), ...evaluationLines(judged, hide, output)]) output.line(line);
}

export const command: Command = {
  summary: "hold matching against items of which people know what they are",
  usage: "[--file FILE] [--hide YEAR] [--each-year] [--fetch [--allow-loopback]] [--events FILE] [--sources FILE] [--json]",
  help: `Runs matching over labelled items, the project's own (labelled/*.jsonl) or those of --file, and says how
well it does, per series and in all, with every miss and every false one and why. The last line is the figure.

A line of a file is one item, in JSON:
  {"source", "title", "url", "published", "symbol", "label", "edition", "body"}
label is the id of a series where the item is its release, "related" for a notice or coverage of one, "none"
for neither. body, a list of paragraphs, is needed only where the title cannot tell.

Where only the linked page can tell, it is read: from body, or from the web with --fetch. The item counts as
found when its page decides rightly, and as undecided, which is not found, when nobody gave the page.
An edition counts as found when one of its items was found with the right year.

  --hide YEAR        that year's items alone, by a catalogue that has never seen that year's editions
  --each-year        a table of all years, each left out of the catalogue in turn
  --fetch            read the pages that the file does not give; else the network is not touched
  --allow-loopback   with --fetch: let servers on this machine be read
  --json             a line an item, then the figures

example:
  almanac evaluate --hide 2024`,
  options: {
    file: { type: "string" },
    hide: { type: "string" },
    "each-year": { type: "boolean" },
    fetch: { type: "boolean" },
    "allow-loopback": { type: "boolean" },
    json: { type: "boolean" },
    events: { type: "string" },
    sources: { type: "string" },
  },
  run,
};
