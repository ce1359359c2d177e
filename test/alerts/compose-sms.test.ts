import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { previewFacts } from "../../cli/preview-facts.ts";
import type { AlertFacts } from "../../shared/alerts/alert.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { composeSms } from "../../shared/alerts/compose-sms.ts";
import { plainStyle, styleFor } from "../../shared/alerts/texts/languages.ts";
import { blockedSource, koreanSeminar, lateReport, tip, tipDocument, tipNotice } from "./facts.ts";

const korean = { ...plainStyle, language: "ko" } as const;

test("an edition whose address is too long names the host instead", () => {
  expect(composeSms(tip)).toBe("Out, says State: TIP report 2021. 1 July 18:33 UTC. www.state.gov, link in email. +6 days vs 2020. To end, reply STOP or ask us.");
});

test("an address that fits is there whole", () => {
  expect(composeSms(tipDocument)).toBe(
    "Document seen: TIP report 2021 (State). 1 July. https://www.state.gov/reports/2021-trafficking-in-persons-report/ +6 days vs 2020.",
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
  expect(composeSms({ ...tip, url: null, published: null }, korean)).toMatch(/ 중지: STOP 또는 문의$/);
  expect(composeSms(tip, korean)).not.toContain("중지");
});

test("what is not known is left out", () => {
  expect(composeSms({ ...tip, basis: "release", edition: null, url: null, published: null, earlier: [] })).toBe("Out: TIP report (State). To end, reply STOP or ask us.");
});

test("late, missed, and what we cannot tell fit into one part", () => {
  expect(composeSms(lateReport)).toBe("Late by 157 days: US human rights report 2024 (State). To end, reply STOP or ask us.");
  expect(composeSms({ ...lateReport, late: { missed: true, against: "due", from: "2025-02-25", days: 250, latest: null } })).toBe("Missed: US human rights report 2024 (State). To end, reply STOP or ask us.");
  expect(composeSms({ ...lateReport, kind: "blind" })).toBe("Cannot tell: US human rights report 2024 (State). To end, reply STOP or ask us.");
  expect(composeSms({ ...lateReport, kind: "blind", update: true })).toBe("Can tell again: US human rights report 2024 (State). To end, reply STOP or ask us.");
});

const dated = (published: string): AlertFacts => ({ ...tip, basis: "release", url: null, published });
const linked = (length: number): string => composeSms({ ...dated("2021-07-08"), url: `https://www.state.gov/${"x".repeat(length)}` });

describe("how late or early an edition is", () => {
  test("stands against the edition before, before how to end them", () => {
    expect(composeSms(dated("2021-07-08"))).toBe("Out: TIP report 2021 (State). 8 July. +13 days vs 2020. To end, reply STOP or ask us.");
    expect(composeSms(dated("2021-06-24"))).toBe("Out: TIP report 2021 (State). 24 June. -1 day vs 2020. To end, reply STOP or ask us.");
    expect(composeSms(dated("2021-07-08"), korean)).toBe("발간: TIP report 2021 (State). 7월 8일. 2020년판보다 13일 늦음.");
    expect(composeSms(dated("2021-06-24"), { ...korean, contact: "desk@example.org" })).toBe("발간: TIP report 2021 (State). 6월 24일. 2020년판보다 1일 빠름.");
  });

  test("is not said on the same day, of what is not out, and where nothing is known to compare with", () => {
    for (const facts of [dated("2021-06-25"), { ...dated("2021-07-08"), kind: "notice" } as const, { ...dated("2021-07-08"), earlier: [] }]) expect(composeSms(facts)).not.toMatch(/\d day|vs/);
  });

  test("gives way as a whole, with its year or without", () => {
    expect([linked(70), linked(71), linked(78), linked(79)].map((said) => said.slice(said.lastIndexOf("x") + 1))).toEqual([" +13 days vs 2020.", " +13 days.", " +13 days.", ""]);
  });
});

test("what was entered by hand says so before how late it is, and a correction does not", () => {
  const byHand = { ...tip, basis: "release", url: null, source: { id: "by-hand", name: "a person" } } as const;
  expect(composeSms(byHand)).toBe("Out: TIP report 2021 (State). 1 July 18:33 UTC. (by hand) +6 days vs 2020. To end, reply STOP or ask us.");
  expect(composeSms(byHand, korean)).toBe("발간: TIP report 2021 (State). 7월 1일 18:33 UTC. (직접 입력) +6일");
  expect(composeSms({ ...byHand, kind: "correction" })).not.toContain("by hand");
});

const correction = (to: NonNullable<AlertFacts["corrects"]>["to"], kind: "edition" | "notice" = "edition"): AlertFacts => ({ ...tip, kind: "correction", published: null, basis: null, corrects: { kind, wrong: [{ alert: tip.id, at: tip.at, kind, language: tip.language, broadcast: true }], to } });

describe("a correction", async () => {
  const { series } = await readCatalogue();
  const to = (id: string, edition: number) => {
    const { name, short, translated } = series.find((one) => one.id === id) ?? expect.fail(id);
    return { series: id, name, short, ...(translated ? { translated } : {}), edition };
  };
  const irf = to("us-state-irf-report", 2025);

  test("says what it was not and what it was", () => {
    expect(composeSms({ ...correction(irf), edition: 2026 })).toBe("Correction: was not TIP report 2026 but US religious freedom report 2025. www.state.gov, link in email. To end, reply STOP or ask us.");
    expect(compose({ ...correction(irf), edition: 2026 }, korean).sms).toBe("정정: TIP report 2026 아님, 미 국제종교자유보고서 2025임. 링크: 이메일.");
    expect(composeSms({ ...correction(irf, "notice"), url: null })).toBe("Correction: was no notice of TIP report 2021 but of US religious freedom report 2025. To end, reply STOP or ask us.");
    expect(composeSms({ ...correction(null, "notice"), url: null }, korean)).toBe("정정: TIP report 2021 예고 아님(오보). 중지: STOP 또는 문의");
  });

  test("has the name of what it was whole, however long that of what it was not, and no link to what was taken back", () => {
    const [longest = expect.unreachable("no series")] = series.toSorted((a, b) => b.short.length - a.short.length);
    for (const right of series) {
      for (const language of ["en", "ko"] as const) {
        const { sms } = compose({ ...correction(to(right.id, 2025)), series: { ...longest, translated: undefined }, edition: 2026 }, { language, site: "https://nk.rights.kr" });
        expect(sms).toContain(`${(language === "ko" && right.translated?.["ko"]?.short) || right.short} 2025`);
        expect(sms).not.toContain("/e/");
      }
    }
  });
});

const said = (protocol: string, address: string, language: string, contact: string | null): string => composeSms({ ...tip, kind: "blind", url: null, published: null }, styleFor({ protocol, address, language }, { site: null, contact }));

test("a reader from whose country no reply may come back is not told to reply", () => {
  expect(said("sms", "+821012345678", "ko", null)).toMatch(/\. 중지: 문의$/);
  expect(said("sms", "+821012345678", "ko", "desk@example.org")).toMatch(/\. 중지: desk@example\.org$/);
  expect(said("sms", "+821012345678", "ko", `${"long".repeat(13)}@example.org`)).toMatch(/\. 중지: 문의$/);
  expect(said("sms", "+442079460000", "en", null)).toMatch(/\. To end, ask us\.$/);
  expect(said("sms", "+12025550123", "en", null)).toMatch(/\. To end, reply STOP or ask us\.$/);
  expect(said("email", "ada@example.org", "ko", null)).toMatch(/\. 중지: STOP 또는 문의$/);
});

describe("with a short address of the site, in Korean", async () => {
  const site = "https://nk.rights.kr";
  const catalogue = await readCatalogue();
  const editions = catalogue.series.flatMap((series) => series.editions.filter(({ released, url }) => released !== "unknown" && url !== undefined).map((edition) => previewFacts({ catalogue, series, edition })));
  const counted = editions.filter(({ kind }) => kind === "edition");
  const late = { missed: false, against: "window", from: "2021-07-01", days: 157, latest: null } as const;

  test("most editions of the catalogue are counted by years", () => expect([editions.length - counted.length < 10, counted.length > 80]).toEqual([true, true]));

  test.each<[string, Partial<AlertFacts>]>([
    ["the thing itself", {}],
    ["its publisher's word", { basis: "coverage" }],
    ["the document after that", { update: true }],
    ["a notice", { kind: "notice" }],
    ["what is late", { kind: "late", url: null, published: null, late }],
    ["what cannot be seen", { kind: "blind", url: null, published: null }],
  ])("every one of these has a link that is whole, and its name: %s", (_, more) => {
    for (const facts of counted) {
      const { sms } = compose({ ...facts, ...more }, { language: "ko", site });
      const links = [`${site}/e/${facts.series?.code}/${facts.edition}`, facts.url];
      expect([sms, sms.split(" ").some((word) => links.includes(word))]).toEqual([sms, true]);
      expect(sms).toContain(facts.series?.translated?.["ko"]?.short);
    }
  });

  const ids = new Set([...catalogue.series, ...catalogue.publishers, ...catalogue.sources].map(({ id }) => id));
  test.each(["en", "ko"] as const)("and no email of them has a word that only programs know, or doubts what it is certain of: %s", (language) => {
    for (const facts of editions) {
      const text = compose(facts, { language, site: null }).email.text.replace(/^(Alert: |알림 번호: |https?:).*$/gm, "").replaceAll("\n", " ");
      expect([text, text.split(/[\s"();:,]+/).filter((word) => ids.has(word))]).toEqual([text, []]);
      expect(text).not.toMatch(/the title cannot tell|제목만으로는 알 수 없어/);
    }
  });

  test("a series without a code goes by its id, where that fits", () => {
    const series = { id: "tip-report", name: "TIP report", short: "TIP report", kind: "report" } as const;
    expect(compose({ ...tip, series }, { language: "ko", site }).sms).toBe("발간 언급: TIP report https://nk.rights.kr/e/tip-report/2021");
    expect(compose({ ...tip, series: { ...series, code: "tip" } }, { language: "ko", site }).sms).toBe("발간 언급: TIP report 2021. https://nk.rights.kr/e/tip/2021");
  });
});
