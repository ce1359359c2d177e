import { load } from "cheerio/slim";
import { readDate } from "./dates.ts";
import { decode } from "./decode.ts";
import { guard } from "./guard.ts";
import type { Item } from "./item.ts";
import { plainSummary, plainTitle } from "./text.ts";

/** What a page says of itself. */
export type PageHead = Pick<Item, "published" | "summary" | "language"> & { readonly title: string | null };

/**
 * A page's title, date, summary and language, from what it gives to those who link to it, else from its heading.
 * Throws SourceError where the page is too large or too deep to be read safely.
 */
export function pageHead(bytes: Uint8Array, contentType: string | null): PageHead {
  const html = decode(bytes, contentType);
  guard(html);
  const $ = load(html);
  const meta = (...names: string[]): string | undefined =>
    names.map((name) => $(`meta[property="${name}"], meta[name="${name}"]`).first().attr("content")?.trim()).find((content) => content);
  const titles = [meta("og:title"), $("h1").first().text(), $("title").first().text()].map((title) => plainTitle(title ?? ""));
  return {
    title: titles.find((title) => title !== "") ?? null,
    published: readDate(meta("article:published_time", "dcterms.date", "date") ?? $("time[datetime]").first().attr("datetime") ?? ""),
    summary: plainSummary(meta("og:description", "description") ?? ""),
    language: $("html").attr("lang")?.toLowerCase().split("-")[0] ?? null,
  };
}
