import { expect, test } from "vitest";
import { UsageError } from "../../cli/command.ts";
import { readMoment, readYear } from "../../cli/moments.ts";

test.each([
  ["2021-06-30", "2021-06-30"],
  ["2021-06-30T12:00:00Z", "2021-06-30T12:00:00Z"],
  ["2021-06-30T12:00:00+09:00", "2021-06-30T03:00:00Z"],
])("%s is %s", (text, moment) => expect(readMoment("--since", text)).toBe(moment));

test.each(["yesterday", "2021", "2021-02-30", "2021-13-01", "30.06.2021", "2021-06-30T99:00", ""])("%j is no moment, and the sentence says how to write one", (text) => {
  expect(() => readMoment("--since", text)).toThrow(UsageError);
  expect(() => readMoment("--since", text)).toThrow("Write it as 2021-06-30");
});

test("a year has four figures", () => {
  expect(readYear("--year", "2021")).toBe(2021);
  for (const text of ["21", "20211", "0021", "2021.5", "x"]) expect(() => readYear("--year", text)).toThrow("Write it as 2021");
});
