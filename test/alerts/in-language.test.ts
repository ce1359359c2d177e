import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { editionFacts } from "../../functions/notify/facts.ts";
import { knownOf } from "../../functions/notify/known.ts";
import type { AlertFacts } from "../../shared/alerts/alert.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { composeDigest } from "../../shared/alerts/compose-digest.ts";
import { inLanguage } from "../../shared/alerts/in-language.ts";
import { withParticle } from "../../shared/alerts/texts/ko-particles.ts";
import { type Style, textsOf } from "../../shared/alerts/texts/languages.ts";
import { calendar } from "../../shared/calendar/calendar.ts";
import { whyTold } from "../../shared/calendar/words.ts";
import { compare } from "../../shared/changes/compare.ts";
import { summarise } from "../../shared/changes/summary.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { match } from "../../shared/recognition/match.ts";
import { chapter, chapterYears, haveCaptures } from "../changes/captures.ts";
import { made } from "../changes/made.ts";
import { titles } from "../recognition/titles.ts";
import { lateReport, tip } from "./facts.ts";

const catalogue = await readCatalogue();
const compiled = compile(catalogue);
const [en, ko] = [textsOf({ language: "en" }), textsOf({ language: "ko" })];
const korean = { language: "ko", site: null } as const;

/** Those that Korean says as English does. */
const left = (say: (english: string) => string, sentences: readonly string[]): string[] => [...new Set(sentences)].filter((sentence) => say(sentence) === sentence);

describe("the reasons", () => {
  test("of recognition have a Korean form, each of them", () => {
    const found = titles.flatMap((item) => match(compiled, { url: null, ...item }).why);
    expect(new Set(found).size).toBeGreaterThan(50);
    expect(left(ko.reason, found.filter((reason) => !/^(it names the DPRK, but|no phrase of|".*" is routine$)/.test(reason)))).toEqual([]);
  });

  const labelled = resolve(import.meta.dirname, "../../../shared/facts/labelled-items.jsonl");
  test.skipIf(!existsSync(labelled))("of the labelled items, too", () => {
    const items = readFileSync(labelled, "utf8").trim().split("\n").map((line) => JSON.parse(line));
    const found = items.map((item) => match(compiled, item)).filter(({ relevance }) => relevance !== "none").flatMap(({ why }) => why);
    expect(left(ko.reason, found)).toEqual([]);
  });

  test("of the calendar, on days of many years and blind, say their days in Korean", () => {
    const unwatched = new Map(catalogue.sources.map(({ id }) => [id, { from: Date.parse("2026-11-25T00:00:00Z"), until: Date.parse("2026-11-26T00:00:00Z") }]));
    const found = ["2019-09-01", "2021-04-15", "2023-12-20", "2025-08-01", "2026-11-25"].flatMap((day) =>
      [new Set<string>(), new Set(catalogue.sources.map(({ id }) => id))].flatMap((unreadable) =>
        [null, unwatched].flatMap((watched) => calendar({ catalogue, recorded: [], unreadable, watched, at: `${day}T12:00:00Z` }).flatMap(whyTold)),
      ),
    );
    const kept = new Set(catalogue.series.flatMap(({ editions }) => editions.flatMap(({ why }) => why ?? [])));
    expect(left(ko.reason, found.filter((reason) => !kept.has(reason)))).toEqual([]);
    expect(ko.reason("Expected from 19 February 2025 to 14 May 2025, by the days of 10 earlier editions.")).toBe("예상 시기: 2025년 2월 19일부터 2025년 5월 14일까지(이전 판 10개가 나온 날에 따름)");
  });

  test("keep what they quote, and what a person wrote stays as it is", () => {
    expect(ko.reason('the title has "Trafficking in Persons" or "인신매매"')).toBe('제목에 "Trafficking in Persons" 또는 "인신매매" 표현이 있음');
    expect(ko.reason("the address is that of a speech on it")).toBe("the address is that of a speech on it");
    expect(ko.reason("a person said on 2026-11-25 that it is this edition, not Trafficking in Persons Report 2026")).toBe("2026년 11월 25일에 운영자가 Trafficking in Persons Report 2026이 아니라 이 판이라고 정정함");
    expect(ko.reason("a person said on 2026-11-25 that it is not Trafficking in Persons Report 2021")).toBe("2026년 11월 25일에 운영자가 Trafficking in Persons Report 2021이 아니라고 정정함");
    expect(ko.reason("the title names the DPRK and KINU (Seoul) writes of rights alone", { en: "the DPRK", ko: "북한" })).toBe("제목에 북한이 나오고, 이 기관(KINU (Seoul))은 인권만 다룸");
    expect(en.reason("entered by hand on 2026-11-25")).toBe("entered by hand on 2026-11-25");
  });
});

