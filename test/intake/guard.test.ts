import { load } from "cheerio/slim";
import { array, assert, constantFrom, pre, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { guard } from "../../shared/intake/guard.ts";
import { SourceError } from "../../shared/intake/health.ts";

function verdict(text: string, html?: boolean): string {
  try {
    guard(text, html);
    return "passes";
  } catch (error) {
    return error instanceof SourceError ? error.reason : String(error);
  }
}

describe("what is refused", () => {
  test.each([
    ["more than ten million characters", "x".repeat(10_000_001), "too-large"],
    ["256 levels", `<rss>${"<a>".repeat(256)}`, "too-deep"],
    ["a tag of 20,000 attributes", `<rss ${"a=b ".repeat(20_000)}>`, "too-large"],
    ["a tag that never ends", `<rss><a ${"b ".repeat(40_000)}`, "too-large"],
    ["a declaration of 64 KB", `<!DOCTYPE a [<!ENTITY a "${"x".repeat(70_000)}">]><rss/>`, "too-large"],
    ["10,000 line breaks left open in XML", `<rss>${"<br>".repeat(10_000)}`, "too-deep"],
    ["levels behind a closed comment", `<rss><!-->${"<a>".repeat(300)}-->`, "too-deep"],
    ["levels whose closing tags hide in attributes", `<rss>${`<a x=">" y="</a>">`.repeat(300)}`, "too-deep"],
    ["levels whose closing tags differ in case", `<rss>${"<a></A>".repeat(300)}`, "too-deep"],
    ["levels closed by a script's text", `<html>${"<div><script></div></script>".repeat(300)}`, "too-deep"],
    ["self-closed tags, which HTML does not know", `<html>${"<div/>".repeat(300)}`, "too-deep"],
  ])("%s", (_, text, reason) => expect(verdict(text)).toBe(reason));
});

describe("what passes", () => {
  test.each([
    ["255 levels", `<rss>${"<a>".repeat(255)}`],
    ["100,000 elements side by side", `<rss>${"<a>b</a>".repeat(100_000)}`],
    ["levels inside of CDATA", `<rss><![CDATA[${"<a>".repeat(1000)}]]></rss>`],
    ["levels inside of a comment", `<rss><!--${"<a>".repeat(1000)}--></rss>`],
    ["CDATA that never ends", `<rss><![CDATA[${"<a>".repeat(1000)}`],
    ["line breaks of an HTML page", `<html><body>${"text<br>".repeat(20_000)}`],
    ["line breaks left open in a feed's description", `<rss>${`<item><description>${"<br>".repeat(500)}</description></item>`.repeat(30)}</rss>`],
    ["list items that nobody closed", `<html><ul>${"<li>one".repeat(20_000)}</ul>`],
    ["paragraphs that nobody closed", `<html><body>${"<p>one<div>two</div>".repeat(20_000)}`],
    ["rows and cells that nobody closed", `<html><table>${"<tr><td>one<td>two".repeat(4000)}</table>`],
    ["a picture inlined in an attribute", `<html><img src="data:image/png;base64,${"A".repeat(200_000)}">`],
    ["a drawing of 1,000 paths", `<html><svg><g>${'<path d="M0"/>'.repeat(1000)}</g></svg>`],
    ["text with a million signs", "< ".repeat(1_000_000)],
    ["an unclosed element in each of 1,000 items", `<rss>${"<item><description><b>x</description></item>".repeat(1000)}</rss>`],
  ])("%s", (_, text) => expect(verdict(text)).toBe("passes"));
});

const pieces = [
  ..."<div> </div> <a> </a> <A> </A> <script> </script> <script/> <style> </style> <title> </title> <svg> </svg> <math> <desc> </desc> <path/>".split(" "),
  ..."<div/> <p> </p> <li> </li> <br> </br> <table> <tr> <td> <!-- --> <!--> <![CDATA[ ]]> <?x ?> <!x < </ /> = x <e/ <1> </div/> <select>".split(" "),
  ..."<option> <button> <ul> <h1> <textarea> </textarea> \" '".split(" "),
  '<b x="',
  "<c y='>'>",
  "</ div>",
];
const loose = new Set("p li td th tr dt dd option optgroup thead tbody tfoot colgroup rt rp br link meta base source img input hr".split(" "));

interface Branch {
  readonly name?: string;
  readonly children?: readonly Branch[];
}

/** The most elements on one branch of cheerio's tree, those not counted that HTML leaves open. */
function depth(root: Branch): number {
  let deepest = 0;
  const waiting: { node: Branch; level: number }[] = [{ node: root, level: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const level = next.level + (next.node.name && next.node.name !== "root" && !loose.has(next.node.name.toLowerCase()) ? 1 : 0);
    deepest = Math.max(deepest, level);
    for (const child of next.node.children ?? []) if (child.children) waiting.push({ node: child, level });
  }
  return deepest;
}

test.each([true, false])("nothing nests deeper in the parser than in the guard (HTML: %s)", (html) => {
  const content = array(constantFrom(...pieces), { minLength: 1, maxLength: 7 }).map((unit) => unit.join("").repeat(300));
  assert(
    property(content, (text) => {
      pre(verdict(text, html) === "passes");
      const [root = {}] = load(text, { xml: { xmlMode: !html, decodeEntities: true } }).root();
      expect(depth(root)).toBeLessThanOrEqual(257);
    }),
    { numRuns: 150 },
  );
});
