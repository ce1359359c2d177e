import Parser from "rss-parser";
import utils from "rss-parser/lib/utils.js";
import { absolute } from "./link.ts";
import { firstEntries, type Draft } from "./draft.ts";

// rss-parser's snippet is quadratic in unclosed "<": 100 KB of them stop the process (measured 2026-11-24, 3.13.0), and
// its way of rebuilding XHTML overflows the stack. No option turns them off. We read the raw elements instead.
utils.getSnippet = () => "";
utils.getContent = () => "";
// It reads dates that we read ourselves.
Object.assign(Parser.prototype, { setISODate: () => undefined });

const links = ["link", "atom:link"] as const;
const dates = [
  "pubDate",
  "published",
  "issued",
  "dc:date",
  "dcterms:issued",
  "created",
  "dcterms:created",
  "atom:published",
  "updated",
  "modified",
  "dcterms:modified",
  "atom:updated",
  "a10:updated",
] as const;
const titles = ["title", "dc:title"] as const;
const descriptions = ["description", "summary", "atom:summary", "dc:description"] as const;
const contents = ["content:encoded", "content", "atom:content"] as const;
const guids = ["guid", "id", "rdf:about"] as const;
const others = ["dc:language", "$"] as const;
const fields = [...links, ...dates, ...titles, ...descriptions, ...contents, ...guids, ...others];

/** An item as rss-parser hands it over: under each name of ours the list of raw elements, from xml2js. */
type Raw = Readonly<Record<string, unknown>>;

// The fields are renamed, because rss-parser writes its own values under the plain names.
const rawNames: ReadonlyMap<string, string> = new Map(fields.map((name) => [name, `raw ${name}`]));
const raw = (name: string): string => rawNames.get(name) ?? name;
// A parser for each feed: xml2js 0.5 keeps the failure of one feed, and then never answers for the next that is broken.
const newParser = () => new Parser<Raw, Raw>({
  defaultRSS: 2,
  customFields: { item: fields.map((name) => [name, raw(name), { keepArray: true }]) },
});

/** Text was asked for, and markup found: only the tolerant reader keeps its order. */
class Markup extends Error {}

/**
 * Reads a well-formed feed with rss-parser.
 * Rejects for one that is not, and gives null where it holds what rss-parser loses: naked markup, or bases inside items.
 */
export async function readStrict(text: string, base: string): Promise<Draft[] | null> {
  const headEnd = text.search(/<(?:item|entry)[\s>]/);
  if (headEnd !== -1 && text.includes("xml:base", headEnd)) return null;
  const feed = await newParser().parseString(text);
  const root = rootBase(headEnd === -1 ? text : text.slice(0, headEnd), base);
  const home = typeof feed.link === "string" ? absolute(feed.link, root ?? base) : null;
  try {
    return firstEntries(feed.items).map((item: Raw) => draftOf(item, root ?? home ?? base));
  } catch (error) {
    if (error instanceof Markup) return null;
    throw error;
  }
}

function draftOf(item: Raw, base: string): Draft {
  return {
    title: firstText(item, titles),
    links: linksOf(item),
    base,
    dates: dates.flatMap((name) => elements(item, name)).map(textOf),
    description: firstText(item, descriptions),
    content: firstText(item, contents),
    guid: firstText(item, guids) ?? about(item) ?? null,
    language: firstText(item, ["dc:language"]) ?? attribute(item, "xml:lang") ?? null,
  };
}

/** The link, an Atom link beside it, and as a last resort the guid or the RDF address. */
function linksOf(item: Raw): string[] {
  const alternate: string[] = [];
  const unnamed: string[] = [];
  for (const element of links.flatMap((name) => elements(item, name))) {
    const { rel, href } = attributesOf(element);
    if (rel !== undefined && rel !== "alternate") continue;
    if (href === undefined) unnamed.push(textOf(element));
    else alternate.push(href);
  }
  const permanent = elements(item, "guid").filter((guid) => attributesOf(guid)["isPermaLink"] !== "false");
  const last = [...permanent, ...elements(item, "id")].map(textOf).filter((text) => /^\s*https?:\/\//i.test(text));
  return [...unnamed, ...alternate, ...last, about(item) ?? ""].filter((link) => link.trim() !== "");
}

function about(item: Raw): string | undefined {
  return attribute(item, "rdf:about");
}

function attribute(item: Raw, name: string): string | undefined {
  const value = item[raw("$")];
  return attributesOf({ $: value })[name];
}

function elements(item: Raw, name: string): readonly unknown[] {
  const value = item[raw(name)];
  return Array.isArray(value) ? value : [];
}

function firstText(item: Raw, names: readonly string[]): string | null {
  for (const name of names) {
    for (const element of elements(item, name)) {
      const text = textOf(element);
      if (text.trim() !== "") return text;
    }
  }
  return null;
}

/** The text of an element without child elements. */
function textOf(element: unknown): string {
  if (typeof element === "string") return element;
  if (typeof element !== "object" || element === null) return "";
  for (const key in element) if (key !== "$" && key !== "_") throw new Markup();
  return "_" in element && typeof element._ === "string" ? element._ : "";
}

function attributesOf(element: unknown): Readonly<Record<string, string>> {
  if (typeof element !== "object" || element === null || !("$" in element)) return {};
  return isAttributes(element.$) ? element.$ : {};
}

function isAttributes(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null;
}

/** xml:base of the root and the channel, one resolved against the other. rss-parser drops it. */
function rootBase(head: string, base: string): string | null {
  let found: string | null = null;
  for (const tag of head.matchAll(/<(?:rss|channel|feed|rdf:RDF)\s([^<>]*)>/g)) {
    const written = /(?:^|\s)xml:base\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(tag[1] ?? "");
    if (written) found = absolute(written[1] ?? written[2] ?? "", found ?? base) ?? found;
  }
  return found;
}