const report = (extra: string): string => `# Executive Summary\n\nKillings went on in the camps of the north. Nobody was punished for anything.\n\n# Prisons\n\nGuards held 517 prisoners in four camps. Food was short all year.${extra}`;

test.each([["국가별 인권보고서 2021", "이", "로"], ["보고서", "가", "로"], ["결의", "가", "로"], ["판", "이", "으로"], ["2020", "이", "으로"], ["2022", "가", "로"], ["2018", "이", "로"], ["서울", "이", "로"], ["“인권”", "이", "으로"], ["KINU", "이(가)", "(으)로"]])("%s takes the particle that it is read with", (word, subject, towards) => {
  expect([withParticle(word, "subject"), withParticle(word, "towards")]).toEqual([word + subject, word + towards]);
});

describe("what changed", () => {
  const names = { before: "the 2019 edition", after: "the 2020 edition" };

  test("has a Korean form, each sentence of it", () => {
    const after = `${report(" Several prisoners died of torture in October, according to defectors.").replace("517", "612").replace("Killings went on", "Public killings went on").replace(" Nobody was punished for anything.", "")}\n\n# Borders\n\nSoldiers shot at whoever crossed the border to the north.`;
    const told = summarise(compare(made(report("")), made(after)), names).map(ko.change);
    expect(told.slice(0, 4)).toEqual([
      expect.stringMatching(/^2020년판의 \d+%가 2019년판과 표현과 위치까지 같습니다\. 문장 수: 추가 2, 삭제 1, 변경 2\.$/),
      "분량이 늘었습니다: 26단어에서 42단어로.",
      "새로 생긴 절: “Borders”.",
      "숫자가 517에서 612로 바뀜, “Prisons”: “… Guards held 612 prisoners in four camps …”.",
    ]);
    expect(told).toContain("변경됨, “Executive Summary”: “[추가: Public] killings went on in the camps of the …”.");
    expect(summarise(compare(made(report("")), made(report(""))), names).map(ko.change)).toEqual(["2020년판에는 2019년판 대비 추가·삭제·변경된 문장이 없습니다."]);
  });

  test("in resolutions says how they were adopted and by whom", () => {
    expect(ko.change("Adopted without a vote; the 2023 edition was adopted by 22 to 7, with 18 abstentions.")).toBe("표결 없이 채택되었습니다. 2023년판은 찬성 22, 반대 7, 기권 18표로 채택되었습니다.");
    expect(ko.change("Sponsors: 5, before 4 (new: Fiji, Ukraine; no longer: Chile and 2 more).")).toBe("공동제안국: 4에서 5로(추가: Fiji, Ukraine; 제외: Chile 외 2).");
    expect(ko.change("It has 4 paragraphs in its preamble, before 3.")).toBe("전문(前文)의 단락 수: 3에서 4로.");
    expect(ko.change("2 sections have another heading: “A” is now “B” and 1 more.")).toBe("제목이 바뀐 절 2개: “A” → “B” 외 1.");
  });

  const pairs = chapterYears.slice(1).map((year, at) => [chapterYears[at] ?? year, year] as const);
  test.skipIf(!haveCaptures).each(pairs)("from the chapter of %i to that of %i is said in Korean, sentence by sentence", (before, after) => {
    expect(left(ko.change, summarise(compare(chapter(before), chapter(after)), { before: `the ${before} edition`, after: `the ${after} edition` }))).toEqual([]);
  });
});

