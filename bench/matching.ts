import { readFile } from "node:fs/promises";
import { projectPath, readCatalogue } from "../cli/paths.ts";
import { compile } from "../shared/recognition/compile.ts";
import { match, type Matchable } from "../shared/recognition/match.ts";

const subjects = ["Secretary of State", "Human Rights Council", "Special Rapporteur", "Security Council", "Spokesperson", "General Assembly", "Ambassador", "Department of State", "Committee", "High Commissioner"];
const deeds = ["calls for restraint in", "concludes visit to", "meets with Foreign Minister of", "expresses concern over floods in", "welcomes elections in", "announces new assistance for", "discusses trade with", "holds dialogue with", "publishes annual report on", "condemns attack in"];
const places = ["Ukraine", "the Republic of Korea", "Kenya", "Myanmar", "Haiti", "the Democratic Republic of the Congo", "Fiji", "Syria", "the Philippines", "Türkiye", "Côte d’Ivoire"];

/** A title as publishers of ours write them on other matters. */
function dull(number: number): Matchable {
  const pick = (list: readonly string[], step: number): string => list[Math.floor(number / step) % list.length] ?? "";
  const title = `${pick(subjects, 1)} ${pick(deeds, 10)} ${pick(places, 100)} (${2015 + (number % 11)})`;
  return { source: "us-state-press", title, url: `https://www.state.gov/item-${number}/`, published: "2021-06-15T12:00:00Z", summary: `${title}. ${"The text of the announcement follows here. ".repeat(8)}` };
}

/** Titles of the year on record among fifty times as many on other matters. */
async function mix(titles: number): Promise<Matchable[]> {
  const { items }: { items: { source: string; title: string; url?: string; at: string; summary?: string }[] } = JSON.parse(await readFile(projectPath("local", "replay", "year-2020.json"), "utf8"));
  return Array.from({ length: titles }, (_, number) => {
    const item = number % 50 === 0 ? items[(number / 50) % items.length] : undefined;
    return item ? { source: item.source, title: item.title, url: item.url ?? null, published: item.at, summary: item.summary } : dull(number);
  });
}

const titles = 10_000;
const passes = 3;

/** Titles that are matched against the whole catalogue in a second of CPU, of which one in fifty concerns us. */
export async function titlesPerSecond(): Promise<number> {
  const compiled = compile(await readCatalogue());
  const items = await mix(titles);
  for (const item of items) match(compiled, item);
  const before = process.cpuUsage();
  for (let pass = 0; pass < passes; pass++) for (const item of items) match(compiled, item);
  const { user, system } = process.cpuUsage(before);
  return (passes * titles * 1_000_000) / (user + system);
}
