import { describe, expect, test } from "vitest";
import { isOld, wasOut } from "../../functions/poll/silence.ts";
import { catalogue } from "../recognition/catalogue.ts";

const installed = "2021-06-20T12:00:00.000Z";

describe("an item at a source's first reading", () => {
  test.each([
    [null, true],
    ["2021-06-20T11:59:59.000Z", true],
    ["2021-06-20T12:00:00.000Z", false],
    ["2021-06-20", true],
    ["2021-06-21", false],
    ["2021-07-04", true],
  ])("dated %s is older than the install: %s", (published, old) => expect(isOld({ published, installed, firstRead: true, at: "2021-07-01T00:00:00.000Z" })).toBe(old));
});

describe("an item that was not there at the last reading", () => {
  test.each([
    [null, false],
    ["2021-06-17", true],
    ["2021-06-17T11:59:59Z", true],
    ["2021-06-17T12:00:00Z", false],
    ["2021-06-18", false],
    ["2015-01-01", true],
  ])("dated %s is older than the install: %s", (published, old) => expect(isOld({ published, installed, firstRead: false, at: "2021-07-01T00:00:00.000Z" })).toBe(old));
});

describe("an edition", () => {
  const [series] = catalogue({
    series: [{ id: "a", recognise: [{ role: "release", title: ["report"] }], editions: [{ year: 2020, released: "2020-06-25" }, { year: 2021, released: "2021-06-20" }, { year: 2022, released: "2022-06-25" }, { year: 2018, released: "unknown", why: "not seen" }, { year: 2019, released: "unknown", why: "not seen" }] }],
  }).series;
  test.each([
    [2020, true],
    [2021, false],
    [2022, false],
    [2018, true],
    [2019, false],
    [2017, true],
    [2023, false],
    [null, false],
  ])("of %s was out before the install: %s", (year, out) => expect(series && wasOut(series, year, installed)).toBe(out));
});
