import * as fc from "fast-check";
import { type AlertFacts, alertKinds } from "../../shared/alerts/alert.ts";
import { theme } from "../recognition/catalogue.ts";

/** The alert on the Trafficking in Persons Report 2021, as the briefing on its release first showed it. */
export const tip: AlertFacts = {
  id: "edition-us-state-tip-report-2021",
  kind: "edition",
  at: "2021-07-01T18:40:15Z",
  publisher: { id: "us-state", name: "US State Department", short: "State" },
  series: { id: "us-state-tip-report", name: "Trafficking in Persons Report", short: "TIP report", kind: "report" },
  edition: 2021,
  title: "Acting Director Dr. Kari Johnstone on the Release of the 2021 Trafficking in Persons Report",
  url: "https://www.state.gov/briefing-with-acting-director-dr-kari-johnstone-office-to-monitor-and-combat-trafficking-in-persons-on-the-release-of-the-2021-trafficking-in-persons-report/",
  published: "2021-07-01T18:33:52Z",
  symbol: null,
  language: "en",
  basis: "coverage",
  update: false,
  why: ['The title has "trafficking in persons report" and the year 2021.', '"On the release of" says that it is out; 1 July lies in the window.'],
  source: { id: "us-state-press", name: "US State Department press releases" },
  earlier: [
    { year: 2020, released: "2020-06-25", url: "https://www.state.gov/reports/2020-trafficking-in-persons-report/north-korea/" },
    { year: 2019, released: "2019-06-20", url: null },
  ],
  window: { opens: "06-01", closes: "10-15" },
  due: { day: "06-30", law: "22 U.S.C. 7107(b)" },
};

/** The document itself, seen a day later. */
export const tipDocument: AlertFacts = {
  ...tip,
  id: "edition-us-state-tip-report-2021-document",
  at: "2021-07-02T06:00:00Z",
  title: "2021 Trafficking in Persons Report",
  url: "https://www.state.gov/reports/2021-trafficking-in-persons-report/",
  published: "2021-07-01",
  basis: "release",
  update: true,
  why: [],
};

export const tipNotice: AlertFacts = {
  ...tip,
  id: "notice-us-state-tip-report-2021",
  kind: "notice",
  at: "2021-06-30T12:00:00Z",
  title: "Secretary Blinken to Release the 2021 Trafficking in Persons Report",
  url: "https://www.state.gov/secretary-blinken-to-release-the-2021-trafficking-in-persons-report/",
  published: "2021-06-30T11:50:00Z",
  basis: null,
  why: ['"To release" says that it will come.'],
};

/** The human-rights report of 2024 on 1 August 2025, when it had not come. */
export const lateReport: AlertFacts = {
  ...tip,
  id: "late:us-state-human-rights-report:2024:2025-08-01",
  kind: "late",
  at: "2025-08-01T06:00:00Z",
  series: { id: "us-state-human-rights-report", name: "Country Reports on Human Rights Practices", short: "US human rights report", kind: "report" },
  edition: 2024,
  title: "Country Reports on Human Rights Practices 2024",
  url: null,
  published: null,
  basis: null,
  why: [],
  earlier: [{ year: 2023, released: "2024-04-22", url: null }],
  window: { opens: "02-19", closes: "05-14" },
  due: { day: "02-25", law: "Foreign Assistance Act of 1961" },
  late: { missed: false, against: "due", from: "2025-02-25", days: 157, latest: { edition: 2014, days: 120 } },
};

export const koreanSeminar: AlertFacts = {
  ...tip,
  id: "about-kinu-1",
  kind: "about",
  theme: { name: theme.name, subject: theme.subject },
  publisher: { id: "kinu", name: "Korea Institute for National Unification", short: "KINU" },
  series: null,
  edition: null,
  title: "북한인권백서 2021 — 온라인 세미나 개최 안내",
  url: "https://www.kinu.or.kr/news/1",
  published: "2021-06-30",
  language: "ko",
  basis: null,
  why: ["The title names human rights in the DPRK (북한인권)."],
  source: { id: "kinu-news", name: "KINU news" },
  earlier: [],
  window: null,
  due: null,
};

