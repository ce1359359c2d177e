import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { alertKinds } from "../../shared/alerts/alert.ts";
import { allWishes, wanted, withWish } from "../../shared/alerts/filter.ts";
import { parseWishes } from "../../shared/alerts/subscriptions.ts";
import { filterPolicy, messageAttributes } from "../../shared/alerts/filter-policy.ts";
import { isDirect, type Subscriber } from "../../shared/alerts/pace.ts";
import type { Wishes } from "../../shared/records/subscriptions.ts";
import { tip } from "./facts.ts";
import { severalWishes, someFacts, someSubscriber, someWishes } from "./wishes.ts";

/**
 * SNS's rules for a policy over message attributes, of the conditions that we use: every key, one of its values; of `$or`,
 * one of its parts. Each element of a String.Array is a string by itself, and anything-but excludes each (Developer Guide,
 * "String value matching").
 */
function snsSends(policy: object, attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>): boolean {
  return Object.entries(policy).every(([key, conditions]: [string, unknown[]]) => {
    if (key === "$or") return conditions.some((branch) => typeof branch === "object" && branch !== null && snsSends(branch, attributes));
    const { DataType, StringValue } = attributes[key] ?? {};
    if (StringValue === undefined) return false;
    const values: readonly unknown[] = DataType === "String.Array" ? JSON.parse(StringValue) : [StringValue];
    return conditions.some((condition) => (typeof condition === "string" ? values.includes(condition) : !values.some((value) => excluded(condition).includes(value))));
  });
}

function excluded(condition: unknown): unknown[] {
  return typeof condition === "object" && condition !== null && "anything-but" in condition && Array.isArray(condition["anything-but"]) ? condition["anything-but"] : [];
}

const policies = (subscriber: Subscriber & { readonly id: string }): object => filterPolicy(subscriber);

test("SNS sends just what is wanted as it comes, whatever the wishes, the pace and the facts", () => {
  fc.assert(
    fc.property(someSubscriber, someFacts, (subscriber, facts) => {
      expect(snsSends(policies(subscriber), messageAttributes(facts))).toBe(isDirect(subscriber, facts));
      expect(snsSends(policies(subscriber), messageAttributes(facts, "programs"))).toBe(isDirect(subscriber, facts) && subscriber.protocol === "https");
    }),
    { numRuns: 2000 },
  );
});

test("what is for one subscription comes to it, and to no other, whatever it is about", () => {
  fc.assert(
    fc.property(someSubscriber, someFacts, fc.constantFrom("one", "two"), (subscriber, facts, id) => {
      expect(snsSends(policies(subscriber), messageAttributes(facts, { id }))).toBe(subscriber.id === id);
    }),
  );
});

describe("who asked for nothing in particular", () => {
  test("gets everything but what is for operators or has to be asked for", () => {
    expect(alertKinds.filter((kind) => wanted({ wishes: allWishes }, { ...tip, kind }))).toEqual(["edition", "notice", "about", "late", "blind", "changes"]);
  });
});

describe("who asked for", () => {
  test("health gets health alone", () => {
    const wishes = { ...allWishes, kinds: ["health"] };
    expect(alertKinds.filter((kind) => wanted({ wishes }, { ...tip, kind }))).toEqual(["health"]);
  });

  test("a series does not get items of none", () => {
    const wishes = { ...allWishes, series: ["us-state-tip-report"] };
    expect(wanted({ wishes }, tip)).toBe(true);
    expect(wanted({ wishes }, { ...tip, series: null })).toBe(false);
  });

  test("a language gets it in any spelling, and alerts whose language is not known", () => {
    const wishes = { ...allWishes, languages: ["ko"] };
    const spoken = [null, "ko", "ko-KR", "KO", "en", "korean (South)"];
    expect(spoken.filter((language) => wanted({ wishes }, { ...tip, language }))).toEqual([null, "ko", "ko-KR", "KO", "korean (South)"]);
  });
});

describe("who has several wishes", () => {
  const several = { wishes: { ...allWishes, series: ["us-state-tip-report"] }, also: [{ ...allWishes, kinds: ["edition"], publishers: ["ohchr"] }] };
  const ohchr = { ...tip, series: null, publisher: { ...tip.publisher, id: "ohchr" } };

  test("gets what any of them lets through, and nothing that it takes two of them for", () => {
    expect(alertKinds.filter((kind) => wanted(several, { ...tip, kind }))).toEqual(["edition", "notice", "about", "late", "blind", "changes"]);
    expect(alertKinds.filter((kind) => wanted(several, { ...ohchr, kind }))).toEqual(["edition"]);
  });

  test("gets each kind at its usual pace, whichever wish it comes by", () => {
    const ada = { protocol: "email", wishes: { ...allWishes, kinds: ["about"] }, also: [{ ...allWishes, kinds: ["late"] }] };
    expect(alertKinds.filter((kind) => wanted(ada, { ...tip, kind }))).toEqual(["about", "late"]);
    expect(alertKinds.filter((kind) => isDirect(ada, { ...tip, kind }))).toEqual(["late"]);
  });

  test("has none that another covers, but health beside everything, which has to be asked for", () => {
    const health = { ...allWishes, kinds: ["edition", "health"] };
    expect(withWish(several, allWishes)).toEqual({ wishes: allWishes });
    expect(withWish({ wishes: allWishes }, several.wishes)).toEqual({ wishes: allWishes });
    expect(withWish({ wishes: health, also: [several.wishes] }, allWishes)).toEqual({ wishes: health, also: [allWishes] });
    expect(withWish({ wishes: allWishes }, health)).toEqual({ wishes: allWishes, also: [health] });
  });

  test("gets by one wish more all that they had and that it lets through, and by the same again no other", () => {
    fc.assert(
      fc.property(severalWishes, someWishes, someFacts, (before, wish, facts) => {
        const after = withWish(before, wish);
        expect(wanted(after, facts)).toBe(wanted(before, facts) || wanted({ wishes: wish }, facts));
        expect(withWish(after, wish)).toEqual(after);
      }),
      { numRuns: 1000 },
    );
  });
});

