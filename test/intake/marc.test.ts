import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { SourceError } from "../../shared/intake/health.ts";
import type { Item } from "../../shared/intake/item.ts";
import { readMarc } from "../../shared/intake/marc.ts";
import { readContent } from "../../shared/intake/read.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { match } from "../../shared/recognition/match.ts";

const base = "https://library.example/search?of=xm";
const data = (tag: string, ...parts: string[]): string => `<ns0:datafield tag="${tag}">${parts.map((part) => `<ns0:subfield code="${part[0]}">${part.slice(2)}</ns0:subfield>`).join("")}</ns0:datafield>`;
const entry = (...fields: string[]): string => `<ns0:record xmlns:ns0="http://www.loc.gov/MARC21/slim"><ns0:controlfield tag="001">77</ns0:controlfield>${fields.join("")}</ns0:record>`;
const collection = (...entries: string[]): string => `<?xml version="1.0"?><collection xmlns="http://www.loc.gov/MARC21/slim">${entries.join("")}</collection>`;
const first = (text: string): unknown => readMarc(text, base).items[0];

describe("a record", () => {
  test("gives title, symbol, day, subjects, address and language, and not who wrote it", () =>
    expect(
      first(
        collection(
          entry(
            data("041", "a eng"),
            data("191", "a A/X/1", "b A/"),
            data("245", "a Rights &amp; duties in Atlantis :", "b draft resolution /", "c Lemuria and Mu"),
            data("260", "c 2 Nov. 2023"),
            data("269", "a 2023-11-03"),
            data("515", "a Additional sponsors: Hyperborea."),
            data("650", "a HUMAN RIGHTS", "2 unbist"),
            data("651", "a ATLANTIS"),
            data("710", "a Lemuria"),
          ),
        ),
      ),
    ).toEqual({
      title: "Rights & duties in Atlantis: draft resolution",
      url: "https://library.example/record/77",
      published: expect.stringMatching(/^2023-11-03/),
      summary: "On: HUMAN RIGHTS; ATLANTIS.",
      guid: "77",
      symbol: "A/X/1",
      language: "en",
    }));

  test("needs no prefix, and may stand alone", () =>
    expect(first(entry(data("245", "a Alone")).replaceAll("ns0:", ""))).toMatchObject({ title: "Alone", symbol: null, summary: null, published: null }));

  test("has the day of its entry or the printed one where no other is given", () => {
    expect(first(collection(entry(data("245", "a T"), data("992", "a 2021-01-05"), data("260", "c 1 Jan. 2021"))))).toMatchObject({ published: expect.stringMatching(/^2021-01-05/) });
    expect(first(collection(entry(data("245", "a T"), data("260", "c 2 Nov. 2023"))))).toMatchObject({ published: expect.stringMatching(/^2023-11-02/) });
  });

  test("without a number has the address of its English file", () =>
    expect(first(collection(entry(data("245", "a T"), data("856", "u https://l.example/t-AR.pdf"), data("856", "u https://l.example/t-EN.pdf")).replace(/<ns0:controlfield.*?<\/ns0:controlfield>/, "")))).toMatchObject({ url: "https://l.example/t-EN.pdf", guid: null }));

  test("in several languages has that of its source", async () => {
    const text = collection(entry(data("041", "a eng", "a fre"), data("245", "a T")));
    const { items } = await readContent(new TextEncoder().encode(text), "text/xml", { url: base, read: { as: "marcxml" }, language: "fr" });
    expect(items[0]).toMatchObject({ title: "T", language: "fr" });
  });

  test("without a title is skipped with the reason", () => expect(readMarc(collection(entry()), base)).toMatchObject({ items: [], skipped: [{ title: null }] }));
});

/** The first subfield of this tag and code, as it stands. */
function subfield(record: string, tag: string, code: string): string | undefined {
  const parts = new RegExp(`tag="${tag}"[^>]*>(.*?)</ns0:datafield>`, "s").exec(record)?.[1];
  return new RegExp(`code="${code}">(.*?)<`, "s").exec(parts ?? "")?.[1];
}

function reasonOf(text: string): string | undefined {
  try {
    readMarc(text, base);
  } catch (error) {
    if (error instanceof SourceError) return error.reason;
    throw error;
  }
  return undefined;
}

describe("what is no MARCXML", () => {
  test.each(["", "no markup", "<rss><channel/></rss>", "<!doctype html><html><body>Search</body></html>"])("is refused: %j", (text) => expect(reasonOf(text)).toBe("not-a-feed"));
  test("is refused where it is nested too deep", () => expect(reasonOf(`<collection>${"<a>".repeat(5000)}`)).toBe("too-deep"));
  test("but a collection of nothing is an answer", () => expect(readMarc(collection(), base)).toEqual({ items: [], skipped: [] }));
});

const path = resolve(import.meta.dirname, "../../../shared/data/un-digital-library/session_78_committee_3_drafts.marc.xml");
const absent = !existsSync(path);
if (absent) console.warn(`The Third Committee's drafts are not tried: there is no ${path}.`);

describe.skipIf(absent)("the Third Committee's drafts of the 78th session", async () => {
  const text = absent ? collection() : readFileSync(path, "utf8");
  const { items, skipped } = readMarc(text, "https://digitallibrary.un.org/search?of=xm");
  const compiled = compile(await readCatalogue());
  const theOne = { symbol: "A/C.3/78/L.39", relevance: "series", series: "un-ga3-dprk-draft", edition: 2023 };

  function relevant(list: readonly Item[]): unknown[] {
    const found = list.map((item) => ({ ...item, ...match(compiled, { ...item, source: "un-library-records" }) }));
    return found.filter(({ relevance }) => relevance !== "none").map(({ symbol, relevance, series, edition }) => ({ symbol, relevance, series, edition }));
  }

  test("are 94, each with title, symbol, day, address and language", () => {
    expect(skipped).toEqual([]);
    expect(items).toHaveLength(94);
    for (const { title, symbol, published, url, language } of items) {
      expect(title).not.toMatch(/[:/]$/);
      expect(symbol).toMatch(/^A\/C\.3\/78\/L\.\d+/);
      expect(published).toMatch(/^2023-(?:0[89]|1[012])-/);
      expect(url).toMatch(/^https:\/\/digitallibrary\.un\.org\/record\/\d+$/);
      expect(language).toBe("en");
    }
  });

  test("name the DPRK as a sponsor in more texts than the one that is on it", () =>
    expect(text.split(/<ns0:record\b/).filter((one) => /Democratic People's Republic of Korea/i.test(one)).length).toBeGreaterThan(7));

  test("have one text on human rights in the DPRK", () => {
    expect(relevant(items)).toEqual([theOne]);
  });

  test("have it also where titles and notes were copied with the sponsors", () => {
    const sponsors = text.split(/<ns0:record\b/).slice(1).map((one) => ({ title: subfield(one, "245", "c"), note: subfield(one, "515", "a") }));
    expect(relevant(items.map((item, index) => ({ ...item, title: `${item.title} / ${sponsors[index]?.title}`, summary: sponsors[index]?.note ?? null })))).toEqual([theOne]);
  });
});
