import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentAddress, type Documents, fetchedDocuments, firstOf, type Found } from "../../functions/compare/documents.ts";
import { readDocument } from "../../shared/intake/read-document.ts";
import { systemClock } from "../../shared/clock.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { writePdf } from "./pdf-writer.ts";
import { names } from "../recognition/catalogue.ts";

const sentence = "Guards in the camps of North Korea beat prisoners with wooden sticks for years.";
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a document is read by what it is", () => {
  test.each([
    ["a web page", bytesOf(`<!doctype html><html><head><title>North Korea</title></head><body><p>${sentence}</p></body></html>`)],
    ["a PDF", writePdf([{ text: sentence }])],
    ["a PDF with something in front", Uint8Array.from([...bytesOf("\n\n"), ...writePdf([{ text: sentence }])])],
    ["plain text", bytesOf(sentence)],
    ["a page in an old encoding", Uint8Array.from(Buffer.from(`<html><meta charset="windows-1252"><body><p>${sentence}</p></body></html>`, "latin1"))],
  ])("%s", async (_, bytes) => {
    const { sections } = await readDocument({ bytes, contentType: null }, names);
    expect(sections.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text))).toEqual([sentence]);
  });

  test("what is broken is refused", async () => {
    await expect(readDocument({ bytes: bytesOf("%PDF-1.4 broken"), contentType: "application/pdf" }, names)).rejects.toMatchObject({ name: "SourceError", reason: "unreadable" });
  });
});

describe("where documents come from", () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url !== "/2020/") response.writeHead(404).end("no");
      else response.writeHead(200, { "content-type": "text/html" }).end(`<html><body><p>${sentence}</p></body></html>`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    base = `http://127.0.0.1:${address !== null && typeof address === "object" ? (address satisfies AddressInfo).port : 0}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test("the publisher's address gives the bytes and their hash, or the reason why not", async () => {
    const fetch = createFetcher({ contact: "test@example.org", allowLoopback: true, clock: systemClock });
    try {
      const documents = fetchedDocuments(fetch);
      const found = await documents({ series: "a", year: 2020, url: `${base}/2020/` });
      expect(found).toMatchObject({ url: `${base}/2020/`, contentType: "text/html", sha256: expect.stringMatching(/^[\da-f]{64}$/) });
      await expect(documents({ series: "a", year: 2021, url: `${base}/2021/` })).rejects.toMatchObject({ reason: "http-404" });
      expect(await documents({ series: "a", year: 2021, url: null })).toBeUndefined();
    } finally {
      await fetch.close();
    }
  });

  test("the first place that has one gives it", async () => {
    const given = (year: number): Documents => async (wanted) => (wanted.year === year ? ({ bytes: bytesOf(`${year}`), contentType: null, url: null, sha256: "" } satisfies Found) : undefined);
    const documents = firstOf(given(2020), given(2021), async () => undefined);
    expect((await documents({ series: "a", year: 2021, url: null }))?.bytes).toEqual(bytesOf("2021"));
    expect(await documents({ series: "a", year: 2022, url: null })).toBeUndefined();
  });
});

const chapterAt = { below: ["*.state.gov/reports/*human-rights-practices*", "*.state.gov/reports/*religious-freedom*"], path: "north-korea/" };

test.each([
  ["https://www.state.gov/reports/2018-country-reports-on-human-rights-practices/", "https://www.state.gov/reports/2018-country-reports-on-human-rights-practices/north-korea/"],
  ["https://2021-2025.state.gov/reports/2023-report-on-international-religious-freedom", "https://2021-2025.state.gov/reports/2023-report-on-international-religious-freedom/north-korea/"],
  ["https://www.state.gov/reports/2021-report-on-international-religious-freedom/north-korea/", "https://www.state.gov/reports/2021-report-on-international-religious-freedom/north-korea/"],
  ["https://www.state.gov/reports/country-reports-on-terrorism-2020/", "https://www.state.gov/reports/country-reports-on-terrorism-2020/"],
  ["https://state.gov.example.org/x.state.gov/reports/religious-freedom", "https://state.gov.example.org/x.state.gov/reports/religious-freedom"],
  ["https://www.hrw.org/world-report/2024/country-chapters/north-korea", "https://www.hrw.org/world-report/2024/country-chapters/north-korea"],
])("the address of the chapter of %s", (url, expected) => expect(documentAddress({ chapterAt }, url)).toBe(expected));

test("a series without chapters of their own keeps its address", () => expect(documentAddress({}, "https://www.state.gov/reports/2018-country-reports-on-human-rights-practices/")).toBe("https://www.state.gov/reports/2018-country-reports-on-human-rights-practices/"));