const seriesIds = (count: number): string[] => Array.from({ length: count }, (_, index) => `series-${index}`);

describe("a policy", () => {
  const ada = { id: "ada", protocol: "email", wishes: allWishes };

  test("has a key only for what was asked, and lets through what is addressed to it", () => {
    expect(filterPolicy(ada)).toEqual({ $or: [{ ring: [{ "anything-but": ["health"] }] }, { to: ["ada"] }] });
    expect(filterPolicy({ ...ada, wishes: { series: ["a"], publishers: [], kinds: ["edition", "about"], languages: ["ko"] } })).toEqual({
      $or: [{ ring: ["edition"], series: ["a"], language: ["ko", "und"] }, { to: ["ada"] }],
    });
  });

  test("of a program names the kind itself, as it takes each alert by itself", () => {
    expect(filterPolicy({ ...ada, protocol: "https", pace: "at-once" })).toEqual({ $or: [{ kind: [{ "anything-but": ["health"] }] }, { to: ["ada"] }] });
    expect(filterPolicy({ ...ada, protocol: "https" })).toEqual({ $or: [{ kind: [{ "anything-but": ["about", "health"] }] }, { to: ["ada"] }] });
  });

  test.each([{ pace: "daily" as const }, { pace: "weekly" as const }, { quiet: { from: "22:00", to: "07:00" } }, { language: "ko" }, { wishes: { ...allWishes, kinds: ["about"] } }])("of one with %j lets through only what is addressed to it", (asked) => {
    expect(filterPolicy({ ...ada, ...asked })).toEqual({ to: ["ada"] });
  });

  test("of several wishes lets through what any of them does, and names no wish that is wholly put off", () => {
    const also = [{ ...allWishes, kinds: ["edition", "about"], publishers: ["ohchr"] }, { ...allWishes, kinds: ["about"], publishers: ["kinu"] }];
    expect(filterPolicy({ ...ada, wishes: { ...allWishes, series: ["tip"] }, also })).toEqual({
      $or: [{ ring: [{ "anything-but": ["health"] }], series: ["tip"] }, { ring: ["edition"], publisher: ["ohchr"] }, { to: ["ada"] }],
    });
    expect(filterPolicy({ ...ada, pace: "daily", wishes: allWishes, also })).toEqual({ to: ["ada"] });
  });

  test("by series, publisher and language together is refused, be it by several wishes, as SNS may count $or for a sixth key", () => {
    const also = [{ ...allWishes, publishers: ["b"], languages: ["ko"] }];
    expect(() => filterPolicy({ ...ada, wishes: { ...allWishes, series: ["a"] }, also })).toThrow("these wishes filter by series, publisher and language together, which makes 6 keys and SNS takes at most 5: leave out the languages, or name series in place of publishers");
  });

  test("counts the combinations of each wish, and adds them up", () => {
    const wishes = { ...allWishes, series: seriesIds(70), kinds: ["edition"] };
    const also = (count: number): Wishes[] => [{ ...allWishes, series: seriesIds(count), kinds: ["notice"] }];
    expect(filterPolicy({ ...ada, wishes, also: also(79) })).toMatchObject({ $or: [{ ring: ["edition"] }, { ring: ["notice"] }, { to: ["ada"] }] });
    expect(() => filterPolicy({ ...ada, wishes, also: also(80) })).toThrow("these wishes make 151 combinations and SNS takes at most 150 a subscription: name fewer series");
  });

  test.each([{ protocol: "email" }, { protocol: "sms" }, { protocol: "https", pace: "at-once" as const }])("of every series of the catalogue in one language is one that SNS takes, for %j", async (way) => {
    const catalogue = await readCatalogue({ events: undefined, sources: undefined });
    const ids = catalogue.series.map(({ id }) => id);
    const wishes = parseWishes({ series: ids, publishers: catalogue.publishers.map(({ id }) => id), languages: ["en"] }, catalogue);
    expect(wishes.series).toHaveLength(ids.length);
    expect(filterPolicy({ ...ada, ...way, wishes })).toMatchObject({ $or: [{ series: wishes.series, language: ["en", "und"] }, { to: ["ada"] }] });
  });

  test("that SNS cannot take is refused with a sentence, and a digest needs none", () => {
    const series = Array.from({ length: 76 }, (_, index) => `series-${index}`);
    expect(() => filterPolicy({ ...ada, wishes: { ...allWishes, series, languages: ["ko"] } })).toThrow(
      "these wishes make 153 combinations and SNS takes at most 150 a subscription: name fewer series, or ask for their publishers, or for a digest (--pace daily), which needs none",
    );
    expect(filterPolicy({ ...ada, pace: "daily", wishes: { ...allWishes, series } })).toEqual({ to: ["ada"] });
  });
});

test("an attribute that would be empty is left out", () => {
  expect(messageAttributes({ ...tip, series: null, language: null })).toEqual({
    kind: { DataType: "String", StringValue: "edition" },
    ring: { DataType: "String", StringValue: "edition" },
    publisher: { DataType: "String", StringValue: "us-state" },
    language: { DataType: "String", StringValue: "und" },
  });
});
