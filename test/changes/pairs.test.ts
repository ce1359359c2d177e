import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { comparisonLines, comparisonTimes } from "../../bench/changes.ts";
import { nameOf, pairTable } from "../../bench/pairs.ts";
import { capture, chapterYears, haveCaptures } from "./captures.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/changes.md"), "utf8");

test.skipIf(!haveCaptures)("the table of pairs in docs/changes.md is the one that the command makes now", async () => {
  const table = await pairTable(chapterYears.map((year) => ({ name: nameOf(`hrpractices_${year}.html`), bytes: capture(`country-reports/hrpractices_${year}.html`) })));
  expect(page).toContain(table.join("\n"));
});

test("what is measured runs, and gives a line each", () => {
  expect(comparisonLines(comparisonTimes(1))).toEqual([expect.stringMatching(/^two reports of 50 pages: 1,\d{3} sentences in /), expect.stringMatching(/^one sentence 1,000 times: /), expect.stringMatching(/^3,000 sentences that differ in two numbers: 3,000 sentences in /)]);
});
