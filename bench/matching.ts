import { readFile } from "node:fs/promises";
import { projectPath, readCatalogue } from "../cli/paths.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";
import { compile } from "../shared/recognition/compile.ts";
import { match, type Matchable } from "../shared/recognition/match.ts";
import { grown } from "./grown.ts";
import { plainWay } from "./plain-way.ts";
import { median, type Table } from "./table.ts";

const subjects = ["Secretary of State", "Human Rights Council", "Special Rapporteur", "Security Council", "Spokesperson", "General Assembly", "Ambassador", "Department of State", "Committee", "High Commissioner"];
const deeds = ["calls for restraint in", "concludes visit to", "meets with Foreign Minister of", "expresses concern over floods in", "welcomes elections in", "announces new assistance for", "discusses trade with", "holds dialogue with", "publishes annual report on", "condemns attack in"];
const places = [
  "Ukraine", "the Republic of Korea", "Kenya", "Myanmar", "Haiti", "the Democratic Republic of the Congo", "Fiji", "Syria", "the Philippines", "Türkiye", "Côte d’Ivoire",
  "Sudan", "Afghanistan", "Colombia", "Belarus", "Japan", "Mexico", "Ethiopia", "Armenia", "the United Kingdom", "Guatemala", "Iraq", "Lebanon", "Nigeria", "the U.S. and Canada",
  "Cambodia", "Venezuela", "Mali", "Brazil", "Israel", "Sri Lanka", "Zimbabwe",
];

/** A title as publishers of ours write them on other matters, with a summary as feeds have it. */
function dull(number: number): Matchable {
  const pick = (list: readonly string[], step: number): string => list[Math.floor(number / step) % list.length] ?? "";
  const title = `${pick(subjects, 1)} ${pick(deeds, 10)} ${pick(places, 100)} (${2015 + (number % 11)})`;
  return { source: "us-state-press", title, url: `https://www.state.gov/item-${number}/`, published: "2021-06-15T12:00:00Z", summary: `${title}. ${"The text of the announcement follows here. ".repeat(8)}` };
}

interface Replayed {
  readonly source: string;
  readonly title: string;
  readonly url?: string;
  readonly at: string;
  readonly summary?: string;
}

const everyRelevant = 50;

/** Items of the year on record that concern us among 49 times as many on other matters. */
async function mix(titles: number, concerns: (item: Matchable) => boolean): Promise<Matchable[]> {
  const { items }: { items: readonly Replayed[] } = JSON.parse(await readFile(projectPath("local", "replay", "year-2020.json"), "utf8"));
  const relevant = items.map(({ source, title, url, at, summary }): Matchable => ({ source, title, url: url ?? null, published: at, summary })).filter(concerns);
  return Array.from({ length: titles }, (_, number) => (number % everyRelevant === 0 ? relevant[(number / everyRelevant) % relevant.length] : undefined) ?? dull(number));
}

function perSecond(items: readonly Matchable[], work: (item: Matchable) => unknown): number {
  const before = process.cpuUsage();
  for (const item of items) work(item);
  const { user, system } = process.cpuUsage(before);
  return (items.length * 1_000_000) / (user + system);
}

const passes = 20;
const plainPasses = 5;

/** The plain way takes so long for a large catalogue that few titles must do. */
function plainSpeed(catalogue: Catalogue, items: readonly Matchable[]): number {
  const plain = plainWay(catalogue);
  const few = items.slice(0, Math.ceil((10 * items.length) / catalogue.series.length));
  const [, ...speeds] = Array.from({ length: 1 + plainPasses }, () => perSecond(few, ({ title }) => plain(title)));
  return median(speeds) ?? 0;
}

/** What concerns us is one title in fifty, so it takes some passes until the compiler has seen enough of it. */
const warmingPasses = 10;

/** How many titles a second of CPU go through, with a catalogue of one size. */
interface MatchingSpeed {
  readonly series: number;
  readonly rules: number;
  readonly titlesPerSecond: number;
  /** With one regular expression a rule, one after another. */
  readonly plainWay: number;
}

/** The speed of matching with the catalogue as it is, ten and a hundred times as large. The sizes take turns, so that what else the machine does meets all of them. */
async function matchingSpeeds(): Promise<MatchingSpeed[]> {
  const catalogue = await readCatalogue();
  const known = compile(catalogue);
  const items = await mix(10_000, (item) => match(known, item).relevance !== "none");
  const catalogues = [1, 10, 100].map((times) => grown(catalogue, times));
  const compiled = catalogues.map(compile);
  const turns = Array.from({ length: warmingPasses + passes }, () => compiled.map((one) => perSecond(items, (item) => match(one, item)))).slice(warmingPasses);
  return catalogues.map((one, size) => ({
    series: one.series.length,
    rules: one.series.reduce((sum, { recognise }) => sum + recognise.length, 0),
    titlesPerSecond: median(turns.map((speeds) => speeds[size] ?? 0)) ?? 0,
    plainWay: plainSpeed(one, items),
  }));
}

/** How many titles a second are matched, and how a title's cost grows with the catalogue, beside the plain way. */
export async function matching(): Promise<Table> {
  const speeds = await matchingSpeeds();
  const least = speeds[0] ?? { titlesPerSecond: 0, plainWay: 0 };
  return {
    part: "matching",
    says: `Titles a second of CPU, folding included, of which 2 in 100 concern us, with the catalogue as it is, ten and a hundred times as large; the plain way is one regular expression a rule. Medians of ${passes} passes, the sizes in turn, and of ${plainPasses} of the plain way.`,
    names: ["series", "rules"],
    columns: [
      { head: "titles a second", decimals: 0 },
      { head: "cost of one", decimals: 2 },
      { head: "plain way", decimals: 0 },
      { head: "its cost of one", decimals: 0 },
    ],
    rows: speeds.map((speed) => ({
      names: [String(speed.series), String(speed.rules)],
      figures: [speed.titlesPerSecond, least.titlesPerSecond / speed.titlesPerSecond, speed.plainWay, least.plainWay / speed.plainWay],
    })),
    last: `${least.titlesPerSecond.toFixed(0)} titles a second`,
  };
}
