import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compose } from "../../shared/alerts/compose.ts";
import { anyFacts, tip } from "./facts.ts";

function run(check: (composed: ReturnType<typeof compose>) => void): void {
  const property = fc.property(anyFacts, (facts) => {
    check(compose(facts));
  });
  fc.assert(property, { numRuns: 300 });
}

// Written anew for the test, from 3GPP TS 23.038.
const gsm7 =
  /^[@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/u;
const septets = (text: string): number => text.length + (text.match(/[\^{}\\[~\]|€]/g)?.length ?? 0);
const isWide = /[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af]/u;
const columns = (line: string): number =>
  Array.from(new Intl.Segmenter("en").segment(line)).reduce((sum, { segment }) => sum + (isWide.test(segment) ? 2 : 1), 0);

describe("whatever the facts", () => {
  test("a subject has at most 99 characters, begins with a word and has no control characters or line breaks", () => {
    run(({ email }) => {
      expect(email.subject.length).toBeLessThanOrEqual(99);
      expect(email.subject).toMatch(/^[A-Z][a-z]+/);
      expect(email.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u);
    });
  });

  test("an email's lines have at most 72 columns, unless a line is a link", () => {
    run(({ email }) => {
      const lines = email.text.split("\n").filter((line) => !/^https?:\/\/[\x21-\x7e]+$/.test(line));
      expect(lines.filter((line) => columns(line) > 72)).toEqual([]);
      expect(email.text).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
      expect(email.text.isWellFormed()).toBe(true);
    });
  });

  test("an SMS is one part of GSM-7 after the topic's name", () => {
    run(({ sms }) => {
      expect(sms).toMatch(gsm7);
      expect(septets(sms)).toBeLessThanOrEqual(148);
    });
  });

  test("an address that fits is in the SMS whole", () => {
    const short = fc.webUrl().filter((url) => /^[\w:/.%-]{1,50}$/.test(new URL(url).href));
    const property = fc.property(anyFacts, short, (facts, url) => {
      expect(compose({ ...facts, url }).sms.endsWith(` ${new URL(url).href}`)).toBe(true);
    });
    fc.assert(property, { numRuns: 300 });
  });

  test("an address that does not fit is not in the SMS", () => {
    run(({ facts }) => {
      expect(compose({ ...facts, title: "x", series: null, url: `https://a.example/${"x".repeat(150)}` }).sms).not.toContain("http");
    });
  });

  test("the JSON has the same fields in the same order", () => {
    const fields = Object.keys(JSON.parse(compose(tip).json));
    run(({ json }) => expect(Object.keys(JSON.parse(json))).toEqual(fields));
  });
});

test("the same facts give the same messages", () => {
  expect(compose(structuredClone(tip))).toEqual(compose(tip));
});
