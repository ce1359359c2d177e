// Run as a process of its own by table.test.ts, which kills it: changes items without end, or so many times.
import { openTable } from "../../local/table.ts";
import { placedAt } from "../../shared/records/history.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { itemKey } from "../../shared/records/keys.ts";
import { owe, paid } from "../../shared/records/owed.ts";
import { change, type Content } from "../../shared/records/records.ts";

const [folder = "", times = "Infinity"] = process.argv.slice(2);
const blank: Content<ItemRecord> = {
  id: "",
  title: "",
  url: null,
  published: null,
  symbol: null,
  seen: "2020-01-01",
  source: "writer",
  language: "en",
  relevance: "about",
  edition: null,
  role: null,
  why: [],
  earlierTitles: [],
  ...placedAt("2020-01-01"),
};

/** Each change moves the item to another month, and every other one settles what the one before owed. */
function next(id: string, round: number, before: ItemRecord | undefined): Content<ItemRecord> {
  const at = `2020-${String((round % 12) + 1).padStart(2, "0")}-01`;
  const moved = { ...(before ?? blank), ...placedAt(at), id, title: String(round) };
  return round % 2 === 0 ? owe(moved, "alert", at) : paid(moved, "alert");
}

const { table, close } = await openTable(folder);
for (let round = 0; round < Number(times); round++) {
  const ids = Array.from({ length: 8 }, (_, index) => String(index));
  await Promise.all(
    ids.map(async (id) => {
      await change(table, itemKey(id), (before) => next(id, round, before));
      process.stdout.write(`${id} ${round}\n`);
    }),
  );
}
await close();
