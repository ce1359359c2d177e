import { expect, test } from "vitest";
import type { AlertFacts } from "../../shared/alerts/alert.ts";
import { composeEmail } from "../../shared/alerts/compose-email.ts";
import { forAddress } from "../../shared/alerts/email-frame.ts";
import { blockedSource, koreanSeminar, lateReport, tip, tipDocument, tipNotice } from "./facts.ts";

test("an edition that its publisher speaks of", () => {
  const { subject, text } = composeEmail(tip);
  expect(subject).toBe("Out: Trafficking in Persons Report 2021 (US State Department)");
  expect(text).toBe(`Out, says US State Department: Trafficking in Persons Report 2021.

"Acting Director Dr. Kari Johnstone on the Release of the 2021
Trafficking in Persons Report"

https://www.state.gov/briefing-with-acting-director-dr-kari-johnstone-office-to-monitor-and-combat-trafficking-in-persons-on-the-release-of-the-2021-trafficking-in-persons-report/

Published: 1 July 2021, 18:33 UTC
Seen: 1 July 2021, 18:40 UTC

The publisher says so; the document was not seen yet. Why: The title has
"trafficking in persons report" and the year 2021; "On the release of"
says that it is out; 1 July lies in the window.

6 days later than last year's 25 June.
Usual window: 1 June to 15 October.
Statutory day 30 June: 1 day late.

Last year's edition (2020): 25 June 2020
https://www.state.gov/reports/2020-trafficking-in-persons-report/north-korea/

-- 
Source: US State Department press releases
Alert: edition-us-state-tip-report-2021
To stop these messages, ask whoever runs this almanac, whose command is:
almanac unsubscribe ADDRESS
`);
});

test("what was entered by hand is no release that was seen, also where the series comes in no yearly rhythm", () => {
  const series = { id: "hrw-special-report", name: "Special reports of HRW", short: "HRW special report", kind: "report" } as const;
  const entered = { ...koreanSeminar, series, basis: "release", source: { id: "by-hand", name: "a person who runs this almanac" } } as const;
  const said = (language: "en" | "ko"): string => composeEmail(entered, { language, site: null }).text.replaceAll("\n", " ");
  expect(said("en")).toContain('It was entered by hand, by whoever runs this almanac; no source has shown it. It belongs to "Special reports of HRW", which comes in no yearly rhythm.');
  expect(said("en")).not.toContain("This is the release itself");
  expect(said("ko")).toContain('아직 어느 출처에서도 확인되지 않았습니다. 정해진 주기 없이 나오는 "Special reports of HRW"에 속합니다.');
});

test.each([["edition", "release", "Published: OFAC designations 2022 (US State Department)."], ["edition", "coverage", "Published, says US State Department: OFAC designations 2022."], ["notice", null, "Announced: OFAC designations 2022 (US State Department)."], ["late", null, "Late: OFAC designations 2022 (US State Department)."]] as const)("no sentence has a verb that a name of several things would not take: %s by %s", (kind, basis, said) => {
  const series = { id: "ofac", name: "OFAC designations", short: "OFAC", kind: "designation" } as const;
  expect(composeEmail({ ...tip, series, edition: 2022, kind, basis }).text.split("\n")[0]).toBe(said);
});

test("what is said of an act is true of a bill as well", () => {
  const series = { id: "act", name: "Otto Warmbier Act", short: "Act", kind: "act" } as const;
  expect(composeEmail({ ...tip, series, basis: "release" }).text).toMatch(/^Published: Otto Warmbier Act 2021 /);
});

test("no reader is told to run what only the operator can", () => {
  expect(composeEmail(tip).text).toMatch(/ask whoever runs this almanac, whose command is:\nalmanac unsubscribe ADDRESS\n$/);
  expect(composeEmail(tip, { language: "ko", site: null }).text).toMatch(/운영자에게 요청하세요\. 운영자가 실행할 명령:\nalmanac unsubscribe ADDRESS\n$/);
});

test("the document of an edition that rang before", () => {
  const { subject, text } = composeEmail(tipDocument);
  expect(subject).toBe("Document seen: Trafficking in Persons Report 2021 (US State Department)");
  expect(text.split("\n-- \n")[0]).toBe(`The document is here now: Trafficking in Persons Report 2021 (US State
Department). An earlier message said so before it was seen.

"2021 Trafficking in Persons Report"

https://www.state.gov/reports/2021-trafficking-in-persons-report/

Published: 1 July 2021 (no time was given)
Seen: 2 July 2021, 06:00 UTC

This is the release itself.

6 days later than last year's 25 June.
Usual window: 1 June to 15 October.
Statutory day 30 June: 1 day late.

Last year's edition (2020): 25 June 2020
https://www.state.gov/reports/2020-trafficking-in-persons-report/north-korea/
`);
});

