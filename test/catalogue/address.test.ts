import { expect, test } from "vitest";
import { sourceAddress } from "../../shared/catalogue/address.ts";
import { made, source, sourcesText } from "./made.ts";

function addresses(more: Record<string, unknown>, credentials: Record<string, string | undefined> = {}): ReturnType<typeof sourceAddress> {
  const [only] = made(undefined, sourcesText([source("one", more)])).sources;
  if (!only) throw new Error("The catalogue lost its source.");
  return sourceAddress(only, { year: 2026, credentials });
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