describe("names", () => {
  const tipSeries = catalogue.series.find(({ id }) => id === "us-state-tip-report");
  const ring = { alert: tip.id, kind: "edition", at: tip.at, source: "us-state-press", title: tip.title, url: tip.url, published: tip.published, symbol: null, language: "en", basis: "release", update: false, why: [] } as const;
  const facts = editionFacts(knownOf(catalogue), { series: "us-state-tip-report", year: 2021 }, ring, []);

  test("are the catalogue's Korean ones in Korean messages, and stay English for programs", () => {
    const { email, sms, json } = compose(facts, korean);
    expect(email.subject).toBe("발간: 인신매매보고서 2021 (미국 국무부)");
    expect(sms).toMatch(/^발간: 미 인신매매보고서 2021 \(미 국무부\)\./);
    expect(JSON.parse(json)).toMatchObject({ seriesName: tipSeries?.name, publisherName: "U.S. Department of State" });
    expect(compose(facts).email.subject).toBe("Out: Trafficking in Persons Report 2021 (U.S. Department of State)");
  });

  test("are Korean in a digest of them, too", () => {
    const digest = composeDigest({ id: "digest:1", at: tip.at, pace: "weekly", alerts: [compose(facts, korean)] }, korean);
    expect(digest.email.subject).toBe("주간 요약, 알림 1건: 발간: 미 인신매매보고서 2021");
    expect(digest.sms).toBe("주간 요약, 알림 1건: 발간: 미 인신매매보고서 2021. 중지: STOP 또는 문의");
  });

  test("stay English where the catalogue has no others", () => {
    expect(compose(tip, korean).email.subject).toBe("발간: Trafficking in Persons Report 2021 (US State Department)");
  });

  test("stand for a title that was made of them, and our own sources have names in every language", () => {
    const translated = { ko: { name: "국가별 인권보고서", short: "미 인권보고서" } };
    const told = inLanguage({ ...lateReport, series: lateReport.series && { ...lateReport.series, translated }, source: { id: "calendar", name: "the calendar of this almanac" } }, ko);
    expect([told.title, told.source.name]).toEqual(["국가별 인권보고서 2024", "이 알림 서비스의 발간 일정"]);
    expect(inLanguage(lateReport, en)).toEqual(lateReport);
  });

  test("are there in Korean for each series and its publisher", () => {
    expect(catalogue.series.filter(({ translated }) => translated?.["ko"] === undefined).map(({ id }) => id)).toEqual([]);
    const publishers = new Set(catalogue.series.map(({ publisher }) => publisher));
    expect(catalogue.publishers.filter(({ id, translated }) => publishers.has(id) && translated?.["ko"] === undefined).map(({ id }) => id)).toEqual([]);
  });
});

describe("a reader's zone", () => {
  const late: AlertFacts = { ...tip, published: "2026-11-25T20:01:00Z", at: "2026-11-25T20:05:00Z" };

  test("is that of the moments in what is for one reader, with its name", () => {
    const seoul: Style = { language: "ko", site: null, zone: "Asia/Seoul" };
    expect(compose(late, seoul).email.text).toContain("발표: 2026년 11월 26일, 05:01 (한국 시간)\n확인: 2026년 11월 26일, 05:05 (한국 시간)");
    expect(compose({ ...late, url: null }, { ...seoul, language: "en" }).sms).toContain("26 November 05:01 (Asia/Seoul).");
    expect(composeDigest({ id: "digest:1", at: tip.at, pace: "weekly", alerts: [compose(late, seoul)] }, seoul).email.text).toContain("\n2026년 11월 26일, 05:01 (한국 시간)\n");
    expect(compose(late, { language: "en", site: null, zone: "America/New_York" }).email.text).toContain("Published: 25 November 2026, 15:01 (America/New_York)");
  });

  test("is UTC where nobody asked for another, and a day alone stays that day", () => {
    expect(compose(late).email.text).toContain("Published: 25 November 2026, 20:01 UTC");
    expect(compose(late, { language: "en", site: null, zone: "UTC" })).toEqual(compose(late));
    expect(compose({ ...late, published: "2026-11-25" }, { language: "en", site: null, zone: "America/New_York" }).email.text).toContain("Published: 25 November 2026 (no time was given)");
  });
});