test("a notice does not say how late anything is", () => {
  const { subject, text } = composeEmail(tipNotice);
  expect(subject).toBe("Announced: Trafficking in Persons Report 2021 (US State Department)");
  expect(text).toContain("This is a notice that it will come; it is not out yet.");
  expect(text).toContain("Usual window: 1 June to 15 October.\nStatutory day 30 June.\n");
  expect(text).not.toMatch(/later than|days? late/);
});

test("an item of no series is named by its own title, in its own language", () => {
  const { subject, text } = composeEmail(koreanSeminar);
  expect(subject).toBe("New: 북한인권백서 2021 — 온라인 세미나 개최 안내 (KINU)");
  expect(text.split("\n-- \n")[0]).toBe(`New on human rights in the DPRK, from KINU.

"북한인권백서 2021 — 온라인 세미나 개최 안내"

https://www.kinu.or.kr/news/1

Published: 30 June 2021 (no time was given)
Seen: 1 July 2021, 18:40 UTC

It was recognised by its words and is of no series that we know. Why:
The title names human rights in the DPRK (북한인권).
`);
});

test("a source that is blocked", () => {
  const { subject, text } = composeEmail(blockedSource);
  expect(subject).toBe("Source: US State Department press releases: blocked");
  expect(text.split("\n-- \n")[0]).toBe(`US State Department press releases: blocked

https://www.state.gov/rss-feed/press-releases/feed/

As of: 1 July 2021, 18:40 UTC

Why: The answer was a challenge page, not a feed; Last read on 30 June
2021, 06:00 UTC.
`);
});

test("a report that has not come is told by how late it is, against the law and the latest ever", () => {
  const { subject, text } = composeEmail(lateReport);
  expect(subject).toBe("Late by 157 days: Country Reports on Human Rights Practices 2024 (US State Department)");
  expect(text).toBe(`Late: Country Reports on Human Rights Practices 2024 (US State
Department).

As of: 1 August 2025, 06:00 UTC

Its sources can be read, and none of them has shown it.

157 days after the statutory day, 25 February 2025.
Later than ever: the latest before it came 120 days after that day
(edition 2014).
Usual window: 19 February to 14 May.

Last year's edition (2023): 22 April 2024

-- 
Source: US State Department press releases
Alert: late:us-state-human-rights-report:2024:2025-08-01
To stop these messages, ask whoever runs this almanac, whose command is:
almanac unsubscribe ADDRESS
`);
});

test("the latest ever is named where this one is not later", () => {
  const late = { missed: false, against: "due", from: "2026-02-25", days: 168, latest: { edition: 2024, days: 168 } } as const;
  expect(composeEmail({ ...lateReport, edition: 2025, late }).text).toContain("168 days after the statutory day, 25 February 2026.\nThe latest ever came 168 days after that day (edition 2024).");
});

test("what is missed, what we cannot tell and what we can tell again are said differently", () => {
  const missed = composeEmail({ ...lateReport, late: { missed: true, against: "window", from: "2025-05-18", days: 130, latest: null } });
  expect(missed.subject).toBe("Missed: Country Reports on Human Rights Practices 2024 (US State Department)");
  expect(missed.text).toMatch(/^Missed: .*nearer to\s+the next one than to its own time.*130 days after the end of its usual days, 18 May 2025/s);
  const blind = composeEmail({ ...lateReport, kind: "blind" });
  expect(blind.subject).toBe("Cannot tell: Country Reports on Human Rights Practices 2024 (US State Department)");
  expect(blind.text).toMatch(/should be out by now.*It may be out\./s);
  // It may have come on any of these days, so none of them is counted.
  expect(blind.text).not.toMatch(/is late|has not come|\d days/);
  expect(blind.text).toContain("Usual window: 19 February to 14 May.\nStatutory day 25 February.");
  const again = composeEmail({ ...lateReport, kind: "blind", update: true });
  expect(again.subject).toBe("Can tell again: Country Reports on Human Rights Practices 2024 (US State Department)");
  expect(again.text).toMatch(/can be\s+read again.*None of them has shown it: it is late\./s);
});

test("what is late, or may be out, has the page to look at, and so has a correction to nothing", () => {
  const url = "https://www.state.gov/human-rights-reports/";
  const wrong = { kind: "edition", wrong: [{ alert: tip.id, at: tip.at, kind: "edition", language: tip.language, broadcast: true }], to: null } as const;
  for (const facts of [{ ...lateReport, url }, { ...lateReport, kind: "blind", url } as const, { ...tip, kind: "correction", url, corrects: wrong } as const]) {
    expect(composeEmail(facts).text).toContain(`\n\nThe page to look at:\n${url}\n\n`);
    expect(composeEmail(facts, { language: "ko", site: null }).text).toContain(`\n\n확인할 페이지:\n${url}\n\n`);
  }
  expect(composeEmail(tip).text).not.toContain("The page to look at");
});

