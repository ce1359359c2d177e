import { expect, test } from "vitest";
import { whereToLook } from "../../shared/calendar/where-to-look.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";

type Entry = Partial<NonNullable<Parts["sources"]>[number]>;

/** Where to look for a report of the ministry that these sources carry, "b" and "c" beside it where they say so. */
function look(...sources: readonly Entry[]): string | null {
  const report = { id: "report", year: "release" as const, recognise: [{ role: "release" as const, title: ["report"] }] };
  const made = catalogue({
    series: [report, { ...report, id: "b" }, { ...report, id: "c" }],
    sources: sources.map((source, index) => ({ id: `s${index}`, publisher: "state", url: `https://s${index}.example/path/feed.xml`, read: { as: "feed" }, carries: ["report"], ...source })),
  });
  const [series] = made.series;
  return series ? whereToLook(series, made.sources) : "no series";
}

const page = { read: { as: "page" } } as const;

test("a person looks at the page that lists the fewest other series", () => {
  expect(look({}, { ...page, carries: ["report", "b", "c"] }, { ...page, carries: ["report"] }, page)).toBe("https://s2.example/path/feed.xml");
});

test("where there are feeds and APIs alone, at the start page of the first feed's site", () => {
  expect(look({ read: { as: "json", api: "federal-register" } }, {})).toBe("https://s1.example/");
  expect(look({ read: { as: "json", api: "federal-register" } })).toBe("https://s0.example/");
});

test("at no page of somebody who only reports, none that is not read, none whose address is still to be filled in, and at no mailbox", () => {
  expect(look({ ...page, publisher: "daily" }, { ...page, disabled: "it is gone" }, { ...page, url: "https://s2.example/{year}/" }, { read: { as: "mail" } })).toBe(null);
  expect(look()).toBe(null);
});
