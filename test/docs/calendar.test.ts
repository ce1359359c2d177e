import { expect, test } from "vitest";
import { pageParts, withParts } from "../../cli/commands/backtest.ts";
import { readCatalogue } from "../../cli/paths.ts";
import { standings } from "../../shared/calendar/standing.ts";
import { doc, named } from "./markdown.ts";

const page = doc("docs/calendar.md");
const parts = pageParts(await readCatalogue());

test("the tables are those that the command makes now (almanac backtest --write)", () => {
  expect(withParts(page.text, parts)).toBe(page.text);
  for (const name of parts.keys()) expect(page.text).toContain(`<!-- ${name} -->\n|`);
}, 60_000);

test("every standing is explained, and no other", () => expect(named(page, "Where an edition stands").toSorted()).toEqual([...standings].toSorted()));

test("a part that is empty is filled, and the text between parts stays", () => {
  const text = "a\n<!-- one -->\n<!-- end -->\nb\n<!-- two -->\nold\nold\n<!-- end -->\nc\n<!-- three -->\nkept\n<!-- end -->\n";
  expect(withParts(text, new Map([["one", ["1"]], ["two", ["2", "2"]]]))).toBe("a\n<!-- one -->\n1\n<!-- end -->\nb\n<!-- two -->\n2\n2\n<!-- end -->\nc\n<!-- three -->\nkept\n<!-- end -->\n");
});