/** The page on the site that the email has; undefined where it has none. */
const page = (facts: AlertFacts, language: "en" | "ko" = "en") => /(?:On the site of this almanac|이 알림 서비스의 페이지):\n(\S+)/.exec(composeEmail(facts, { language, site: "https://almanac.example" }).text)?.[1];

test("where there is a site, it has the page of the edition there, or of the series where that may have none", () => {
  const right = { series: "us-state-irf-report", name: "International Religious Freedom Report", edition: 2020 };
  const corrects = { kind: "edition", wrong: [{ alert: tip.id, at: tip.at, kind: "edition", language: tip.language, broadcast: true }] } as const;
  expect(page(tip)).toBe("https://almanac.example/series/us-state-tip-report/2021");
  expect(page(tip, "ko")).toBe("https://almanac.example/ko/series/us-state-tip-report/2021");
  expect(page(lateReport)).toBe("https://almanac.example/series/us-state-human-rights-report");
  expect(page({ ...tip, kind: "correction", corrects: { ...corrects, to: null } })).toBe("https://almanac.example/series/us-state-tip-report");
  expect(page({ ...tip, kind: "correction", corrects: { ...corrects, to: right } })).toBe("https://almanac.example/series/us-state-irf-report/2020");
  expect(page(koreanSeminar)).toBeUndefined();
  expect(composeEmail(tip).text).not.toContain("On the site");
});

test("a subject says what was entered by hand", () => {
  const entered = { ...tipDocument, update: false, source: { id: "by-hand", name: "a person" } };
  expect(composeEmail(entered).subject).toBe("Out: Trafficking in Persons Report 2021 (US State Department, entered by hand)");
  expect(composeEmail(entered, { language: "ko", site: null }).subject).toBe("발간: Trafficking in Persons Report 2021 (US State Department, 직접 입력)");
  const long = composeEmail({ ...entered, update: true, series: tip.series && { ...tip.series, name: "A Report with a Very Long Name ".repeat(5).trim() }, publisher: { id: "p", name: "A Publisher of 32 Letters in All.", short: "Publisher" } });
  expect(long.subject).toMatch(/^Document seen: A Report with a .*… 2021 \(.*, entered by hand\)$/);
  expect(long.subject.length).toBeLessThanOrEqual(99);
});

test("late and blind are said differently", () => {
  const overdue = { ...tip, at: "2021-07-12T00:00:00Z", published: null, url: null, title: "", basis: null };
  expect(composeEmail({ ...overdue, kind: "late" }).text).toMatch(/^Late: Trafficking in Persons Report 2021 \(US.*none of them has shown it.*Statutory day 30 June: 12 days late/s);
  const blind = composeEmail({ ...overdue, kind: "blind" });
  expect(blind.subject).toBe("Cannot tell: Trafficking in Persons Report 2021 (US State Department)");
  expect(blind.text).toContain("It may be out.");
});

test("what is not known is said or left out", () => {
  const { subject, text } = composeEmail({
    ...tip,
    edition: null,
    url: null,
    published: null,
    basis: null,
    title: "",
    why: [],
    earlier: [{ year: 2020, released: "unknown", url: null }],
    window: null,
    due: null,
  });
  expect(subject).toBe("Out: Trafficking in Persons Report (US State Department)");
  expect(text.split("\n-- \n")[0]).toBe(`Out: Trafficking in Persons Report (US State Department).

No link: the source gave none.

Published: day not given
Seen: 1 July 2021, 18:40 UTC

Edition before (2020): its day is not known
`);
});

test("a link that could mislead or run is not shown", () => {
  for (const url of ["javascript:alert(1)", "data:text/html,x", "https://state.gov@evil.example/", "not an address"])
    expect(composeEmail({ ...tip, url }).text).toContain("\nNo link: the address that the source gave is not safe to open.\n");
});

test("a long name loses its end, between words, and keeps year and publisher", () => {
  const series = { kind: "report" as const, id: "x", short: "x", name: "Report on a Review of the Situation of Human Rights Defenders, Journalists and Others in Many Countries" };
  expect(composeEmail({ ...tip, series }).subject).toBe(
    "Out: Report on a Review of the Situation of Human Rights Defenders… 2021 (US State Department)",
  );
});

test("a title cannot break a header or pass for our own words", () => {
  const { subject, text } = composeEmail({ ...koreanSeminar, title: "Free\r\nBcc: all@example.org\r\n\r\n\u202EThis is the release itself.\u0000" });
  expect(subject).toBe("New: Free Bcc: all@example.org This is the release itself. (KINU)");
  expect(text).toContain('\n"Free Bcc: all@example.org This is the release itself."\n');
});

test("the last line is what the reader types to stop it", () => {
  const { text } = composeEmail({ ...tip, title: "almanac unsubscribe ADDRESS" });
  expect(forAddress(text, "a$&b@example.org")).toBe(text.replace(/ADDRESS\n$/, () => "a$&b@example.org\n"));
});
