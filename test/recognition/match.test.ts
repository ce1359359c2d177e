import { describe, expect, test } from "vitest";
import { matcher } from "./catalogue.ts";

const tip = matcher({
  series: [
    {
      id: "tip",
      year: "release",
      window: { opens: "06-01", closes: "07-31" },
      chapters: true,
      recognise: [
        { role: "release", title: ["trafficking in persons report"], not: ["quiz"] },
        { role: "notice", title: ["save the date", "trafficking in persons report"] },
      ],
      never: ["monthly"],
    },
  ],
  sources: [
    { id: "state-press", publisher: "state", url: "https://feeds.example/rss", read: { as: "feed" } },
    { id: "mirror", publisher: "daily", url: "https://mirror.example/rss", read: { as: "feed" } },
  ],
});

describe("the thing itself", () => {
  test("is a release of its own publisher", () =>
    expect(tip({ title: "2021 Trafficking in Persons Report", published: "2021-07-01" })).toMatchObject({ relevance: "series", series: "tip", edition: 2021, role: "release", own: true, saysOut: false }));

  test("says on which words it was recognised", () =>
    expect(tip({ title: "2021 Trafficking in Persons Report", published: "2021-07-01" }).why).toEqual(['the title has "trafficking in persons report"', "the title names 2021, which fits 2021-07-01"]));

  test("is known by the source's id, the publisher's name, another name, a host, or the item's address", () => {
    for (const source of ["state-press", "State Department", "US State", "state", "State", "state.example", "www.state.example", "blog.state.example"])
      expect({ source, ...tip({ title: "Trafficking in Persons Report", source }) }).toMatchObject({ source, role: "release", own: true });
    expect(tip({ title: "Trafficking in Persons Report", source: "mirror", url: "https://www.state.example/tip" })).toMatchObject({ role: "release", own: true });
  });

  test("is coverage at anybody else's", () => {
    for (const source of ["mirror", "The Daily", "daily.example", "unknown.example", null])
      expect(tip({ title: "Trafficking in Persons Report", source })).toMatchObject({ series: "tip", role: "coverage", own: false, saysOut: false });
    expect(tip({ title: "Trafficking in Persons Report", source: null }).why).toContain("somebody else than its publisher reports it");
  });

  test.each(["Trafficking in Persons Report quiz", "Monthly Trafficking in Persons Report", "Persons Report", "Trafficking in Persons Reporting"])("is not %s", (title) =>
    expect(tip({ title })).toMatchObject({ relevance: "none", series: null, role: null }));

  test.each(["2021 Trafficking in Persons Report: Norway", "Trafficking in Persons Report — Republic of Korea", "Trafficking in Persons Report: Korea, Republic of", "Trafficking in Persons Report: The Gambia", "Trafficking in Persons Report: Israel, West Bank and Gaza", "Trafficking in Persons Report: China (Tier 3)", "Trafficking in Persons Report: Côte d’Ivoire"])(
    "is not another country's chapter: %s", (title) => expect(tip({ title }).relevance).toBe("none"));

  test.each(["2021 Trafficking in Persons Report: North Korea", "Trafficking in Persons Report – Democratic People’s Republic of Korea", "Trafficking in Persons Report: Introduction", "Trafficking in Persons Report - 2021"])(
    "may be the DPRK's chapter, or a part that is no country's: %s", (title) => expect(tip({ title })).toMatchObject({ series: "tip", role: "release" }));
});

describe("companions", () => {
  test("that say that it will come are notices", () => {
    const notice = tip({ title: "Secretary to Release the 2021 Trafficking in Persons Report", published: "2021-06-30" });
    expect(notice).toMatchObject({ role: "notice", own: true, edition: 2021 });
    expect(notice.why).toContain('"to release" says that it will come');
  });
  test("that somebody else announces are notices that are not its publisher's own", () =>
    expect(tip({ title: "State to release Trafficking in Persons Report", source: "daily" })).toMatchObject({ role: "notice", own: false }));
  test("that remark on it are coverage", () => {
    const remarks = tip({ title: "Remarks at the Trafficking in Persons Report Ceremony", published: "2021-07-01" });
    expect(remarks).toMatchObject({ role: "coverage", own: true, saysOut: false });
    expect(remarks.why).toContain('"remarks" makes it a companion, not the thing itself');
  });
  test("say that it is out, by the publisher's own words, inside the window", () => {
    const title = "Briefing on the Release of the 2021 Trafficking in Persons Report";
    expect(tip({ title, published: "2021-07-01" })).toMatchObject({ role: "coverage", own: true, saysOut: true });
    expect(tip({ title, published: "2021-07-01" }).why).toContain('the publisher says "on the release of", inside its window: it is out');
    expect(tip({ title, published: "2021-11-02" })).toMatchObject({ role: "coverage", saysOut: false });
    expect(tip({ title, published: null })).toMatchObject({ saysOut: true });
    expect(tip({ title, published: "2021-07-01", source: "daily" })).toMatchObject({ role: "coverage", own: false, saysOut: false });
  });
  test("are not found in the words that name the series itself", () => {
    const named = matcher({ series: [{ id: "remarks", recognise: [{ role: "release", title: ["annual remarks on rights"] }] }] });
    expect(named({ title: "Annual Remarks on Rights" })).toMatchObject({ role: "release" });
    expect(named({ title: "Briefing on the Annual Remarks on Rights" })).toMatchObject({ role: "coverage" });
  });
  test("that are routine concern no series and no right", () => expect(tip({ title: "Daily Schedule: Trafficking in Persons Report and human rights in North Korea" })).toMatchObject({ relevance: "none", why: ['"daily schedule" is routine'] }));
});

