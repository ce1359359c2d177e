import { describe, expect, test } from "vitest";
import { pressSymbol, sessionYear, symbolsOf } from "../../shared/recognition/symbols.ts";

const inTitle = (title: string): string[] => symbolsOf({ title, url: null });

describe("a symbol in a title", () => {
  test.each([
    "A/HRC/RES/46/17",
    "A/HRC/RES/S-28/1",
    "A/HRC/43/L.17",
    "A/HRC/43/L.17/Rev.1",
    "A/HRC/WG.6/47/PRK/1",
    "A/HRC/WGEID/121/1",
    "A/HRC/58/65",
    "A/HRC/43/58/Add.1",
    "A/HRC/25/CRP.1",
    "A/RES/75/190",
    "A/C.3/75/L.32",
    "A/C.3/75/L.32/Rev.1",
    "CEDAW/C/PRK/CO/2-4",
    "CRPD/C/PRK/CO/1",
    "S/PV.9398",
    "S/RES/2397",
    "S/2020/1205",
    "GA/SHC/4312",
    "SC/14378",
    "SG/SM/20498",
    "A/75/388",
    "A/80/407/Add.1",
    "P9_TA(2022)0123",
    "P10_TA(2027)0021",
  ])("%s is found whole", (symbol) => {
    expect(inTitle(`Situation of human rights (${symbol})`)).toEqual([symbol]);
    expect(inTitle(`${symbol}: Situation of human rights`)).toEqual([symbol]);
  });

  test("stands beside others, each once", () => expect(inTitle("A/C.3/75/L.32 and A/RES/75/190, again A/C.3/75/L.32")).toEqual(["A/C.3/75/L.32", "A/RES/75/190"]));
  test("is not seen in dates, pages or words", () => expect(inTitle("24/7 news on 3/4/2021: and/or A/B testing, P. 12/13")).toEqual([]));
});

describe("a symbol in a field of its own", () => {
  test.each([
    ["A/HRC/RES/49/22", ["A/HRC/RES/49/22"]],
    ["A/HRC/37/28 (R)", ["A/HRC/37/28"]],
    ["A/C.3/75/L.32; A/RES/75/190 ;", ["A/C.3/75/L.32", "A/RES/75/190"]],
    ["", []],
  ])("%j is read as %j", (symbol, symbols) => expect(symbolsOf({ title: "A text", url: null, symbol })).toEqual(symbols));
});

describe("a symbol in an address", () => {
  test.each([
    ["https://undocs.org/A/HRC/43/58", "A/HRC/43/58"],
    ["https://undocs.org/en/a/hrc/res/43/25", "A/HRC/RES/43/25"],
    ["https://docs.un.org/en/A/RES/75/190", "A/RES/75/190"],
    ["https://right-docs.org/doc/a-hrc-res-46-17/", "A/HRC/RES/46/17"],
    ["https://www.right-docs.org/doc/a-hrc-58-65", "A/HRC/58/65"],
    ["https://press.un.org/en/2020/gashc4312.doc.htm", "GA/SHC/4312"],
    ["https://www.un.org/press/en/2017/gashc4220.doc.htm", "GA/SHC/4220"],
    ["https://static.un.org/press/en/2021/gashc4339.doc.htm", "GA/SHC/4339"],
    ["https://press.un.org/en/2023/sc15387.doc.htm", "SC/15387"],
    ["https://press.un.org/en/2020/ga12296.doc.htm", "GA/12296"],
    ["https://press.un.org/en/2020/sgsm20498.doc.htm", "SG/SM/20498"],
  ])("%s gives %s", (url, symbol) => expect(symbolsOf({ title: "A text", url })).toEqual([symbol]));

  test("is none where the address only looks like it", () => {
    expect(symbolsOf({ title: "A text", url: "https://press.un.org/en/content/third-committee" })).toEqual([]);
    expect(symbolsOf({ title: "A text", url: "https://www.example.org/news/2020/scandal" })).toEqual([]);
  });
});

test.each([
  ["/en/2020/gashc4312.doc.htm", "GA/SHC/4312"],
  ["/press/fr/2014/cs11720.doc.htm", undefined],
  ["/en/blog/db201118.doc.htm", undefined],
])("the press path %s carries %s", (path, symbol) => expect(pressSymbol(path)).toBe(symbol));

describe("the session of a symbol", () => {
  test.each([
    ["A/HRC/RES/25/25", 2014],
    ["A/HRC/RES/28/22", 2015],
    ["A/HRC/RES/31/18", 2016],
    ["A/HRC/RES/34/24", 2017],
    ["A/HRC/RES/37/28", 2018],
    ["A/HRC/39/L.1", 2018],
    ["A/HRC/RES/40/20", 2019],
    ["A/HRC/RES/43/25", 2020],
    ["A/HRC/46/51", 2021],
    ["A/HRC/RES/49/22", 2022],
    ["A/HRC/58/65", 2025],
    ["A/HRC/7/20", 2008],
  ])("%s of the Council is of %i", (symbol, year) => expect(sessionYear(symbol, "hrc")).toBe(year));

  test.each([
    ["A/RES/75/190", 2020],
    ["A/C.3/75/L.32", 2020],
    ["A/75/388", 2020],
    ["A/RES/60/173", 2005],
    ["A/80/407", 2025],
  ])("%s of the Assembly is of %i", (symbol, year) => expect(sessionYear(symbol, "ga")).toBe(year));

  test.each([
    ["A/HRC/RES/S-28/1", "hrc"],
    ["S/PV.9398", "hrc"],
    ["GA/SHC/4312", "ga"],
    ["A/HRC/RES/43/25", "ga"],
    ["A/HRC/WGEID/121/1", "hrc"],
  ] as const)("%s gives none for the %s", (symbol, body) => expect(sessionYear(symbol, body)).toBeUndefined());
});
