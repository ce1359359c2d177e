import { expect, test } from "vitest";
import { columns, cut, safeLink, safeText, wrap } from "../../shared/alerts/safe-text.ts";

test("a line has no breaks, control characters, direction marks or lone surrogates", () => {
  expect(safeText(" a\r\nb\tc\u0000d\u202Ee\u2066f\u2028g\u0085h\uFEFFi\u00ADj\uD800 ")).toBe("a b c def g hij\uFFFD");
  expect(safeText("\u200B\u200D \u202E")).toBe("");
});

test("joined emoji and Korean stay whole", () => {
  expect(safeText("👩‍👩‍👧‍👦 북한")).toBe("👩‍👩‍👧‍👦 북한");
  expect(safeText("북한".normalize("NFD"))).toBe("북한");
  expect(cut("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 12)).toBe("👩‍👩‍👧‍👦…");
});

test("a cut lies between words where that costs little, and leaves no dangling comma", () => {
  expect(cut("Human rights, and more of them", 14)).toBe("Human rights…");
  expect(cut("Menschenrechtsverletzungen", 10)).toBe("Menschenr…");
});

test("Korean takes two columns a character", () => {
  expect(columns("북한 a")).toBe(6);
  expect(wrap("북한 인권 백서 보고서", 10)).toBe("북한 인권\n백서\n보고서");
});

test("a word too long for a line is broken, and later lines are indented", () => {
  expect(wrap("- one abcdefghijkl two", 8, "  ")).toBe("- one\n  abcdef\n  ghijkl\n  two");
});

test("an address in running text stays whole", () => {
  expect(wrap("its address is www.ohchr.org/en/dprk; so", 16, "  ")).toBe("its address is\n  www.ohchr.org/en/dprk;\n  so");
});

test("only plain web addresses are links", () => {
  expect(safeLink("https://www.state.gov/a b?q='x'`")).toBe("https://www.state.gov/a%20b?q=%27x%27%60");
  expect(safeLink("HTTP://Example.org")).toBe("http://example.org/");
  expect(safeLink("https://a.example/북한")).toBe("https://a.example/%EB%B6%81%ED%95%9C");
  for (const url of [null, "", "javascript:alert(1)", "//a.example", "ftp://a.example", "https://a@b.example", `https://a.example/${"x".repeat(2000)}`])
    expect(safeLink(url)).toBeNull();
});

test.each([
  ["새 글: “Worth Less Than an Animal” and more", 25, "새 글: Worth Less Than an…"],
  ['New: "Worth Less Than an Animal" and more', 25, "New: Worth Less Than an…"],
  ["“One” and “two” and three", 20, "“One” and “two” and…"],
])("a quote is not left open where %s is cut to %i", (text, room, said) => expect(cut(text, room)).toBe(said));

test("what was cut before and is cut again has one ellipsis", () => {
  expect(cut("A report on camps… and more", 19)).toBe("A report on camps…");
});
