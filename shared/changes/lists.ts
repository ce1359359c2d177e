/** What came into a list within a sentence, and what left it, in whatever order it is told. */
export interface ListChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Fewer names behind a colon are no list. */
const leastItems = 6;
const itemWords = 6;

/** The names behind the colon of a sentence, such as countries; nothing where there is no list of them. */
function itemsOf(sentence: string): string[] {
  const [, list = ""] = /:\s(.+?)[.;]?$/.exec(sentence) ?? [];
  const items = list.split(/,\s+(?:and\s+|or\s+)?|\s+and\s+(?=[^,]+$)/).map((item) => item.trim()).filter((item) => item !== "");
  return items.length >= leastItems && items.every((item) => item.split(" ").length <= itemWords) ? items : [];
}

const keyOf = (item: string): string => item.toLowerCase().replace(/^the\s+/, "");

/** How the list in two sentences differs; null where one of them has none, or nothing came or went. */
export function listChange(before: string, after: string): ListChange | null {
  const [old, fresh] = [itemsOf(before), itemsOf(after)];
  if (old.length === 0 || fresh.length === 0) return null;
  const [oldKeys, freshKeys] = [new Set(old.map(keyOf)), new Set(fresh.map(keyOf))];
  const change = { added: fresh.filter((item) => !oldKeys.has(keyOf(item))), removed: old.filter((item) => !freshKeys.has(keyOf(item))) };
  return change.added.length + change.removed.length === 0 ? null : change;
}
