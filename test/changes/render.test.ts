import { load } from "cheerio/slim";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare } from "../../shared/changes/compare.ts";
import type { Document } from "../../shared/changes/document.ts";
import { changesHtml } from "../../shared/changes/render-html.ts";
import { changesJson } from "../../shared/changes/render-json.ts";
import { changesMarkdown } from "../../shared/changes/render-markdown.ts";
import { type View, viewOf } from "../../shared/changes/view.ts";
import { chapter, haveCaptures } from "./captures.ts";
import { anyDocument, made } from "./made.ts";

const told = (year: string): View["subject"]["before"] => ({ year, url: `https://example.org/${year}`, sha256: null });
const view = (before: Document, after: Document): View => viewOf({ series: { id: "report", name: "Report on <Everything>" }, before: told("2019"), after: told("2020") }, compare(before, after));

const before = made("# Trials\n\nCourts are not independent. The number of camps is four. Guards beat prisoners with sticks.\n\n# Exile\n\nFamilies were sent to the mountains.");
const after = made("# Trials\n\nGuards beat prisoners with sticks. Courts are not independent. The number of camps is five & rising. Three <b>bold</b> claims were *made*.\n\n# Borders\n\nThe border is closed.");

describe("as Markdown", () => {
  test("it has the summary, then each section with what is new, gone, changed and moved", () => {
    const text = changesMarkdown(view(before, after));
    const start = text.indexOf("## Differences");
    expect(text.slice(start, text.indexOf("## How to read"))).toBe(`## Differences, by section

### Trials

- Moved: Guards beat prisoners with sticks.
- Changed: 
  - The number of camps is ~~four~~.
  - The number of camps is **five & rising**.
- New: **Three \\<b\\>bold\\</b\\> claims were \\*made\\*.**

### Borders (new)

- New: **The border is closed.**

### Exile (gone)

- Gone: ~~Families were sent to the mountains.~~

`);
    expect(text).toContain("# Report on \\<Everything\\>: 2019 and 2020");
  });
});

const channel = (value: number): number => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

