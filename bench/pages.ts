import { inFolder } from "./measure.ts";
import { pageCosts } from "./site.ts";
import type { Table } from "./table.ts";

/** What pages of the site take, over ten years and 50,000 items. */
export async function pages(): Promise<Table> {
  const costs = await inFolder(pageCosts);
  return {
    part: "site",
    says: "Pages over ten years and 50,000 items: the first in a minute, and those after it; medians of 9, at the server.",
    names: ["page"],
    columns: [
      { head: "first, ms", decimals: 1 },
      { head: "then, ms", decimals: 1 },
      { head: "first, asks of the table", decimals: 0 },
      { head: "then, asks", decimals: 0 },
      { head: "KB", decimals: 1 },
    ],
    rows: costs.map(({ path, coldMs, warmMs, coldAsks, warmAsks, kilobytes }) => ({ names: [path], figures: [coldMs, warmMs, coldAsks, warmAsks, kilobytes] })),
    last: `the slowest page takes ${Math.max(...costs.map(({ warmMs }) => warmMs)).toFixed(1)} ms`,
  };
}
