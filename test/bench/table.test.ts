import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { aimsTable } from "../../bench/aims.ts";
import { completed, readResults, withTables } from "../../bench/results.ts";
import { fitsOnceMore, headline } from "../../bench/rounds.ts";
import { differenceLines, markdownLines, median, plainLines, quantile, type Row, type Table } from "../../bench/table.ts";

const row = (feeds: string, program: string, round: string, wall: number): Row => ({ names: [feeds, program, round], figures: [wall, null, 1234] });
const rows = [row("500", "almanac", "first", 1.94), row("500", "almanac", "unchanged", 0.78), row("500", "newsboat", "first", 6.12), row("500", "newsboat", "unchanged", 7)];
const table: Table = {
  part: "rounds",
  says: "What was measured.",
  names: ["feeds", "program", "round"],
  columns: [
    { head: "wall, s", decimals: 2 },
    { head: "CPU, s", decimals: 2 },
    { head: "requests", decimals: 0 },
  ],
  rows,
  last: "the figure",
};

describe("the median", () => {
  test("is the middle value, whatever the order", () => expect(median([3, 1, 100])).toBe(3));
  test("is the mean of the two in the middle", () => expect(median([4, 1, 2, 100])).toBe(3));
  test("is not known where a value is not, or where there is none", () => {
    expect(median([1, null, 3])).toBeNull();
    expect(median([])).toBeNull();
  });
});

test("the 99th of a hundred values lies between the two largest but one", () => {
  expect(quantile(Array.from({ length: 101 }, (_, index) => index), 0.99)).toBe(99);
  expect(quantile([10, 20], 0.99)).toBeCloseTo(19.9);
});

test("a program is measured as often as fits into the time, and once where that takes longer", () => {
  expect([[], [16], [16, 16], [9, 11]].map((took) => fitsOnceMore(took, 40))).toEqual([true, true, false, true]);
  expect(fitsOnceMore([], 0)).toBe(true);
});

describe("a table", () => {
  test("has its figures below each other, and a dash for what is not known", () => {
    expect(plainLines(table)).toEqual([
      "What was measured.",
      "feeds  program   round      wall, s  CPU, s  requests",
      "500    almanac   first         1.94       –     1,234",
      "500    almanac   unchanged     0.78       –     1,234",
      "500    newsboat  first         6.12       –     1,234",
      "500    newsboat  unchanged     7.00       –     1,234",
    ]);
  });

  test("is one in Markdown, figures to the right", () => {
    expect(markdownLines(table).slice(0, 5)).toEqual(["What was measured.", "", "| feeds | program | round | wall, s | CPU, s | requests |", "| --- | --- | --- | --: | --: | --: |", "| 500 | almanac | first | 1.94 | – | 1,234 |"]);
  });

  test("stands beside an earlier one, which may lack a row, a column or all", () => {
    const earlier: Table = { ...table, columns: table.columns.slice(0, 1), rows: [{ names: ["500", "almanac", "first"], figures: [3.88] }] };
    expect(differenceLines(table, earlier).slice(1, 4)).toEqual([
      "feeds  program   round                  wall, s  CPU, s  requests",
      "500    almanac   first      3.88 → 1.94 (0.50×)       –         –",
      "500    almanac   unchanged                    –       –         –",
    ]);
    expect(differenceLines(table, undefined)[2]).toBe("500    almanac   first            –       –         –");
  });
});

/** Wall seconds of ours and of newsboat, and ours for memory in each round. */
const roundsOf = (feeds: string, [ours, theirs, first, unchanged]: readonly number[]): Row[] => [
  { names: [feeds, "almanac", "first"], figures: [ours ?? null, first ?? null] },
  { names: [feeds, "almanac", "unchanged"], figures: [ours ?? null, unchanged ?? null] },
  { names: [feeds, "newsboat", "first"], figures: [theirs ?? null, 1] },
];

describe("the aims", () => {
  const measured: Table = { ...table, columns: [{ head: "wall, s", decimals: 2 }, { head: "peak, MB", decimals: 0 }], rows: [...roundsOf("500", [1, 4, 100, 90]), ...roundsOf("2000", [3, 10, 120, 121])] };
  const cells = aimsTable([measured]).rows.map(({ names }) => names.slice(1));

  test("are met at the figure itself, and missed above it", () => {
    expect(cells.slice(0, 2)).toEqual([["0.25", "0.25", "met"], ["0.25", "0.30", "missed"]]);
    expect(aimsTable([measured]).last).toBe("2 aims met, 2 missed");
  });

  test("for memory hold in both rounds", () => expect(cells.slice(4, 6)).toEqual([["250 MB", "121 MB", "met"], ["30 MB", "31 MB", "missed"]]));

  test("say what another program left unknown, and what was not run", () => {
    expect(cells[2]).toEqual(["0.33", "not known", "–"]);
    expect(cells.at(-1)).toEqual(["900 KB", "not run", "–"]);
  });

  test("are all measured by what is kept to compare with", () => {
    const { tables } = readResults(join(import.meta.dirname, "../../bench/baseline.json"));
    expect(aimsTable(tables).rows.map(({ names }) => names[2])).not.toContain("not run");
  });
});

describe("results", () => {
  const results = { date: "2026-11-24T12:00:00.000Z", machine: "A machine", tables: [table] };
  const earlier = { date: "2026-11-23T12:00:00.000Z", machine: "A machine", tables: [{ ...table, last: "before" }, { ...table, part: "cold" }] };

  test("get the parts that they lack from an earlier run of the same machine alone", () => {
    expect(completed(results, earlier)).toEqual({ ...results, tables: [table, { ...table, part: "cold" }] });
    expect(completed(results, { ...earlier, machine: "Another" })).toBe(results);
  });
});

describe("the page", () => {
  const results = { date: "2026-11-24T12:00:00.000Z", machine: "A machine", tables: [table] };
  const marks = ["<!-- npm run bench -- rounds -->", "<!-- end -->"];

  test("gets each table between its marks, and keeps the rest", () => {
    const page = withTables(`Before.\n${marks[0]}\nold\n${marks[1]}\nAfter.\n`, results);
    expect(page).toBe(`Before.\n${marks[0]}\n${markdownLines(table).join("\n")}\n\n2026-11-24; A machine.\n${marks[1]}\nAfter.\n`);
  });

  test("without the marks of a part is refused, and says which", () => {
    expect(() => withTables("Nothing.", results)).toThrow(marks[0]);
  });
});

test("the last line holds both rounds of the smaller size, beside whoever else was measured", () => {
  const more = [...rows, row("2000", "almanac", "first", 5)];
  expect(headline(more)).toBe("first round of 500 feeds: almanac 1.9 s, newsboat 6.1 s; unchanged round of 500 feeds: almanac 0.8 s, newsboat 7.0 s");
});
