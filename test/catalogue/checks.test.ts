import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { manualChecks, singleHosts } from "../../shared/catalogue/check-sources.ts";
import { checkCatalogue } from "../../shared/catalogue/checks.ts";
import { eventsText, made, series, source, sourcesText } from "./made.ts";

const today = "2026-11-24";
const catalogue = await readCatalogue({ events: undefined, sources: undefined });

function findings(events = eventsText(), sources = sourcesText()): string[] {
  return checkCatalogue(made(events, sources), today).map(({ level, file, id, message }) => `${level} ${file} ${id}: ${message}`);
}

const withSources = (...list: Record<string, unknown>[]): string[] => findings(eventsText(), sourcesText([source("one"), source("two"), ...list]));
const withSeries = (more: Record<string, unknown>): string[] => findings(eventsText([series("tip", more)]));

const titled = (title: string): Record<string, unknown> => ({ editions: [{ year: 2021, released: "2021-07-01", title }] });

test("a sound catalogue has no findings", () => expect(findings()).toEqual([]));

test("what goes into every alert and is too long for SNS is found", () => {
  const long = "x".repeat(301);
  const found = findings(eventsText([series("tip", { name: long, translated: { ko: { name: long, short: "짧음" } }, due: { day: "06-30", law: long } })]), sourcesText([source("one", { name: long }), source("two")], [{ id: "us-state", name: long, short: "US State" }]));
  expect(found.filter((line) => line.includes("has 301 characters"))).toEqual(["fault events tip: its name has", "fault events tip: its name in ko has", "fault events tip: its law", "fault sources one: its name", "fault sources us-state: its name"].map((start) => expect.stringContaining(start)));
});

describe("sources", () => {
  test.each([
    ["an unknown series", { carries: ["tpi"] }, 'fault sources three: carries "tpi", which is no series of the events file. Did you mean "tip"?'],
    ["an unknown publisher", { publisher: "us-stat" }, 'fault sources three: has the publisher "us-stat", which is not among the publishers. Did you mean "us-state"?'],
    ["a placeholder that nothing fills", { url: "https://a.example.org/?key={A_KEY}" }, "fault sources three: its url has {A_KEY}, which nothing fills"],
    ["a credential that no address uses", { credential: "A_KEY" }, "fault sources three: no url of it has {A_KEY}, its credential"],
    ["an address of the year that may not be missing", { url: "https://a.example.org/{year}" }, "warning sources three: its url carries the year"],
    ["the address of another source", { url: "https://one.example.org/feed.xml" }, 'fault sources one: has the same url as "three"'],
    ["its own address as a fallback", { fallbacks: ["https://three.example.org/feed.xml"] }, "fault sources three: has the address https://three.example.org/feed.xml twice"],
    ["a series twice", { carries: ["tip", "tip"] }, 'warning sources three: carries "tip" twice'],
  ])("%s is found", (_, more, message) => expect(withSources(source("three", more))).toEqual([expect.stringContaining(message)]));

  test("what is disabled may share an address, and carries nothing", () => {
    expect(withSources(source("three", { url: "https://one.example.org/feed.xml", disabled: "It is the same." }))).toEqual([]);
    expect(findings(undefined, sourcesText([source("one"), source("two", { disabled: "It is dead." })]))).toEqual([expect.stringContaining("is carried by sources on one.example.org alone")]);
  });
});

describe("hosts", () => {
  const oneHost = sourcesText([source("one", { url: "https://www.state.gov/a" }), source("two", { url: "https://2017-2021.state.gov/b" })]);

  test("two names of one host are one host", () => {
    expect(findings(undefined, oneHost)).toEqual(['fault events tip: is carried by sources on state.gov alone, so one block blinds us. Let a source on another host carry it, or say why none can with "singleHost".']);
    expect(singleHosts(made(undefined, oneHost))).toEqual([{ series: "tip", hosts: ["state.gov"], why: undefined }]);
  });

  test("a reason makes a single host no fault", () => {
    const explained = eventsText([series("tip", { singleHost: "Nobody else publishes it." })]);
    expect(findings(explained, oneHost)).toEqual([]);
    expect(singleHosts(made(explained, oneHost))).toEqual([{ series: "tip", hosts: ["state.gov"], why: "Nobody else publishes it." }]);
  });

  test("a reason that no longer holds is a warning", () => expect(withSeries({ singleHost: "Nobody else publishes it." })).toEqual([expect.stringContaining("warning events tip: says why")]));
  test("a series that nothing carries is a fault", () => expect(findings(undefined, sourcesText([source("one", { carries: [] })]))).toEqual([expect.stringContaining("is carried by no enabled source")]));
});

