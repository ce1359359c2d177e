import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AlertFacts, alertKinds } from "../../shared/alerts/alert.ts";
import { allWishes, type FilterPolicy, filterPolicy, messageAttributes, wanted } from "../../shared/alerts/filter.ts";
import { tip } from "./facts.ts";
import { someFacts, someWishes } from "./wishes.ts";

/** SNS's rules for a policy over message attributes, of the two conditions that we use: every key, one of its values. */
function snsSends(policy: FilterPolicy, facts: AlertFacts): boolean {
  const attributes = messageAttributes(facts);
  return Object.entries(policy).every(([key, conditions]) => {
    const value = attributes[key]?.StringValue;
    if (value === undefined) return false;
    return conditions.some((condition) => (typeof condition === "string" ? condition === value : !condition["anything-but"].includes(value)));
  });
}

test("SNS sends just what is wanted, whatever the wishes and the facts", () => {
  fc.assert(
    fc.property(someWishes, someFacts, (wishes, facts) => {
      expect(snsSends(filterPolicy(wishes), facts)).toBe(wanted(wishes, facts));
    }),
    { numRuns: 2000 },
  );
});

describe("who asked for nothing in particular", () => {
  test("gets everything but what is for operators or has to be asked for", () => {
    expect(alertKinds.filter((kind) => wanted(allWishes, { ...tip, kind }))).toEqual(["edition", "notice", "about", "late", "blind", "changes"]);
  });
});

describe("who asked for", () => {
  test("health gets health alone", () => {
    const wishes = { ...allWishes, kinds: ["health"] };
    expect(alertKinds.filter((kind) => wanted(wishes, { ...tip, kind }))).toEqual(["health"]);
  });

  test("a series does not get items of none", () => {
    const wishes = { ...allWishes, series: ["us-state-tip-report"] };
    expect(wanted(wishes, tip)).toBe(true);
    expect(wanted(wishes, { ...tip, series: null })).toBe(false);
  });

  test("a language gets it in any spelling, and alerts whose language is not known", () => {
    const wishes = { ...allWishes, languages: ["ko"] };
    const spoken = [null, "ko", "ko-KR", "KO", "en", "korean (South)"];
    expect(spoken.filter((language) => wanted(wishes, { ...tip, language }))).toEqual([null, "ko", "ko-KR", "KO", "korean (South)"]);
  });
});

test("a policy has a key only for what was asked", () => {
  expect(filterPolicy(allWishes)).toEqual({ kind: [{ "anything-but": ["health", "digest", "correction"] }] });
  expect(filterPolicy({ series: ["a"], publishers: ["b"], kinds: ["edition"], languages: ["ko"] })).toEqual({
    kind: ["edition"],
    series: ["a"],
    publisher: ["b"],
    language: ["ko", "und"],
  });
});

test("wishes that SNS cannot take are refused with a sentence", () => {
  const series = Array.from({ length: 51 }, (_, index) => `series-${index}`);
  expect(() => filterPolicy({ ...allWishes, series })).toThrow(
    "these wishes make 153 combinations and SNS takes at most 150 a subscription: name fewer series, or ask for their publishers instead",
  );
  expect(filterPolicy({ ...allWishes, series: series.slice(0, 50) })["series"]).toHaveLength(50);
});

test("an attribute that would be empty is left out", () => {
  expect(messageAttributes({ ...tip, series: null, language: null })).toEqual({
    kind: { DataType: "String", StringValue: "edition" },
    publisher: { DataType: "String", StringValue: "us-state" },
    language: { DataType: "String", StringValue: "und" },
  });
});
