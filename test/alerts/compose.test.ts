import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compose } from "../../shared/alerts/compose.ts";
import { composeDigest } from "../../shared/alerts/compose-digest.ts";
import { composeTestAlert } from "../../shared/alerts/compose-test-alert.ts";
import { Message } from "../../shared/alerts/message-schema.ts";
import { type Style, textLanguages } from "../../shared/alerts/texts/languages.ts";
import { anyFacts, koreanSeminar, tip, tipDocument } from "./facts.ts";

/** In English and Korean, with a site and a contact and without, for the first time and perhaps again. */
const styles: fc.Arbitrary<Style> = fc.record({ language: fc.constantFrom(...textLanguages), site: fc.constantFrom(null, "https://almanac.example"), contact: fc.constantFrom(null, "desk@example.org", `a^${"b".repeat(60)}@example.org`), repeat: fc.boolean() });

type Check = (composed: ReturnType<typeof compose>, style: Style) => void;

// Written anew for the test, from 3GPP TS 23.038.
const gsm7 =
  /^[@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/u;
const septets = (text: string): number => text.length + (text.match(/[\^{}\\[~\]|€]/g)?.length ?? 0);
const isWide = /[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af]/u;
const columns = (line: string): number =>
  Array.from(new Intl.Segmenter("en").segment(line)).reduce((sum, { segment }) => sum + (isWide.test(segment) ? 2 : 1), 0);

/** At most 99 characters that begin with a word, and no control characters or line breaks. */
const subjectKeeps: Check = ({ email }) => {
  expect(email.subject.length).toBeLessThanOrEqual(99);
  expect(email.subject).toMatch(/^([A-Z][a-z]+|-?\d*[가-힣]+)/);
  expect(email.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u);
};

/** Lines of at most 72 columns, unless one is a link or the contact. */
const emailKeeps: Check = ({ email }, { contact }) => {
  const lines = email.text.split("\n").filter((line) => line !== contact && !/^ *[(["]?[\w.-]+[:/][\x21-\x7e]+$/.test(line));
  expect(lines.filter((line) => columns(line) > 72)).toEqual([]);
  expect(email.text).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
  expect(email.text.isWellFormed()).toBe(true);
};

/** One part after the topic's name: of GSM-7 in English, of UCS-2 in Korean. */
const smsKeeps: Check = ({ sms }, { language }) => {
  expect(language === "en" ? septets(sms) <= 148 && gsm7.test(sms) : sms.length <= 58).toBe(true);
  expect(sms).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  expect(sms.isWellFormed()).toBe(true);
};

test("what may have come before says so, and keeps what it is on", () => {
  const [english, korean] = [compose(tip, { language: "en", site: null, repeat: true }), compose(koreanSeminar, { language: "ko", site: null, repeat: true })];
  expect(english.email.subject).toBe("Out: Trafficking in Persons Report 2021 (US State Department) (possibly a repeat)");
  expect(english.email.text).toMatch(/^\(possibly a repeat\) An earlier attempt to send this was broken off,/);
  expect(english.sms).toMatch(/^Out, says State: TIP report 2021\..* \(possibly a repeat\) \+6 days vs 2020\. To end, reply STOP or ask us\.$/);
  expect([korean.email.subject, korean.sms]).toEqual([expect.stringMatching(/\(KINU\) \(중복일 수 있음\)$/), expect.stringMatching(/ \(중복일 수 있음\)$/)]);
  expect(JSON.parse(english.json)).toMatchObject({ alert: tip.id, repeat: true });
  const long = compose({ ...tip, series: tip.series && { ...tip.series, name: "A Report with a Very Long Name ".repeat(5).trim() } }, { language: "en", site: null, repeat: true });
  expect(long.email.subject).toMatch(/… 2021 \(US State Department\) \(possibly a repeat\)$/);
});

describe("whatever the facts", () => {
  test("a subject, an email's lines and an SMS keep their limits, and the JSON has the same fields in the same order", () => {
    const fields = Object.keys(JSON.parse(compose(tip).json));
    // Composing takes nearly all the time, so what is composed is asked for all of them at once.
    const property = fc.property(anyFacts, styles, (facts, style) => {
      const composed = compose(facts, style);
      for (const keeps of [subjectKeeps, emailKeeps, smsKeeps]) keeps(composed, style);
      expect(Object.keys(JSON.parse(composed.json))).toEqual(fields);
    });
    fc.assert(property, { numRuns: 300 });
  });

  test("a digest keeps the same limits, however many alerts it tells", () => {
    const property = fc.property(fc.array(anyFacts, { minLength: 1, maxLength: 40 }), styles, (facts, style) => {
      const { email, sms, json } = composeDigest({ id: "digest:a:1", at: "2026-11-23T08:00:00Z", pace: "weekly", alerts: facts.map((one) => compose(one, style)) }, style);
      expect(email.subject.length).toBeLessThanOrEqual(99);
      expect(`${email.subject}${sms}`).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      expect(style.language === "en" ? septets(sms) <= 148 && gsm7.test(sms) : sms.length <= 58).toBe(true);
      expect(JSON.parse(json).alerts).toHaveLength(facts.length);
    });
    fc.assert(property, { numRuns: 60 });
  });

  test("an address that fits is in the SMS whole", () => {
    const short = fc.webUrl().filter((url) => /^[\w:/.%-]{1,50}$/.test(new URL(url).href));
    const property = fc.property(anyFacts, short, (facts, url) => {
      expect(compose({ ...facts, url }).sms.split(" ")).toContain(new URL(url).href);
    });
    fc.assert(property, { numRuns: 300 });
  });

  test("an address that does not fit is not in the SMS", () => {
    const property = fc.property(anyFacts, (facts) => {
      expect(compose({ ...facts, title: "x", series: null, url: `https://a.example/${"x".repeat(150)}` }).sms).not.toContain("http");
    });
    fc.assert(property, { numRuns: 300 });
  });
});

/** An alert, a digest and a test. */
const messages = (style: Style): readonly ReturnType<typeof compose>[] => [compose(tip, style), composeDigest({ id: "digest:a:1", at: "2026-11-23T08:00:00Z", pace: "weekly", alerts: [compose(tip, style)] }, style), composeTestAlert("test:a:1", "2026-11-23T08:00:00Z", style)];

test("where a contact is set, readers are told to write to it, and not to run a command", () => {
  const [english, korean] = [messages({ language: "en", site: null, contact: "desk@example.org" }), messages({ language: "ko", site: null, contact: "desk@example.org" })];
  for (const { email, json } of english) {
    expect(email.text).toMatch(/\nTo stop these messages, write to whoever runs this almanac:\ndesk@example\.org\n$/);
    expect(JSON.parse(json)).toMatchObject(email);
  }
  for (const { email } of korean) expect(email.text).toMatch(/\n수신을 중단하려면 운영자에게 메일을 보내세요:\ndesk@example\.org\n$/);
  for (const { email } of [...english, ...korean]) expect(email.text).not.toContain("almanac unsubscribe");
  expect(english[0]?.sms).toMatch(/link in email\. \+6 days vs 2020\. To end: desk@example\.org$/);
  expect(korean[2]?.sms).toMatch(/도착합니다\. 중지: desk@example\.org$/);
});

test("a contact that an SMS has no room or no characters for gives way to words that hold everywhere", () => {
  for (const contact of [`${"long".repeat(13)}@example.org`, "a`b@example.org"]) expect(compose({ ...tip, earlier: [] }, { language: "en", site: null, contact }).sms).toMatch(/To end, reply STOP or ask us\.$/);
});

test("the same facts give the same messages", () => {
  expect(compose(structuredClone(tip))).toEqual(compose(tip));
});

const hostile = [
  "x".repeat(4000),
  "북한 인권 ".repeat(1000),
  "Report\r\nBcc: everyone@example.org\r\n\r\nBuy now",
  "\u202Ereport on human rights\u202C\u2066 in the DPRK",
  `👩‍👩‍👧‍👦${"🇰🇵".repeat(400)}`,
  '<script>alert(1)</script><a href="javascript:alert(1)">report</a>',
];

test.each(hostile)("a hostile title breaks no header, limit or link: %#", (title) => {
  for (const language of textLanguages) {
    for (const facts of [{ ...tip, title }, { ...koreanSeminar, title }, { ...tip, series: { id: "a", name: title, short: title, kind: "report" as const } }]) {
      const { email, sms, json } = compose(facts, { language, site: null });
      expect(email.subject.length).toBeLessThanOrEqual(99);
      expect(`${email.subject} ${sms}`).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      expect(email.text.split("\n").filter((line) => /^(bcc|subject|to):/i.test(line))).toEqual([]);
      expect(language === "en" ? septets(sms) <= 148 : sms.length <= 58).toBe(true);
      expect(Message.safeParse(JSON.parse(json)).error).toBeUndefined();
    }
  }
});

test("in Korean, an SMS says it in one part of 70", () => {
  expect(compose(tip, { language: "ko", site: null }).sms).toBe("발간 언급: TIP report 2021. www.state.gov, 링크: 이메일. 6일 늦음.");
  expect(compose(tipDocument, { language: "ko", site: null }).sms).toBe("원문 확인: TIP report 2021 (State). www.state.gov, 링크: 이메일.");
});