const luminance = (hex: string): number => {
  const full = hex.length === 4 ? hex.replace(/[\da-f]/g, "$&$&") : hex;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => channel(Number.parseInt(full.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (x: string, y: string): number => (Math.max(luminance(x), luminance(y)) + 0.05) / (Math.min(luminance(x), luminance(y)) + 0.05);

describe("as a page", () => {
  const html = changesHtml(view(before, after));
  const $ = load(html);

  test("it stands side by side, in tables with heads and captions", () => {
    const rows = $("table").first().find("tbody tr").toArray().map((row) => $(row).children().toArray().map((cell) => $(cell).text()));
    expect(rows).toEqual([
      ["Moved", "Guards beat prisoners with sticks.", "Guards beat prisoners with sticks."],
      ["Changed", "The number of camps is four.", "The number of camps is five & rising."],
      ["New", "—", "Three <b>bold</b> claims were *made*."],
    ]);
    expect($("table").first().find("thead th[scope=col]").toArray().map((head) => $(head).text())).toEqual(["What", "2019", "2020"]);
    expect($("tbody th:not([scope=row])")).toHaveLength(0);
    expect($("caption").toArray().map((caption) => $(caption).text())).toEqual(["Trials", "Borders (new section)", "Exile (section that is gone)"]);
    expect($("ins").first().text()).toBe("five & rising");
    expect($("del").first().text()).toBe("four");
  });

  test("it needs no script and no other file, and says its language", () => {
    expect(html).not.toMatch(/<script|<link|@import|url\(|onload|<b>/i);
    expect($("html").attr("lang")).toBe("en");
    expect($("title").text()).toBe("Report on <Everything>: 2019 and 2020");
    expect($("h1")).toHaveLength(1);
    expect($("main")).toHaveLength(1);
    expect(html).toContain("prefers-color-scheme:dark");
    expect(html).toContain("@media print");
  });

  test("an address that is none is not made a link", () => {
    const bad = viewOf({ series: { id: "a", name: "A" }, before: { year: "1", url: "javascript:alert(1)", sha256: "ab" }, after: { year: "2", url: null, sha256: null } }, compare(before, after));
    expect(load(changesHtml(bad))("a")).toHaveLength(0);
    expect(changesHtml(bad)).not.toContain("javascript:");
  });

  test("colours have enough contrast, by day and by night", () => {
    const day = new Map([...(/:root\{([^}]*)\}/.exec(html)?.[1] ?? "").matchAll(/--([\w-]+):(#[\da-f]+)/g)].map(([, name = "", value = ""]) => [name, value]));
    const night = new Map([...day, ...[...(/dark\)\{:root\{([^}]*)\}/.exec(html)?.[1] ?? "").matchAll(/--([\w-]+):(#[\da-f]+)/g)].map(([, name = "", value = ""]): [string, string] => [name, value])]);
    for (const colours of [day, night]) {
      for (const [ink, ground] of [["ink", "paper"], ["quiet", "paper"], ["new", "new-ground"], ["gone", "gone-ground"]] as const) expect(contrast(colours.get(ink) ?? "", colours.get(ground) ?? "")).toBeGreaterThan(4.5);
    }
  });
});

test("as JSON it has its version, the numbers, and every difference", () => {
  expect(changesJson(view(before, after))).toMatchObject({
    schema: "rights-almanac/changes/1",
    series: "report",
    before: { year: "2019", url: "https://example.org/2019", sha256: null, words: 21, sentences: 4 },
    sections: { added: ["Borders"], removed: ["Exile"], renamed: [], moved: [] },
    figures: [{ heading: "Trials", before: "four", after: "five" }],
    parts: [{ heading: "Trials", state: "kept" }, { heading: "Borders", state: "new" }, { heading: "Exile", state: "gone" }],
  });
});

const quotedOf = ({ parts }: View, side: "before" | "after"): number => parts.flatMap(({ rows }) => rows.flatMap((row) => row[side].flatMap(({ text }) => text.split(" ").filter((word) => word !== "" && word !== "…")))).length;

const long = (word: string): Document => made(Array.from({ length: 12 }, (_, x) => `# Part ${word}${x}\n\n${Array.from({ length: 6 }, (__, y) => `The ${word}${x}${y} ${Array.from({ length: 25 }, (___, z) => `${word}${x}${y}${z}`).join(" ")}.`).join(" ")}`).join("\n\n"));

describe("the text of an edition is never given as a whole", () => {

  test("also where all of it is new", () => {
    const all = view(long("old"), long("new"));
    expect(all.limit).toBeLessThan(20);
    for (const side of ["before", "after"] as const) expect(quotedOf(all, side)).toBeLessThanOrEqual(0.5 * all.changes[side].words);
    expect(changesHtml(all)).toContain(`no passage is quoted beyond ${all.limit} words`);
  });

  test.skipIf(!haveCaptures)("at most half of the State Department's chapters", () => {
    const pair = view(chapter(2018), chapter(2019));
    for (const side of ["before", "after"] as const) expect(quotedOf(pair, side)).toBeLessThanOrEqual(0.5 * pair.changes[side].words);
  });
});

test("every form takes any two documents", () => {
  fc.assert(
    fc.property(anyDocument, anyDocument, (one, other) => {
      const any = view(one, other);
      expect(load(changesHtml(any))("tbody tr")).toHaveLength(any.changes.changes.length);
      expect(changesMarkdown(any).split("## Differences")[1]?.match(/^- (?:New|Gone|Changed|Moved)/gm)?.length ?? 0).toBe(any.changes.changes.length);
      expect(JSON.parse(JSON.stringify(changesJson(any)))).toMatchObject({ schema: "rights-almanac/changes/1" });
    }),
    { numRuns: 50 },
  );
});
