import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decode } from "../../shared/intake/decode.ts";
import { isSoftError, ledToRoot } from "../../shared/intake/soft-error.ts";
import { capture, captured, hasCaptures } from "./captures.ts";

const titled = (title: string): string => `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body><ul><li><a href="/a">Human rights in North Korea</a></ul></body></html>`;

test.each([
  "Page not found | State",
  "Page Not Found - United States Department of State",
  "404",
  "Error 404",
  "404 - File not found.",
  "404: Not Found",
  "Sorry, page not found",
  "HTTP Status 404 – Not Found",
  "503 Service Temporarily Unavailable",
  "Site under maintenance",
  "We&#8217;ll be back soon!",
  "통일연구원 | 페이지를 찾을 수 없습니다.",
  "요청하신 페이지를 찾을수 없습니다",
  "서비스 점검중",
  "에러페이지",
  "Page non trouv&eacute;e | OHCHR",
  "Erreur 404 : page introuvable",
  "ページが見つかりません｜外務省",
  "お探しのページは見つかりませんでした。 | 外務省",
])("a page titled %s is an error", (title) => expect(isSoftError(titled(title))).toBe(true));

test.each([
  "Press releases | State",
  "Abducted, and not found: 50 years of waiting",
  "Families of those not found speak | HRNK",
  "404 prisoners freed | News",
  "Error in the indictment of a defector",
  "The 2024 report: page not found in the archives of Pyongyang",
  "Maintenance of international peace and security",
  "North Korea's grid: 500",
  "점검: 북한 인권 보고서",
  "",
])("a page titled %s is none", (title) => expect(isSoftError(titled(title))).toBe(false));

test("an item that is called like an error makes no error of its list", () => expect(isSoftError("<html><title>News</title><h2>Page not found</h2><a href=/a>404 Not Found</a></html>")).toBe(false));

test.each([
  ["https://a.example/press", "https://a.example/", true],
  ["https://a.example/press", "https://www.b.example", true],
  ["https://a.example/en/news/list.do", "https://a.example/en/", true],
  ["https://a.example/en/news/list.do", "https://a.example/index.do", true],
  ["http://a.example/press", "https://a.example/press/", false],
  ["https://a.example/press", "https://a.example/news", false],
  ["https://a.example/", "https://a.example/en/", false],
  ["https://a.example", "https://www.a.example/", false],
  ["https://a.example/press", "https://a.example/?page_id=7", false],
])("whoever asks for %s and comes to %s was led to the first page: %s", (asked, came, led) => expect(ledToRoot(asked, came)).toBe(led));

describe.skipIf(!hasCaptures)("the captured pages", () => {
  const pages = hasCaptures ? readdirSync(capture(""), { recursive: true, encoding: "utf8" }).filter((path) => /\.html?(?:\.txt)?$/.test(path)) : [];
  test("are eleven at least", () => expect(pages.length).toBeGreaterThanOrEqual(11));
  test("hold none that is taken for an error", () => expect(pages.filter((path) => isSoftError(decode(captured(path), null)))).toEqual([]));
});
