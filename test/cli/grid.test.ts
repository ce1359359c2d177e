import { describe, expect, test } from "vitest";
import { csvRecord } from "../../shared/csv.ts";
import { grid } from "../../cli/grid.ts";
import { columns } from "../../shared/alerts/safe-text.ts";

const rows = [
  ["date", "series and edition", "title"],
  ["2020-09-16", "nkdb-white-paper 2020", "2020 북한인권백서"],
  ["2020-06-25", "us-state-human-rights-report 2020~1a", "2020 Trafficking in Persons Report: North Korea, with a long tail of words that no terminal has room for"],
];

describe("rows on a terminal", () => {
  test("columns are aligned, also after Korean, which takes two columns a character", () => {
    const lines = grid([["date", "korean", "title"], ["1", "인권", "a"], ["2", "rights", "b"]]);
    expect(lines).toEqual(["date  korean  title", "1     인권    a", "2     rights  b"]);
  });

  test.each([80, 100, 120])("no line is wider than %i columns, and the title keeps most room", (width) => {
    const lines = grid(rows, width);
    for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(width);
    expect(lines[1]).toContain("2020 북한인권백서");
    expect(lines[2]).toContain("2020 Trafficking in Persons Report");
    expect(lines[2]).toMatch(/…$/);
  });

  test("without a width nothing is cut", () => expect(grid(rows)[2]).toMatch(/no terminal has room for$/));
  test("what could move a terminal's cursor is taken out", () => expect(grid([["a", "b\u001b[2J\nc"]])).toEqual(["a  b [2J c"]));
});

describe("CSV", () => {
  test("a field with a comma, a quote or a line break is quoted, and a quote doubled", () => {
    expect(csvRecord(["a", "b,c", 'say "yes"', "two\nlines", ""])).toBe('a,"b,c","say ""yes""","two\nlines",');
  });

  test.each(["=1+1", "+82 10", "-2", "@SUM(A1)", "\t=1", "＝1"])("%j is text to a spreadsheet", (value) => expect(csvRecord([value])).toBe(`"'${value}"`));
  test("a sign inside a text stays as it is", () => expect(csvRecord(["a=b", "2021-07-01"])).toBe("a=b,2021-07-01"));
});
