import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { withWish } from "../shared/alerts/filter.ts";
import { type Known, WishError } from "../shared/alerts/subscriptions.ts";
import { messageOf } from "../shared/fault.ts";
import { subscriptionId } from "../shared/records/subscriptions.ts";
import { askedFor, type ToAsk } from "./asked-subscription.ts";
import { UsageError } from "./command.ts";
import { csvRows, type Row } from "./csv-rows.ts";
import { givenPath, shownPath } from "./paths.ts";

/** The columns that a list may have; `address` it must have. */
export const listColumns = ["address", "series", "publisher", "kind", "language", "pace", "quiet", "zone", "texts"] as const;
type Column = (typeof listColumns)[number];

const isColumn = (name: string): name is Column => listColumns.some((column) => column === name);

/** What may stand between cells in place of commas, as spreadsheets of many countries write it. */
const separators: Readonly<Record<string, string>> = { ";": "semicolons", "\t": "tabs" };

/** The text of a list. Throws a sentence where its bytes are no UTF-8. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error('it is not in UTF-8, but perhaps in CP949 or UTF-16: save it as "CSV UTF-8"', { cause: error });
  }
}

function columnsOf({ cells }: Row): Column[] {
  const separator = cells.length === 1 ? Object.keys(separators).find((one) => cells[0]?.includes(one)) : undefined;
  if (separator !== undefined) throw new Error(`line 1 has ${separators[separator]} between its columns: save it with commas between them`);
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const columns = names.filter(isColumn);
  const strange = names.filter((name) => !isColumn(name));
  if (strange.length > 0 || !columns.includes("address")) throw new Error(`line 1 names the columns: address, and any of ${listColumns.slice(1).join(", ")}${strange.length > 0 ? `; not ${strange.map((name) => JSON.stringify(name)).join(", ")}` : ""}`);
  return columns;
}

/** A cell may hold several ids with spaces, commas or semicolons between. */
const several = (cell: string): string[] => cell.split(/[\s,;]+/).filter((id) => id !== "");

async function read({ cells }: Row, columns: readonly Column[], known: Known): Promise<ToAsk> {
  if (cells.length !== columns.length) throw new WishError(`there are ${cells.length} cells, and line 1 names ${columns.length} columns`);
  const cell = (name: Column): string => cells[columns.indexOf(name)]?.trim() ?? "";
  return askedFor(
    { address: cell("address"), series: several(cell("series")), publisher: several(cell("publisher")), kind: several(cell("kind")), language: several(cell("language")), pace: cell("pace"), quiet: cell("quiet"), zone: cell("zone"), texts: cell("texts") },
    known,
  );
}

/** A subscription of the list, and the line on which its address stands first. */
interface Listed extends ToAsk {
  readonly line: number;
}

/** The columns of which an address has but one value, where two of its lines have two. */
function differing({ asked: first }: ToAsk, { asked: other }: ToAsk): string[] {
  const values = { pace: [first.pace, other.pace], quiet: [first.quiet, other.quiet], zone: [first.zone, other.zone], texts: [first.language, other.language] };
  return Object.entries(values).flatMap(([column, [one, another]]) => (isDeepStrictEqual(one, another) ? [] : [column]));
}

/** What stands in the list for an address with what a further line of it says: one wish more. */
function withLine(first: Listed, further: ToAsk): Listed {
  const columns = differing(first, further);
  if (columns.length > 0) throw new WishError(`the address stands on line ${first.line} too, and there with another ${columns.join(" and ")}: several lines of an address are its wishes, and pace, quiet, zone and texts are one for all of them; write the same in each`);
  return { ...first, asked: { ...first.asked, ...withWish(first.asked, further.asked.wishes) } };
}

/** The subscriptions of CSV text, or what is wrong with them, each fault with its line. Several lines of one address are its wishes. */
async function readRows(text: string, known: Known): Promise<{ readonly list: readonly ToAsk[]; readonly faults: readonly string[] }> {
  const [head, ...rows] = csvRows(text);
  if (!head) throw new Error("it is empty");
  const columns = columnsOf(head);
  const faults: string[] = [];
  const list = new Map<string, Listed>();
  for (const row of rows) {
    try {
      const one = await read(row, columns, known);
      const id = subscriptionId(one.asked.protocol, one.asked.address);
      const first = list.get(id);
      list.set(id, first ? withLine(first, one) : { ...one, line: row.line });
    } catch (error) {
      if (!(error instanceof WishError)) throw error;
      faults.push(...error.message.split("\n").map((fault) => `line ${row.line}: ${fault}`));
    }
  }
  return { list: [...list.values()], faults };
}

/** The subscriptions of a CSV file. Throws UsageError with every fault and its line, before anybody is subscribed. */
export async function readSubscriptionList(path: string, known: Known): Promise<readonly ToAsk[]> {
  const name = shownPath(givenPath(path));
  let found: Awaited<ReturnType<typeof readRows>>;
  try {
    found = await readRows(textOf(await readFile(givenPath(path))), known);
  } catch (error) {
    throw new UsageError(`${name} cannot be read as a list of subscriptions: ${messageOf(error)}.`, { cause: error });
  }
  const { list, faults } = found;
  if (faults.length > 0) throw new UsageError([...faults, `Nobody was subscribed. Mend ${faults.length === 1 ? "this" : `these ${faults.length} faults`} in ${name}, and write it again.`].join("\n"));
  if (list.length === 0) throw new UsageError(`${name} has a line of columns, and no subscription below it.`);
  return list;
}
