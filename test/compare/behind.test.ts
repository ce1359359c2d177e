import { describe, expect, test } from "vitest";
import { documentBehind } from "../../functions/compare/behind.ts";
import { pdfLinks } from "../../shared/intake/pdf-links.ts";

const page = "https://www.kinu.or.kr/eng/1";
const sought = { series: { name: "White Paper on Human Rights in North Korea", aka: ["북한인권백서"] }, year: 2024, hosts: ["kinu.or.kr", "example.org/kinu"] };
const behind = (...links: readonly (readonly [url: string, text: string])[]) => documentBehind(links.map(([url, text]) => ({ url, text })), page, sought);

describe("the document behind a page", () => {
  test.each([
    ["of its year by the words of the link", "https://repo.kinu.or.kr/a.pdf", "Report of 2024"],
    ["of its year by the name of the file", "https://www.kinu.or.kr/white-paper_2024.pdf", "Download"],
    ["with a name of the series", "https://www.kinu.or.kr/a.pdf", "북한인권백서 다운로드"],
    ["on a part of a host", "https://example.org/kinu/a-2024.pdf", "Download"],
  ])("is the one PDF %s", (_, url, text) => expect(behind([url, text])).toBe(url));

  test.each([
    ["of another publisher", [["https://example.org/2024.pdf", "White Paper 2024"]]],
    ["on a host that only ends like the publisher's", [["https://notkinu.or.kr/2024.pdf", "White Paper 2024"]]],
    ["of neither the year nor the series", [["https://www.kinu.or.kr/120244.pdf", "Annual accounts"]]],
    ["where two fit as well", [["https://www.kinu.or.kr/a-2024.pdf", "Part one"], ["https://www.kinu.or.kr/b-2024.pdf", "Part two"]]],
  ] as const)("is none %s", (_, links) => expect(behind(...links)).toBeUndefined());

  test("is the one that names the year and the series, where others name one of them", () =>
    expect(behind(["https://www.kinu.or.kr/a-2024.pdf", "Newsletter"], ["https://www.kinu.or.kr/b.pdf", "White Paper on Human Rights in North Korea 2024"], ["https://www.kinu.or.kr/c.pdf", "White Paper on Human Rights in North Korea 2023"])).toBe("https://www.kinu.or.kr/b.pdf"));
});

test("links to PDFs are found by their address or their type, one an address", () =>
  expect(pdfLinks('<a href="/a.pdf#page=2">One</a><a href="/a.pdf" title="Report">Two</a><a href="b?id=1" type="application/pdf">Three</a><a href="c.html">Four</a><a href="javascript:x.pdf">Five</a>', "https://example.org/x/")).toEqual([
    { url: "https://example.org/a.pdf", text: "One Two Report" },
    { url: "https://example.org/x/b?id=1", text: "Three" },
  ]));
