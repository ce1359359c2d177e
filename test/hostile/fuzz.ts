import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { CatalogueError } from "../../shared/catalogue/file.ts";
import { loadCatalogue } from "../../shared/catalogue/load.ts";
import { decode } from "../../shared/intake/decode.ts";
import { isChallenge } from "../../shared/intake/challenge.ts";
import { guard } from "../../shared/intake/guard.ts";
import { itemId } from "../../shared/intake/identity.ts";
import { SourceError } from "../../shared/intake/health.ts";
import type { Item, Reading } from "../../shared/intake/item.ts";
import { paragraphs } from "../../shared/intake/paragraphs.ts";
import { pageHead } from "../../shared/intake/page-head.ts";
import { ReaderFault, readContent } from "../../shared/intake/read.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { match } from "../../shared/recognition/match.ts";
import { sessionYear, symbolsOf } from "../../shared/recognition/symbols.ts";
import type { Source } from "../../shared/catalogue/schema.ts";
import { captured, hasCaptures } from "../intake/captures.ts";
import { bytes, mutated, soup } from "./arbitraries.ts";
import { mailTargets } from "./fuzz-mail.ts";

/** Something that must hold whatever comes. */
export interface Target {
  readonly name: string;
  readonly property: fc.IAsyncProperty<unknown>;
}

const file = (name: string): { name: string; text: string } => ({ name, text: readFileSync(join(import.meta.dirname, "../..", name), "utf8") });
const [events, sources] = [file("events.json"), file("sources.json")];
const compiled = compile(loadCatalogue(events, sources));
const fewSources = JSON.stringify({ ...JSON.parse(sources.text), sources: JSON.parse(sources.text).sources.slice(0, 5) });
const url = "https://example.org/list";

