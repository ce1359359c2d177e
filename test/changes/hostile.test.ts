import { expect, test } from "vitest";
import { compare } from "../../shared/changes/compare.ts";
import { readPage } from "../../shared/changes/section.ts";
import { made } from "./made.ts";

// Were the time to grow with the square of their length, the test would run into its limit.
const often = 5000;

test.each(["a.", "1,", "a: ", "a; ", "“", ". ", "Mr. A ", "x", "a.[i]", "朝", "Aa, ", "a: draft ", "adopted ", "www.", "by 1 votes to ", "U.", "# ", "a-", "1.\n\n", "# A\n\nb\n\n"])("%j many times is compared all the same", (part) => {
  const text = part.repeat(often);
  const { changes } = compare(made(text), made(`${text}\n\nThis is a sentence that is new.`));
  expect(changes.length).toBeLessThan(4);
}, 60_000);

test.each(["thead", "colgroup", "tfoot"])("<%s> thousands deep is refused or read, and never ends the process", (name) => {
  let answer = "read";
  try {
    readPage(`<!doctype html><html><body>${`<${name}>some text `.repeat(9000)}`);
  } catch (error) {
    answer = error instanceof Error ? error.name : "";
  }
  expect(["read", "SourceError"]).toContain(answer);
});
