import type { CheerioAPI } from "cheerio/slim";
import { load } from "cheerio/slim";
import type { Source } from "../catalogue/schema.ts";
import { isChallenge } from "./challenge.ts";
import { dayIn, readDate } from "./dates.ts";
import type { Draft } from "./draft.ts";
import { firstEntries, toReading } from "./draft.ts";
import { guard } from "./guard.ts";
import { SourceError } from "./health.ts";
import type { Reading } from "./item.ts";
import { absolute } from "./link.ts";
import { linksOf, wordsOf } from "./page-links.ts";
import { isSoftError } from "./soft-error.ts";

const maxItemLevel = 8;
/** Of the links to one address. */
const maxSame = 20;

type Elements = ReturnType<CheerioAPI>;
type Selectors = Omit<Extract<Source["read"], { as: "page" }>, "as">;

/**
 * Reads a listing page by the selectors of its source or, without `item`, by the links of its main part.
 * Selectors that find nothing give an empty reading.
 * @throws SourceError with reason challenge, soft-error, too-large, too-deep, or unreadable for a selector that is none.
 */
export function readPage(html: string, base: string, read: Selectors): Reading {
  if (isChallenge(html)) throw new SourceError("challenge", "A firewall's page came instead of the listing.");
  if (isSoftError(html)) throw new SourceError("soft-error", "A page came that calls itself an error, or the site closed, instead of the listing.");
  guard(html, true);
  try {
    const page = load(html, { xml: { xmlMode: false, decodeEntities: true } });
    const home = absolute(page("base[href]").attr("href") ?? "", base) ?? base;
    return toReading(read.item === undefined ? linksOf(page, home) : selected(page, home, read.item, read));
  } catch (error) {
    throw asSourceError(error);
  }
}

function asSourceError(error: unknown): unknown {
  // The parser walks the tree by recursion, and a page within the guard's limits may still be too deep for that.
  if (error instanceof RangeError) return new SourceError("too-deep", "The page is nested too deep.", { cause: error });
  if (error instanceof SourceError || !(error instanceof Error)) return error;
  return new SourceError("unreadable", `The source's selectors cannot be used: ${error.message}.`, { cause: error });
}

function selected(page: CheerioAPI, base: string, selector: string, read: Selectors): Draft[] {
  const found = page(selector).toArray();
  const isItem = new Set<unknown>(found);
  const levels = new Map<unknown, number>();
  // Each item is searched whole, and what stands in many others would be searched as often. Parents come first.
  const level = (node: (typeof found)[number]): number => {
    let around = node.parent;
    while (around && !isItem.has(around)) around = around.parent;
    return around ? (levels.get(around) ?? 0) + 1 : 0;
  };
  for (const node of found) levels.set(node, level(node));
  return firstEntries(found.filter((node) => (levels.get(node) ?? 0) <= maxItemLevel)).map((element) => draftOf(page(element), base, read));
}

function draftOf(item: Elements, base: string, read: Selectors): Draft {
  const link = linkOf(item, read.link);
  const titled = read.title === undefined ? link : within(item, read.title);
  return {
    title: titled.first().html()?.trim() || (titled.attr("title") ?? titled.attr("aria-label") ?? ""),
    links: [link.attr("href") ?? ""],
    base,
    dates: datesOf(item, read.date),
    description: read.summary === undefined ? null : within(item, read.summary).first().html(),
    content: null,
    guid: null,
  };
}

/** The first link, and of all links to the same address the one that says most. */
function linkOf(item: Elements, selector: string | undefined): Elements {
  if (selector !== undefined) {
    const found = within(item, selector);
    return (found.is("[href]") ? found.filter("[href]") : found.find("[href]")).first();
  }
  const all = item.is("a[href]") ? item : item.find("a[href]");
  const same = all.filter(`[href=${JSON.stringify(all.attr("href") ?? "")}]`);
  let best = all.first();
  for (let index = 0; index < Math.min(maxSame, same.length); index += 1) {
    if (same.eq(index).text().trim().length > best.text().trim().length) best = same.eq(index);
  }
  return best;
}

function datesOf(item: Elements, selector: string | undefined): string[] {
  const found = within(item, selector ?? "time").first();
  const text = wordsOf(found);
  const written = [found.attr("datetime") ?? found.find("[datetime]").attr("datetime") ?? found.attr("content") ?? "", text];
  return readDate(written[0] ?? "") || readDate(text) ? written : [dayIn(text) ?? ""];
}

/** What the selector finds inside the item, or the item itself. */
function within(item: Elements, selector: string): Elements {
  const found = item.find(selector);
  return found.length > 0 ? found : item.filter(selector);
}