export const blockedSource: AlertFacts = {
  ...tip,
  id: "health-us-state-press-blocked",
  kind: "health",
  series: null,
  edition: null,
  title: "US State Department press releases: blocked",
  url: "https://www.state.gov/rss-feed/press-releases/feed/",
  published: null,
  basis: null,
  why: ["The answer was a challenge page, not a feed.", "Last read on 30 June 2021, 06:00 UTC."],
  earlier: [],
  window: null,
  due: null,
};

/** Text as hostile as a title can be: any code unit, direction marks, line breaks, Korean, great length. */
const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 400 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
  fc.array(fc.constantFrom("\r\n", "\u202E", "\u0000", "\u0085", "북한 인권", "Report", "e\u0301\u0302\u0303", "👩‍👩‍👧‍👦", "^|€", "<b>", " "), { maxLength: 60 }).map((parts) => parts.join("")),
  fc.constantFrom("가".repeat(2000), "x".repeat(2000), `a${"\u0301".repeat(2000)}`, "human rights ".repeat(160)),
);

const anyDate = fc.oneof(
  fc.date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true, min: new Date("1990-01-01"), max: new Date("2040-12-31") }).map((date) => date.toISOString().slice(0, 10)),
  anyText,
);
const anyUrl = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true, size: "large" }),
  fc.constantFrom("javascript:alert(1)", "http://", "https://state.gov@evil.example/", `https://a.example/${"x".repeat(3000)}`, "https://한국.kr/북한?`|~"),
  anyText,
);
const names = { name: anyText, short: anyText };
const translated = fc.option(fc.record({ ko: fc.record(names) }), { nil: undefined });
const named = fc.record({ id: anyText, ...names, translated });
const anySeries = fc.record({ id: anyText, ...names, translated, kind: fc.constantFrom("report", "resolution", "meeting", "act", "designation") });
const anyYear = fc.oneof(fc.integer({ min: 1948, max: 2100 }), fc.integer());
const monthDay = fc.oneof(fc.constantFrom("06-30", "02-29", "12-31", "10-01"), anyText);
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null, freq: 4 });

/** Facts that no catalogue would let through. */
export const anyFacts: fc.Arbitrary<AlertFacts> = fc.record({
  id: anyText,
  kind: fc.constantFrom(...alertKinds),
  at: anyDate,
  publisher: named,
  series: orNull(anySeries),
  edition: orNull(anyYear),
  title: anyText,
  url: orNull(anyUrl),
  published: orNull(anyDate),
  symbol: orNull(anyText),
  language: orNull(anyText),
  basis: fc.constantFrom("release", "coverage", null),
  update: fc.boolean(),
  why: fc.array(anyText, { maxLength: 12 }),
  source: fc.record({ id: anyText, name: anyText }),
  earlier: fc.array(fc.record({ year: orNull(anyYear), released: anyDate, url: orNull(anyUrl) }), { maxLength: 4 }),
  window: orNull(fc.record({ opens: monthDay, closes: monthDay })),
  due: orNull(fc.record({ day: monthDay, law: anyText })),
  late: fc.option(fc.record({ missed: fc.boolean(), against: fc.constantFrom("due", "window"), from: anyDate, days: fc.integer(), latest: orNull(fc.record({ edition: fc.integer(), days: fc.integer() })) }), { nil: undefined, freq: 3 }),
  corrects: fc.option(fc.record({ kind: fc.constantFrom("edition", "notice"), wrong: fc.tuple(fc.record({ alert: anyText, at: anyDate, kind: fc.constantFrom("edition", "notice", "changes"), language: orNull(anyText), broadcast: fc.boolean() })), to: orNull(fc.record({ series: anyText, name: anyText, short: fc.option(anyText, { nil: undefined }), edition: orNull(anyYear) })) }), { nil: undefined, freq: 3 }),
});
