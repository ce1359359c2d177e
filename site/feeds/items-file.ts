import { csvRecord } from "../../shared/csv.ts";
import type { ItemRecord } from "../../shared/records/items.ts";

const columns = ["at", "title", "url", "published", "seen", "source", "language", "relevance", "series", "edition", "role", "symbol", "id"] as const satisfies readonly (keyof ItemRecord)[];

/** An item as the files and the API give it. */
export function plainItem({ id, at, title, url, published, seen, source, language, relevance, edition, role, symbol, why, earlierTitles, ...item }: ItemRecord) {
  const year = edition === null ? null : Number(edition.slice(0, 4));
  return { id, at, title, url, published, seen, source, language, relevance, series: item.series ?? null, edition: year, role, symbol, why: [...why], earlierTitles: [...earlierTitles] };
}

/** By this Excel knows UTF-8; without it, Korean comes out garbled there. */
const byteOrderMark = "\ufeff";

/** Items as CSV (RFC 4180) in UTF-8, with its mark and a line of names. */
export function itemsCsv(items: readonly ItemRecord[]): string {
  const lines = [csvRecord(columns), ...items.map(plainItem).map((item) => csvRecord(columns.map((column) => String(item[column] ?? ""))))];
  return `${byteOrderMark}${lines.join("\r\n")}\r\n`;
}
