import { absolute } from "./link.ts";
import { readDate } from "./dates.ts";
import type { Item, Reading, Skipped } from "./item.ts";
import { firstWords, plainSummary, plainTitle } from "./text.ts";

/** What a source says of one item, before it is made into plain data. */
export interface Draft {
  /** May hold markup and references. */
  readonly title: string | null;
  /** Addresses, the likeliest first, as written. */
  readonly links: readonly string[];
  /** What relative addresses are relative to. */
  readonly base: string;
  /** Dates, the most telling first, as written. */
  readonly dates: readonly string[];
  readonly description: string | null;
  /** The whole text, where the source gives that apart from the description. */
  readonly content: string | null;
  readonly guid: string | null;
  readonly symbol?: string | null;
  readonly language?: string | null;
}

const shortSummary = 40;
const maxGuid = 1000;
/** A symbol is a few dozen characters long; some records hold two or three. */
const maxSymbol = 300;
/** As many of a source are read: no list of a publisher is as long, and a source's state remembers no more. */
export const maxEntries = 2000;

/** As many entries as are read of a source, and one more where there are more: `toReading` says so. */
export function firstEntries<T>(entries: readonly T[]): readonly T[] {
  return entries.slice(0, maxEntries + 1);
}

/** Makes drafts into items, at most 2,000. One that cannot be an item is skipped with its reason; the others stay. */
export function toReading(drafts: readonly Draft[]): Reading {
  const items: Item[] = [];
  const skipped: Skipped[] = [];
  for (const [index, draft] of drafts.entries()) {
    if (index === maxEntries) {
      skipped.push({ title: null, why: `it lists more than ${maxEntries} entries, and those behind are not read` });
      break;
    }
    const made = toItem(draft);
    if ("why" in made) skipped.push(made);
    else items.push(made);
  }
  return { items, skipped };
}

function toItem(draft: Draft): Item | Skipped {
  const url = firstOf(draft.links, (link) => absolute(link, draft.base));
  const named = plainTitle(draft.title ?? "");
  const summary = summaryOf(draft, named);
  const title = named || (url && summary ? firstWords(summary) : "");
  if (!title) return { title: null, why: url ? `no title and no text: ${url}` : "neither a title nor an address" };
  return {
    title,
    url,
    published: firstOf(draft.dates, readDate),
    summary,
    guid: draft.guid?.trim().slice(0, maxGuid).toWellFormed() || null,
    symbol: draft.symbol?.slice(0, maxSymbol).toWellFormed() || null,
    language: languageOf(draft.language),
  };
}

/** The description, unless it says no more than the title and the whole text is there. */
function summaryOf(draft: Draft, title: string): string | null {
  const description = draft.description === null ? null : plainSummary(draft.description);
  if (description && description.length >= shortSummary && description !== title) return description;
  const content = draft.content === null ? null : plainSummary(draft.content);
  return content && content.length > (description?.length ?? 0) ? content : description;
}

function languageOf(tag: string | null | undefined): string | null {
  return /^\s*([a-z]{2,3})(?![a-z])/i.exec(tag ?? "")?.[1]?.toLowerCase() ?? null;
}

function firstOf(values: readonly string[], read: (value: string) => string | null): string | null {
  for (const value of values) {
    const result = read(value);
    if (result !== null) return result;
  }
  return null;
}