function insist(holds: boolean, what: string, value: unknown): void {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(value)?.slice(0, 500)}`);
}

// What an item must be whatever was read, so that the table takes it, and no message breaks.
function insistOn(item: Item): void {
  const { title, summary, guid, symbol, published, language } = item;
  insist(title !== "" && title.length <= 500 && title.trim() === title, "The title is no title", title);
  for (const text of [title, summary, guid, symbol]) insist(text === null || text.isWellFormed(), "The text is not well formed", text);
  for (const text of [title, summary]) insist(text === null || !/\p{Cc}/u.test(text), "The text holds control characters", text);
  insist((summary?.length ?? 0) <= 2000 && (guid?.length ?? 0) <= 1000 && (symbol?.length ?? 0) <= 300, "A field is too long", item);
  insist(item.url === null || (/^https?:\/\//.test(item.url) && item.url.length <= 4096), "The address is none", item.url);
  insist(published === null || /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/.test(published), "The date is none", published);
  insist(language === null || /^[a-z]{2,3}$/.test(language), "The language is none", language);
  const id = itemId(item, { id: "fuzz", url }, 2026);
  insist(id !== "" && id.isWellFormed() && Buffer.byteLength(id) < 2000, "The id is no key", id);
  for (const word of match(compiled, { ...item, source: "us-state-press" }).why) insist(typeof word === "string", "A reason is none", word);
  for (const found of symbolsOf(item)) for (const body of ["hrc", "ga"] as const) sessionYear(found, body);
}

/** A reading, or the failure of a source that was foreseen; never a reader's own fault. */
async function reading(read: () => Promise<Reading>): Promise<void> {
  try {
    const { items, skipped } = await read();
    items.forEach(insistOn);
    insist(items.length + skipped.length <= 2001, "There are too many entries", items.length);
  } catch (error) {
    if (!(error instanceof SourceError) || error instanceof ReaderFault) throw error;
  }
}

const hows: readonly (readonly [name: string, read: Source["read"]])[] = [
  ["feed", { as: "feed" }],
  ["page", { as: "page" }],
  ["page by selectors", { as: "page", item: "li, .item, item", title: "a, h2", date: "time", summary: "p" }],
  ["JSON Feed", { as: "json", api: "jsonfeed" }],
  ["list in JSON", { as: "json", api: "list", items: "items" }],
  ["ReliefWeb", { as: "json", api: "reliefweb" }],
  ["Federal Register", { as: "json", api: "federal-register" }],
  ["MARC", { as: "marcxml" }],
  ["mail", { as: "mail" }],
];

const contentTypes = fc.constantFrom(null, "text/xml; charset=euc-kr", "text/html; charset=utf-16", "application/json; charset=nonsense", 'x; charset="', "text/plain; charset=iso-2022-jp");
const readers: readonly Target[] = hows.map(([name, read]) => ({
  name,
  property: fc.asyncProperty(fc.oneof(bytes, fc.json().map((text) => Buffer.from(text)), fc.jsonValue().map((value) => Buffer.from(JSON.stringify({ items: [value, { title: value, url: value, id: value }], results: [value], data: [{ fields: value }] })))), contentTypes, (content, type) =>
    reading(() => readContent(content, type, { url, read, language: "en" }))),
}));

/** Fails as a source does, or not at all. */
function foreseen(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
}

const parts: readonly Target[] = [
  { name: "decode", property: fc.asyncProperty(bytes, contentTypes, async (content, type) => insist(typeof decode(content, type) === "string", "It decodes to no text", content)) },
  { name: "guard", property: fc.asyncProperty(soup, fc.boolean(), async (text, html) => foreseen(() => guard(text, html))) },
  { name: "challenge", property: fc.asyncProperty(soup, async (text) => insist(typeof isChallenge(text) === "boolean", "It is neither", text)) },
  { name: "linked page", property: fc.asyncProperty(bytes, contentTypes, async (content, type) => foreseen(() => void [paragraphs(content, type), pageHead(content, type)])) },
  { name: "symbols", property: fc.asyncProperty(soup, soup, async (title, symbol) => { for (const found of symbolsOf({ title, url: `https://undocs.org/${title}`, symbol })) insist(found.trim() !== "", "A symbol is empty", found); }) },
  { name: "match", property: fc.asyncProperty(soup, soup, async (title, summary) => insist(match(compiled, { title, summary, source: null, url: null, published: null }).why.every((why) => typeof why === "string"), "It has no reasons", title)) },
  { name: "catalogue", property: fc.asyncProperty(mutated(Buffer.from(fewSources)), async (text) => {
    try {
      loadCatalogue(events, { name: "sources.json", text: Buffer.from(text).toString() });
    } catch (error) {
      if (!(error instanceof CatalogueError)) throw error;
    }
  }) },
];

const captures: readonly (readonly [path: string, read: Source["read"]])[] = [
  ["un-news/region-europe_2022-04-01.rss.xml", { as: "feed" }],
  ["reliefweb/updates_country-ukr_2020-09-17.rss.xml", { as: "feed" }],
  ["reliefweb/api-v1-reports_country-NPL_2020-09-17.json", { as: "json", api: "reliefweb" }],
  ["federal-register/documents_search_bears-ears_2026-07.json", { as: "json", api: "federal-register" }],
  ["un-digital-library/session_78_committee_3_drafts.marc.xml", { as: "marcxml" }],
  ["amnesty/amnesty-search_north-korea_2019.html.txt", { as: "page" }],
  ["europarl/press-release_20190712IPR56948.html", { as: "page" }],
];

/** The whole intake on real documents to which something was done; none where the captures are absent. */
const mutations: readonly Target[] = hasCaptures
  ? captures.map(([path, read]) => ({ name: `mutated ${path}`, property: fc.asyncProperty(mutated(captured(path)), (content) => reading(() => readContent(content, null, { url, read, language: "en" }))) }))
  : [];

/** All that is fuzzed. */
export const targets: readonly Target[] = [...parts, ...readers, ...mailTargets, ...mutations];