describe("series", () => {
  const rule = { role: "release", title: ["Trafficking in Persons Report"] };
  test.each([
    ["an unknown publisher", { publisher: "us-stat", recognise: [{ ...rule, from: ["us-state"] }] }, 'fault events tip: has the publisher "us-stat", which is not among the publishers of the sources file. Did you mean "us-state"?'],
    ["a rule that reads from nobody", { recognise: [{ ...rule, from: ["us-stat"] }] }, 'fault events tip: recognise[0] reads from "us-stat", which is no publisher'],
    ["a rule that asks for nothing", { recognise: [{ role: "coverage" }] }, "fault events tip: recognise[0] asks for nothing"],
    ["a short name that no SMS can carry", { short: "인신매매 보고서" }, "fault events tip: its short \"인신매매 보고서\" does not fit an SMS"],
    ["a short name with a curly apostrophe", { short: "State’s TIP" }, 'Write "State\'s TIP".'],
    ["two editions of a year", { editions: [{ year: 2021, released: "2021-07-01" }, { year: 2021, released: "2021-07-02" }] }, "fault events tip: has two editions 2021"],
    ["editions out of order", { editions: [{ year: 2021, released: "2021-07-01" }, { year: 2020, released: "2020-06-25" }] }, "fault events tip: edition 2020 stands after a later one"],
    ["an unknown day without a reason", { editions: [{ year: 2021, released: "unknown" }] }, 'fault events tip: edition 2021 was released on an unknown day, without a "why"'],
    ["an edition that was skipped", { editions: [{ year: 2021, released: "2021-07-01" }], skipped: [{ year: 2021, why: "There was none." }] }, "fault events tip: edition 2021 is listed as skipped too"],
    ["an edition of tomorrow", { window: undefined, editions: [{ year: 2026, released: "2026-11-25" }] }, "fault events tip: edition 2026 was released on 2026-11-25, which is still to come"],
    ["a day outside the window", { editions: [{ year: 2021, released: "2021-10-02" }] }, "warning events tip: 2021-10-02 lies outside its window, 06-01 to 09-30"],
    ["a year that its day cannot have", { editions: [{ year: 2020, released: "2021-07-01" }] }, "warning events tip: edition 2020 was released on 2021-07-01, which by \"lagYears\" is edition 2021"],
  ])("%s is found", (_, more, message) => expect(withSeries(more)).toEqual([expect.stringContaining(message)]));

  test.each([
    ["an unknown day with its reason", { editions: [{ year: 2020, released: "unknown", why: "No source names the day." }, { year: 2021, released: "2021-07-01" }] }],
    ["a day outside the window with its reason", { editions: [{ year: 2021, released: "2021-10-02", why: "The pandemic held it up." }] }],
    ["several editions a year, told apart by month", { several: "month", editions: [{ year: 2021, released: "2021-06-01" }, { year: 2021, released: "2021-07-01" }] }],
    ["a year that the lags allow", { lagYears: [0, 1], editions: [{ year: 2020, released: "2021-07-01" }] }],
    ["a window over New Year", { window: { opens: "12-01", closes: "01-31" }, editions: [{ year: 2020, released: "2021-01-20" }] }],
  ])("%s is sound", (_, more) => expect(withSeries(more)).toEqual([]));
});

describe("titles of known editions", () => {
  test("a title that the matcher takes for its own edition is sound", () => expect(withSeries(titled("2021 Trafficking in Persons Report: North Korea"))).toEqual([]));
  test("a title that it does not know is a warning", () => expect(withSeries(titled("The State of Slavery"))).toEqual([expect.stringContaining('warning events tip: edition 2021, "The State of Slavery", is taken for nothing of ours.')]));
  test("a title that it takes for another year is a warning", () => expect(withSeries(titled("2015 Trafficking in Persons Report"))).toEqual([expect.stringContaining("is taken for tip 2015 (release)")]));

  test("a title that would ring another series is a fault", () => {
    const other = series("irf", { ...titled("2021 Trafficking in Persons Report"), recognise: [{ role: "release", title: ["Religious Freedom Report"] }] });
    const found = findings(eventsText([series("tip"), other]), sourcesText([source("one", { carries: ["tip", "irf"] }), source("two", { carries: ["tip", "irf"] })]));
    expect(found).toEqual([expect.stringContaining('fault events irf: edition 2021, "2021 Trafficking in Persons Report", is taken for tip 2021 (release). That would ring')]);
  });
});

const withCodes = (...codes: readonly (readonly [id: string, code: string | undefined])[]): string[] => {
  const list = codes.map(([id, code]) => series(id, { code, recognise: [{ role: "release", title: [`report of ${id}`] }] }));
  const carries = codes.map(([id]) => id);
  return findings(eventsText(list), sourcesText([source("one", { carries }), source("two", { carries })]));
};

describe("codes", () => {
  test("series with codes of their own, or without, are sound", () => expect(withCodes(["tip", "tip"], ["irf", "rf"], ["crt", undefined], ["hrr", undefined])).toEqual([]));
  test("a code that another series has is a fault of both", () => {
    expect(withCodes(["tip", "us"], ["irf", "us"])).toEqual([
      'fault events tip: has the code "us", which is the code or the id of irf too. Give it one that no other series has.',
      'fault events irf: has the code "us", which is the code or the id of tip too. Give it one that no other series has.',
    ]);
  });
  test("a code that is the id of another series is a fault", () => expect(withCodes(["tip", "irf"], ["irf", undefined])).toEqual([expect.stringContaining('fault events tip: has the code "irf", which is the code or the id of irf too.')]));
  test("a code is 2 to 5 letters and digits in lower case", () => {
    for (const code of ["t", "tipreport", "TIP", "t-p"]) expect(() => withCodes(["tip", code])).toThrow("a code is 2 to 5 letters and digits in lower case");
  });
  test("every series of ours has one", () => expect(catalogue.series.filter(({ code }) => code === undefined).map(({ id }) => id)).toEqual([]));
});

test("a manual check is due that many days after a source was verified, and at once if it never was", () => {
  const manualCheck = { everyDays: 30, message: "Look at it." };
  const { sources } = made(undefined, sourcesText([source("one", { manualCheck, verified: "2026-11-01" }), source("two", { manualCheck }), source("three")]));
  expect(manualChecks(sources)).toEqual([
    { source: "two", ...manualCheck, dueOn: null },
    { source: "one", ...manualCheck, dueOn: "2026-12-01" },
  ]);
});
