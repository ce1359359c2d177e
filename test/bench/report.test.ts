import { describe, expect, test } from "vitest";
import { headline, median, type Results, type Row, table } from "../../bench/report.ts";

const row = (program: string, round: Row["round"], wallSeconds: number): Row => ({ program, round, wallSeconds, cpuSeconds: wallSeconds / 2, peakMegabytes: null, requests: 500 });
const rows = [row("almanac", "first", 1.94), row("almanac", "unchanged", 0.78), row("newsboat", "first", 6.12), row("newsboat", "unchanged", 7)];
const results: Results = {
  date: "2026-11-24T12:00:00.000Z",
  node: "24.21.0",
  cores: 2,
  feeds: 500,
  runs: 5,
  rows,
  table: { first: { read: 900, written: 700 }, unchanged: { read: 500, written: 0 } },
  titlesPerSecond: 341_234.5,
  matching: [
    { series: 72, rules: 376, titlesPerSecond: 341_234.5, plainWay: 16_000 },
    { series: 7200, rules: 37_600, titlesPerSecond: 300_000, plainWay: 80 },
  ],
  replays: [{ name: "the year 2020", polls: 8126, wallSeconds: 9.04, cpuSeconds: 8 }],
};

describe("the median", () => {
  test("is the middle value, whatever the order", () => expect(median([3, 1, 100])).toBe(3));
  test("is the mean of the two in the middle", () => expect(median([4, 1, 2, 100])).toBe(3));
  test("is not known where a value is not, or where there is none", () => {
    expect(median([1, null, 3])).toBeNull();
    expect(median([])).toBeNull();
  });
});

describe("the table", () => {
  test("has a line a round, its figures below each other", () => {
    const lines = table(results, undefined);
    expect(lines.slice(1, 6)).toEqual([
      "program   round      wall s  CPU s  peak MB  requests",
      "almanac   first        1.94   0.97        –       500",
      "almanac   unchanged    0.78   0.39        –       500",
      "newsboat  first        6.12   3.06        –       500",
      "newsboat  unchanged    7.00   3.50        –       500",
    ]);
  });

  test("says what went to the table, and what else was measured", () => {
    expect(table(results, undefined).slice(6)).toEqual([
      "Table: the first round reads 900 records and writes 700, the unchanged one reads 500 and writes 0.",
      "Matching: 341235 titles a second of CPU, folding included; 2 in 100 concern us.",
      "series  rules  titles a second   cost  plain way     cost",
      "72      376             341235  1.00×      16000    1.00×",
      "7200    37600           300000  1.14×         80  200.00×",
      "Replay of the year 2020: 8126 polls in 9.0 s, CPU 8.0 s.",
    ]);
  });

  test("stands beside an earlier one, which may lack a program", () => {
    const earlier = { ...results, date: "2026-11-23T12:00:00.000Z", rows: [row("almanac", "first", 2.5)] };
    const lines = table(results, earlier);
    expect(lines[2]).toMatch(/ 1\.94 .* 2\.50 +1\.25$/);
    expect(lines[4]).toMatch(/ 6\.12 .* – +–$/);
    expect(lines).toContain("Before: 341235 titles a second, now 341235.");
    expect(lines.at(-1)).toBe("Before: 2026-11-23T12:00:00.000Z, Node 24.21.0, 2 cores.");
  });
});

test("the last line holds both rounds, beside whoever else was measured", () => {
  expect(headline(rows)).toBe("first round 1.9 s (newsboat 6.1), unchanged 0.8 s (newsboat 7.0)");
  expect(headline(rows.slice(0, 2))).toBe("first round 1.9 s, unchanged 0.8 s");
});
