import { describe, expect, test } from "vitest";
import { readPage } from "../../shared/intake/page.ts";
import { outcome } from "./reading.ts";

const base = "https://example.org/news/";
const html = (body: string, head = ""): string => `<!DOCTYPE html><html><head><title>News</title>${head}</head><body>${body}</body></html>`;
const links = (body: string, head = ""): [string, string | null, string | null][] =>
  readPage(html(body, head), base, {}).items.map(({ title, url, published }) => [title, url, published]);
const item = (path: string): string =>
  `<article><a href="${path}"></a><header><h2><a href="${path}">Report ${path} on human rights</a></h2></header><a href="/topic">Human rights defenders and activists</a><span>March 11, 2019</span></article>`;

describe("a page without selectors", () => {
  test("gives the links of its main part, and no navigation", () => {
    const page = `
      <header><a href="/about">About this organisation and its work</a></header>
      <nav><a href="/topics">All topics of human rights we know</a></nav>
      <main>
        <h1>News of the commission</h1>
        <ul>
          <li><a href="/a">First report on human rights</a> <span>May 29, 2019</span></li>
          <li><a href="b?x=1#top">Second report on human rights</a> <time datetime="2026-01-02T10:00:00+09:00">today</time></li>
          <li><a href="/short">Short</a></li>
          <li><a href="/c">Read more about the commission</a></li>
          <li><a href="#d">A place further down on this page</a></li>
          <li><a href="mailto:x@example.org">Write to us about human rights</a></li>
          <li><a href="https://www.facebook.com/sharer/sharer.php?u=x">Tell your friends on Facebook</a></li>
        </ul>
        <div class="pagination"><a href="?page=2">The following page of older reports</a></div>
      </main>
      <footer><a href="/imprint">Imprint and legal information here</a></footer>`;
    expect(links(page)).toEqual([
      ["First report on human rights", "https://example.org/a", "2019-05-29"],
      ["Second report on human rights", "https://example.org/news/b?x=1", "2026-01-02T01:00:00Z"],
    ]);
  });

  test("without a main part leaves its header, menus and footer out", () =>
    expect(links('<div><a href="/a">A report on human rights</a></div><header><a href="/h">A link of the page header</a></header><aside><a href="/s">Something beside the report</a></aside>')).toEqual([
      ["A report on human rights", "https://example.org/a", null],
    ]));

  test("reads Korean titles, which are shorter, and Korean dates", () =>
    expect(
      links('<table><tr><td>12</td><td><a href="/k">북한인권백서 2024 발간</a></td><td>2024.10.02</td></tr><tr><td><a href="/m">더보기 북한인권</a></td></tr><tr><td><a href="/n">공지사항</a></td></tr></table>'),
    ).toEqual([["북한인권백서 2024 발간", "https://example.org/k", "2024-10-02"]]));

  test("takes the heading's link of an item, not its tags", () => {
    expect(links(`<main>${item("/a")}${item("/b")}</main>`)).toEqual([
      ["Report /a on human rights", "https://example.org/a", "2019-03-11"],
      ["Report /b on human rights", "https://example.org/b", "2019-03-11"],
    ]);
  });

  test("gives an address once, with the longest text, title or label", () =>
    expect(
      links('<main><a href="/a">The report</a><a href="/a">The report of the commission</a><a href="/b" title="The title of the second report">PDF</a><a href="/c" aria-label="The label of the third report"><img></a></main>'),
    ).toEqual([
      ["The report of the commission", "https://example.org/a", null],
      ["The title of the second report", "https://example.org/b", null],
      ["The label of the third report", "https://example.org/c", null],
    ]));

  test("gives no item the date of another", () =>
    expect(links('<main><div><a href="/a">The first of two reports</a><a href="/b">The second of two reports</a><p>1 May 2020</p></div></main>').map(([, , date]) => date)).toEqual([null, null]));

  test("takes no date from the title", () =>
    expect(links('<main><p><a href="/a">Statement of 3 May 2019 on the report</a> 2019-05-29</p></main>')[0]?.[2]).toBe("2019-05-29"));

  test("honours the page's base", () =>
    expect(links('<a href="a">A report on human rights</a>', '<base href="https://example.com/x/">')[0]?.[1]).toBe("https://example.com/x/a"));

  test("without links gives nothing", () => expect(links("<main><p>Nothing yet.</p></main>")).toEqual([]));
});

describe("a page with selectors", () => {
  const rows = html(`
    <div class="row"><h3>One &amp; only <b>report</b></h3><a class="go" href="/one">Go</a><em>29 May 2019</em><p>What it <i>says</i>.</p></div>
    <div class="row"><h3>Two</h3><a class="go" href="javascript:void(0)">Go</a><em>soon</em></div>
    <div class="row"><a class="go" href="/three">Go</a></div>`);
  const read = { item: ".row", title: "h3", link: ".go", date: "em", summary: "p" };

  test("gives what they find, and skips an item without a title", () => {
    const { items, skipped } = readPage(rows, base, read);
    expect(items.map(({ title, url, published, summary }) => ({ title, url, published, summary }))).toEqual([
      { title: "One & only report", url: "https://example.org/one", published: "2019-05-29", summary: "What it says." },
      { title: "Two", url: null, published: null, summary: null },
    ]);
    expect(skipped).toEqual([{ title: null, why: "no title and no text: https://example.org/three" }]);
  });

  test("needs no more than the item's", () =>
    expect(readPage(html('<li class=i><a href="/a"><img></a><a href="/a">The title</a><time datetime="2026-01-02">x</time></li>'), base, { item: ".i" }).items[0]).toMatchObject({
      title: "The title",
      url: "https://example.org/a",
      published: "2026-01-02",
    }));

  test("reads a date that stands in other words", () =>
    expect(readPage(html('<li class=i><a href="/a">T</a><span>Published: 12 March 2020 by us</span></li>'), base, { item: ".i", date: "span" }).items[0]?.published).toBe("2020-03-12"));

  test("may name the link itself as the item", () =>
    expect(readPage(html('<a class=i href="/a">The title</a>'), base, { item: "a.i" }).items[0]).toMatchObject({ title: "The title", url: "https://example.org/a" }));

  test("that match nothing gives nothing", () => expect(readPage(rows, base, { item: ".gone" })).toEqual({ items: [], skipped: [] }));
  test("that are none is a fault of the source, by name", async () => expect(await outcome(() => readPage(rows, base, { item: "[[" }))).toBe("unreadable"));
});

test.each([
  ["a challenge", "<html><title>Just a moment...</title></html>", "challenge"],
  ["10,000 levels", `<html>${"<div>".repeat(10_000)}`, "too-deep"],
  ["more than ten million characters", "x".repeat(10_000_001), "too-large"],
])("%s is refused by name", async (_, text, reason) => expect(await outcome(() => readPage(text, base, {}))).toBe(reason));

test("a listing that only mentions captchas and firewalls is read", async () => {
  const list = Array.from({ length: 12 }, (_, index) => `<li><a href="/${index}">Report number ${index} on captcha and Access Denied</a></li>`).join("");
  expect(await outcome(() => readPage(html(`<script src="/_Incapsula_Resource?x"></script><ul>${list}</ul>`), base, {}))).toHaveLength(12);
});