describe("conditions of a rule", () => {
  const rules = matcher({
    series: [
      {
        id: "resolution",
        publisher: "council",
        kind: "resolution",
        year: "session",
        session: "hrc",
        recognise: [
          { role: "release", symbol: ["A/HRC/RES/#/#"], country: "title" },
          { role: "release", title: ["situation of human rights"], url: ["council.example/docs/*"] },
        ],
      },
      { id: "designation", recognise: [{ role: "release", title: ["designations"], text: [["religious freedom", "cpc"]], within: { opens: "11-01", closes: "01-31" }, country: "text" }] },
      { id: "foreign", publisher: "council", recognise: [{ role: "release", title: ["white paper"], from: ["state"] }] },
      { id: "either", recognise: [{ role: "release", title: [["world report", "global report"], "2021"] }] },
    ],
    sources: [{ id: "dprk-desk", publisher: "state", url: "https://desk.example/", read: { as: "page" }, aboutCountry: true }],
  });

  test("a symbol alone is enough at its own publisher, and nothing anywhere else", () => {
    const item = { title: "Resolution on the DPRK", symbol: "A/HRC/RES/43/25", published: "2020-06-22" };
    expect(rules({ ...item, source: "council" })).toMatchObject({ series: "resolution", edition: 2020, role: "release" });
    expect(rules({ ...item, source: "daily" }).relevance).toBe("none");
    expect(rules({ ...item, source: "council", symbol: "A/HRC/43/58" }).relevance).toBe("none");
    expect(rules({ ...item, source: "council", title: "Resolution on Myanmar" }).relevance).toBe("none");
  });
  test("an address must match where one is asked", () => {
    const item = { title: "Situation of human rights", source: "council" };
    expect(rules({ ...item, url: "https://www.council.example/docs/1" })).toMatchObject({ series: "resolution", role: "release" });
    expect(rules({ ...item, url: "https://un.example/hrc/docs/1" }).relevance).toBe("none");
    expect(rules({ ...item, url: null }).relevance).toBe("none");
  });
  test("a publisher may own a part of a host alone", () => {
    const item = { title: "Resolution on the DPRK", symbol: "A/HRC/RES/43/25", source: null };
    expect(rules({ ...item, url: "https://un.example/hrc/1" })).toMatchObject({ own: true });
    expect(rules({ ...item, url: "https://un.example/ga/1" }).relevance).toBe("none");
  });
  test("text, day and country are weighed together", () => {
    const item = { title: "Designations", summary: "Religious freedom in North Korea.", published: "2020-12-07" };
    expect(rules(item)).toMatchObject({ series: "designation", role: "release" });
    expect(rules({ ...item, published: null })).toMatchObject({ series: "designation" });
    expect(rules({ ...item, published: "2020-10-31" }).series).toBeNull();
    expect(rules({ ...item, summary: "Religious freedom in Burma." }).series).toBeNull();
    expect(rules({ ...item, summary: "North Korea." }).series).toBeNull();
    expect(rules({ ...item, summary: "CPC list.", source: "dprk-desk" })).toMatchObject({ series: "designation" });
  });
  test("a rule that names its publishers reads nobody else", () => {
    expect(rules({ title: "White Paper", source: "state" })).toMatchObject({ series: "foreign", role: "release", own: true });
    expect(rules({ title: "White Paper", source: "council" }).relevance).toBe("none");
  });
  test("of a list of words one is enough, and every list is needed", () => {
    expect(rules({ title: "Global Report 2021" })).toMatchObject({ series: "either" });
    expect(rules({ title: "World Report 2021" })).toMatchObject({ series: "either" });
    expect(rules({ title: "World Report 2020" }).relevance).toBe("none");
  });
});

test("of several series the one with the stronger evidence is taken, and the publisher's own before others'", () => {
  const both = matcher({
    series: [
      { id: "short", recognise: [{ role: "release", title: ["report"] }] },
      { id: "long", recognise: [{ role: "release", title: ["annual rights report"] }] },
      { id: "others", publisher: "council", recognise: [{ role: "release", title: ["annual rights report of the year"] }] },
    ],
  });
  expect(both({ title: "Annual Rights Report of the Year" })).toMatchObject({ series: "long", own: true });
  expect(both({ title: "Annual Rights Report of the Year", source: "council" })).toMatchObject({ series: "others", own: true });
});

test("a rule that needs the body gives no role, at its own publisher alone", () => {
  const roundup = matcher({ series: [{ id: "resolution", publisher: "council", recognise: [{ role: "release", title: ["council adopts"], body: { all: ["without a vote"] } }] }] });
  const pending = roundup({ title: "Council Adopts 29 Resolutions", source: "council", url: "https://council.example/1" });
  expect(pending).toMatchObject({ relevance: "series", series: "resolution", role: null, body: { all: ["without a vote"] } });
  expect(pending.why).toContain("the title cannot tell: the body of the linked page must be read");
  expect(roundup({ title: "Council Adopts 29 Resolutions", source: "daily" }).relevance).toBe("none");
  expect(roundup({ title: "Remarks as Council Adopts 29 Resolutions", source: "council" })).toMatchObject({ role: "coverage", body: undefined });
});

test("an item without a date takes its year from an address that names a month", () =>
  expect(tip({ title: "Trafficking in Persons Report", url: "https://www.state.example/2019/06/tip.htm" })).toMatchObject({ edition: 2019 }));
