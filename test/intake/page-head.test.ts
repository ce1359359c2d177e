import { expect, test } from "vitest";
import { pageHead } from "../../shared/intake/page-head.ts";

const head = (html: string) => pageHead(new TextEncoder().encode(html), "text/html; charset=utf-8");

test("a page's title is what it gives to those who link to it, else its heading, else its window's", () => {
  const window = "<title>Report - Department of State</title>";
  expect(head(`<head>${window}<meta property="og:title" content="The Report &amp; more"></head><h1>Report</h1>`).title).toBe("The Report & more");
  expect(head(`<head>${window}</head><h1> The <em>Report</em> </h1>`).title).toBe("The Report");
  expect(head(window).title).toBe("Report - Department of State");
  expect(head("<p>text").title).toBeNull();
});

test("date, summary and language are read where they stand", () => {
  expect(head('<html lang="ko-KR"><meta property="article:published_time" content="2021-07-01T09:00:00+09:00"><meta name="description" content="A &lt;summary&gt;">')).toMatchObject({ published: "2021-07-01T00:00:00Z", language: "ko", summary: expect.stringContaining("A") });
  expect(head('<time datetime="2021-07-01">1 July</time>')).toEqual({ title: null, published: "2021-07-01", summary: null, language: null });
});
