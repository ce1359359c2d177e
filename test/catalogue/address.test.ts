import { expect, test } from "vitest";
import { sayableAddress, sourceAddress } from "../../shared/catalogue/address.ts";
import type { Source } from "../../shared/catalogue/schema.ts";
import { made, source, sourcesText } from "./made.ts";

function onlySource(more: Record<string, unknown>): Source {
  const [only] = made(undefined, sourcesText([source("one", more)])).sources;
  if (!only) throw new Error("The catalogue lost its source.");
  return only;
}
const prepared = (more: Record<string, unknown>, credentials: Record<string, string | undefined> = {}): ReturnType<typeof sourceAddress> => sourceAddress(onlySource(more), { year: 2026, credentials });

/** The addresses alone, or what is missing. */
function addresses(more: Record<string, unknown>, credentials: Record<string, string | undefined> = {}): { urls: readonly string[] } | { missing: string } {
  const given = prepared(more, credentials);
  return "missing" in given ? given : { urls: given.urls };
}

test("a source's own address comes first, then its fallbacks", () => {
  expect(addresses({ url: "https://a.example.org/", fallbacks: ["https://b.example.org/"] })).toEqual({ urls: ["https://a.example.org/", "https://b.example.org/"] });
});

test("the year is put into every address", () => {
  expect(addresses({ url: "https://a.example.org/{year}/", fallbacks: ["https://a.example.org/report-{year}"] })).toEqual({ urls: ["https://a.example.org/2026/", "https://a.example.org/report-2026"] });
});

test("a credential is put in, made safe for an address, and a missing one is named", () => {
  const more = { url: "https://a.example.org/?key={A_KEY}", credential: "A_KEY" };
  expect(addresses(more, { A_KEY: "a&b c" })).toEqual({ urls: ["https://a.example.org/?key=a%26b%20c"] });
  expect(addresses(more)).toEqual({ missing: "A_KEY" });
  expect(addresses(more, { A_KEY: "" })).toEqual({ missing: "A_KEY" });
});

test("an address is shown with the credential's name where the credential stands, and so is one that the publisher made of it", () => {
  const given = prepared({ url: "https://a.example.org/{year}/?key={A_KEY}", fallbacks: ["https://b.example.org/x{A_KEY}.xml"], credential: "A_KEY" }, { A_KEY: "a b+c" });
  if ("missing" in given) throw new Error("The credential is missing.");
  expect(given.urls.map(given.shown)).toEqual(["https://a.example.org/2026/?key={A_KEY}", "https://b.example.org/x{A_KEY}.xml"]);
  for (const spelt of ["a%20b%2Bc", "a+b%2Bc", "a b+c"]) expect(given.shown(`Look at https://c.example.org/${spelt}/?page=2&k=${spelt}, or elsewhere.`)).toBe("Look at https://c.example.org/{A_KEY}/?page=2&k={A_KEY}, or elsewhere.");
});

test("a credential that is a common word leaves that word alone where it is none", () => {
  const given = prepared({ url: "https://a.example.org/?key={A_KEY}", credential: "A_KEY" }, { A_KEY: "report" });
  if ("missing" in given) throw new Error("The credential is missing.");
  expect(given.shown("The report is at https://a.example.org/reports/report-2026?of=report")).toBe("The report is at https://a.example.org/reports/report-2026?of={A_KEY}");
});

test("of a state that holds a credential the catalogue's address is said", () => {
  const one = onlySource({ url: "https://a.example.org/?key={A_KEY}", fallbacks: ["https://b.example.org/"], credential: "A_KEY" });
  const said = ["https://a.example.org/?key=secret", "https://a.example.org/?key={A_KEY}", "https://b.example.org/"].map((url) => sayableAddress(one, url));
  expect(said).toEqual(["https://a.example.org/?key={A_KEY}", "https://a.example.org/?key={A_KEY}", "https://b.example.org/"]);
  expect(sayableAddress(onlySource({}), "https://c.example.org/")).toBe("https://c.example.org/");
});
