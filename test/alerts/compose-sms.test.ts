import { expect, test } from "vitest";
import { composeSms } from "../../shared/alerts/compose-sms.ts";
import { plainStyle } from "../../shared/alerts/texts/languages.ts";
import { blockedSource, koreanSeminar, lateReport, tip, tipDocument, tipNotice } from "./facts.ts";

test("an edition whose address is too long names the host instead", () => {
  expect(composeSms(tip)).toBe("Out, says State: TIP report 2021. 1 July 18:33 UTC. www.state.gov, link in email. To end, reply STOP or ask us.");
});

test("an address that fits is there whole", () => {
  expect(composeSms(tipDocument)).toBe(
    "Document seen: TIP report 2021 (State). 1 July. https://www.state.gov/reports/2021-trafficking-in-persons-report/ To end, reply STOP or ask us.",
  );
});

test("the time gives way to the address", () => {
  expect(composeSms(tipNotice)).toBe(
    "Announced: TIP report 2021 (State). 30 June 11:50 UTC. https://www.state.gov/secretary-blinken-to-release-the-2021-trafficking-in-persons-report/",
  );
  const url = "https://www.state.gov/secretary-antony-j-blinken-to-release-the-2021-trafficking-in-persons-report/";
  expect(composeSms({ ...tipNotice, url })).toBe(`Announced: TIP report 2021 (State). ${url}`);
});

test("a Korean title gives way to words that a phone can show", () => {
  expect(composeSms(koreanSeminar)).toBe("New: a new item in Korean (KINU). 30 June. https://www.kinu.or.kr/news/1 To end, reply STOP or ask us.");
});

test("a Korean edition goes by the series' short name", () => {
  const series = { id: "kinu-white-paper", name: "북한인권백서", short: "KINU White Paper", kind: "report" } as const;
  const facts = { ...koreanSeminar, kind: "edition", series, edition: 2021, basis: "release" } as const;
  expect(composeSms(facts)).toBe("Out: KINU White Paper 2021 (KINU). 30 June. https://www.kinu.or.kr/news/1 To end, reply STOP or ask us.");
});

test("a title is made plain, and cut between words rather than its link", () => {
  const title = "North Korea’s “Kwanliso” camps – Sŏn’gun and the café: a report on what former prisoners told us of hunger and of work in the mines";
  expect(composeSms({ ...koreanSeminar, language: "en", title, url: "https://www.hrnk.org/2021/camps" })).toBe(
    "New: North Korea's \"Kwanliso\" camps - Son'gun and the café: a report on what former prisoners... (KINU). 30 June. https://www.hrnk.org/2021/camps",
  );
});

test("a source's state", () => {
  expect(composeSms(blockedSource)).toBe("Source: US State Department press releases: blocked. https://www.state.gov/rss-feed/press-releases/feed/ To end, reply STOP or ask us.");
});

test("how to end them gives way to the title and the link, and is never cut", () => {
  const url = `https://www.hrnk.org/${"x".repeat(60)}`;
  const long = composeSms({ ...koreanSeminar, language: "en", title: "A report on the camps, and what has come of those who were in them", url });
  expect(long).toMatch(/x{60}$/);
  const korean = { ...plainStyle, language: "ko" } as const;
  expect(composeSms({ ...tip, url: null, published: null }, korean)).toMatch(/ 중지: STOP 또는 문의$/);
  expect(composeSms(tip, korean)).not.toContain("중지");
});

test("what is not known is left out", () => {
  expect(composeSms({ ...tip, basis: "release", edition: null, url: null, published: null })).toBe("Out: TIP report (State). To end, reply STOP or ask us.");
});

test("late, missed, and what we cannot tell fit into one part", () => {
  expect(composeSms(lateReport)).toBe("Late by 157 days: US human rights report 2024 (State). To end, reply STOP or ask us.");
  expect(composeSms({ ...lateReport, late: { missed: true, against: "due", from: "2025-02-25", days: 250, latest: null } })).toBe("Missed: US human rights report 2024 (State). To end, reply STOP or ask us.");
  expect(composeSms({ ...lateReport, kind: "blind" })).toBe("Cannot tell: US human rights report 2024 (State). To end, reply STOP or ask us.");
  expect(composeSms({ ...lateReport, kind: "blind", update: true })).toBe("Can tell again: US human rights report 2024 (State). To end, reply STOP or ask us.");
});
