import * as fc from "fast-check";
import { load } from "cheerio/slim";
import { expect, test } from "vitest";
import { compose } from "../../shared/alerts/compose.ts";
import { composeDigest } from "../../shared/alerts/compose-digest.ts";
import { emailHtml } from "../../shared/alerts/email-html.ts";
import { textLanguages } from "../../shared/alerts/texts/languages.ts";
import { anyFacts, tip, tipDocument } from "./facts.ts";

const known = new Set(["html", "head", "meta", "body", "p", "br", "a", "code", "hr"]);
const squeezed = (text: string): string => text.replace(/\s+/g, "");

test("lines that were wrapped are whole again, and the rest stand as they were", () => {
  const { email, json } = compose(tip);
  const html = emailHtml(email.text, { json });
  expect(html).toContain(`<a href="${tip.url}">${tip.url}</a>`);
  expect(html).toContain("<code>almanac unsubscribe ADDRESS</code>");
  expect(html).toMatch(/<p dir="auto">Published: [^<]*<br>\nSeen: [^<]*<\/p>/);
  expect(load(html)("p").first().text()).toBe(email.text.split("\n\n")[0]?.replaceAll("\n", " "));
});

test("each alert of a digest keeps its link", () => {
  const { email, json } = composeDigest({ id: "digest:a:1", at: "2026-11-23T08:00:00Z", pace: "weekly", alerts: [compose(tip), compose({ ...tipDocument, edition: 2020 })] });
  const page = load(emailHtml(email.text, { json }));
  expect(page("a").toArray().map((link) => page(link).attr("href"))).toEqual([tip.url, tipDocument.url]);
});

test("whatever the facts, it says what the text says, in no other markup, with http(s) links alone", () => {
  const property = fc.property(anyFacts, fc.constantFrom(...textLanguages), fc.boolean(), (facts, language, repeat) => {
    const { email, json } = compose(facts, { language, site: null, repeat });
    const html = emailHtml(email.text, { json });
    const page = load(html);
    const tags = page("*").toArray().map((element) => ("name" in element ? element.name : ""));
    expect(tags.filter((tag) => !known.has(tag))).toEqual([]);
    expect(page("a").toArray().map((link) => page(link).attr("href") ?? "").filter((link) => !/^https?:\/\//.test(link))).toEqual([]);
    expect(squeezed(page("body").text())).toBe(squeezed(email.text.replace("\n\n-- \n", "\n\n")));
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/u);
  });
  fc.assert(property, { numRuns: 150 });
});
