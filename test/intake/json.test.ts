import { describe, expect, test } from "vitest";
import { readJson } from "../../shared/intake/json.ts";
import { outcome } from "./reading.ts";

const base = "https://example.org/api/";
const report = (fields: object): string => JSON.stringify({ data: [{ id: "77", fields }] });

describe("the Federal Register", () => {
  test("gives documents, with the citation as their symbol", () => {
    const answer = {
      results: [
        {
          title: "Report to Congress",
          html_url: "https://www.federalregister.gov/documents/2020/06/25/2020-1/report",
          publication_date: "2020-06-25",
          abstract: "What the report of the Department is about, in a sentence.",
          document_number: "2020-1",
          citation: "85 FR 12345",
        },
      ],
    };
    expect(readJson(JSON.stringify(answer), base, { api: "federal-register" }).items).toEqual([
      {
        title: "Report to Congress",
        url: "https://www.federalregister.gov/documents/2020/06/25/2020-1/report",
        published: "2020-06-25",
        summary: "What the report of the Department is about, in a sentence.",
        guid: "2020-1",
        symbol: "85 FR 12345",
        language: null,
      },
    ]);
  });

  test("gives public inspection by the time of filing, and by its subject where it has no title", () => {
    const answer = {
      results: [
        { title: null, toc_subject: "Determinations:", toc_doc: "Countries of Particular Concern", filed_at: "2020-12-07T08:45:00.000-05:00", publication_date: "2020-12-08", pdf_url: "https://public-inspection.federalregister.gov/2020-2.pdf", document_number: "2020-2" },
      ],
    };
    expect(readJson(JSON.stringify(answer), base, { api: "federal-register" }).items[0]).toMatchObject({
      title: "Determinations: Countries of Particular Concern",
      url: "https://public-inspection.federalregister.gov/2020-2.pdf",
      published: "2020-12-07T13:45:00Z",
      guid: "2020-2",
    });
  });
});

describe("ReliefWeb", () => {
  test("gives reports, with the symbol in brackets", () =>
    expect(
      readJson(
        report({ title: "Situation of human rights in the DPRK (A/HRC/46/51) [EN/AR]", url: "https://reliefweb.int/node/77", url_alias: "https://reliefweb.int/report/x", date: { created: "2021-03-01T10:00:00+00:00", original: "2021-02-01T00:00:00+00:00" }, language: [{ code: "en" }] }),
        base,
        { api: "reliefweb" },
      ).items[0],
    ).toEqual({ title: "Situation of human rights in the DPRK (A/HRC/46/51) [EN/AR]", url: "https://reliefweb.int/report/x", published: "2021-03-01T10:00:00Z", summary: null, guid: "77", symbol: "A/HRC/46/51", language: "en" }));

  test("writes a day as midnight", () =>
    expect(readJson(report({ title: "T", date: { original: "2021-02-01T00:00:00+00:00" } }), base, { api: "reliefweb" }).items[0]).toMatchObject({ published: "2021-02-01", url: "https://reliefweb.int/node/77", symbol: null }));
});

test("a JSON Feed may be read as JSON", async () =>
  expect(await outcome(() => readJson('{"items":[{"title":"T"}]}', base, { api: "jsonfeed" }))).toEqual(["T"]));

describe("a list", () => {
  test("is found by its paths", () => {
    const answer = { data: { rows: [{ name: { en: "<b>T</b> &amp; U" }, to: "/x", when: { day: "2026-01-02" }, about: 7 }, 5, { name: {} }] } };
    const { items, skipped } = readJson(JSON.stringify(answer), base, { api: "list", items: "data.rows", title: "name.en", link: "to", date: "when.day", summary: "about" });
    expect(items).toEqual([{ title: "T & U", url: "https://example.org/x", published: "2026-01-02", summary: "7", guid: null, symbol: null, language: null }]);
    expect(skipped).toEqual([{ title: null, why: "neither a title nor an address" }]);
  });

  test("may be the whole answer", async () => expect(await outcome(() => readJson('[{"title":"T"}]', base, { api: "list" }))).toEqual(["T"]));
  test("may be empty", async () => expect(await outcome(() => readJson("[]", base, { api: "list" }))).toEqual([]));
});

test.each([
  ["an answer without the list", "{}", "not-a-feed"],
  ["an answer that inherits the list", '{"__proto__":{"results":[]}}', "not-a-feed"],
  ["an error page", "<html><title>Error</title></html>", "not-a-feed"],
  ["a challenge", "<html><title>Request Access</title></html>", "challenge"],
  ["an answer above the size", `[${" ".repeat(10_000_000)}]`, "too-large"],
])("%s is refused by name", async (_, text, reason) => expect(await outcome(() => readJson(text, base, { api: "federal-register" }))).toBe(reason));
