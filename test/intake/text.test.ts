import { describe, expect, test } from "vitest";
import { plainSummary, plainTitle } from "../../shared/intake/text.ts";

describe("a title", () => {
  test.each([
    ["  two\n\t words\u00a0here ", "two words here"],
    ["Kim&#8217;s report", "Kim’s report"],
    ["Kim&amp;#8217;s report", "Kim’s report"],
    ["Kim&#146;s report", "Kim’s report"],
    ["Q&A: AT&T", "Q&A: AT&T"],
    ["AT&amp;amp;T", "AT&T"],
    ["<b>OK</b> AT&amp;T", "OK AT&T"],
    ["un<b>believ</b>able", "unbelievable"],
    ["one<br/>two", "one two"],
    ["&lt;em&gt;Three&lt;/em&gt; reports", "Three reports"],
    ["<Interview> Kim on 5 < 6 & 7 > 6", "<Interview> Kim on 5 < 6 & 7 > 6"],
    ["<북한> 인권 보고서", "<북한> 인권 보고서"],
    ["a &unknown; b", "a &unknown; b"],
    ["zero\u200bwidth and soft\u00adhyphen", "zerowidth and softhyphen"],
    ["x<script>alert('1 < 2')</script>y", "x y"],
    ['<a href="x>y">link</a>', "link"],
    ['<a href="unclosed>link</a>', "link"],
  ])("%s is read as %s", (written, title) => expect(plainTitle(written)).toBe(title));

  test("ends after 500 characters", () => expect(plainTitle("word ".repeat(400))).toHaveLength(499));
});

describe("a summary", () => {
  test("parts what stands in different blocks", () => expect(plainSummary("<p>one</p><p>two</p><ul><li>three<li>four</ul>")).toBe("one two three four"));
  test("drops scripts, styles and comments", () => expect(plainSummary("a<script>b</script >c<style>d</style>e<!-- f -->g")).toBe("a c eg"));
  test("drops a script that never ends", () => expect(plainSummary("a<script>b")).toBe("a"));
  test("is null when nothing is left", () => expect(plainSummary("<p> &nbsp;<img src='a'></p>")).toBeNull());
  test("has at most 2,000 characters and no half of a pair", () => {
    expect(plainSummary("x".repeat(5000))).toHaveLength(2000);
    expect(plainSummary(`${"x".repeat(1999)}😀`)).toBe("x".repeat(1999));
  });

  // A quadratic reader would take hours for these.
  test.each(["<", "<a ", "<p", "&", "&#", "</script", "<script>", "<!--", "<a b='", '<a b="', " ", "<b>", "&amp;lt;", "<x:"])("of a million times %s is read in one pass", (piece) => {
    expect((plainSummary(piece.repeat(1_000_000)) ?? "").length).toBeLessThanOrEqual(2000);
  });
});
