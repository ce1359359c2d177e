import { describe, expect, test } from "vitest";
import type { Call } from "./calls.ts";
import { allows, fits, idle, type Statement } from "./policy.ts";

const table = "arn:aws:dynamodb:us-east-1:000000000000:table/almanac";
const read: Statement = { effect: "Allow", actions: ["dynamodb:GetItem", "dynamodb:Query"], resources: [table, `${table}/index/owed`], conditions: {} };
const call = (action: string, resource = table, context: Call["context"] = {}): Call => ({ caller: "plan", action, resource, context });

const own = (operator: string): Statement => ({ ...read, conditions: { [operator]: { "dynamodb:LeadingKeys": ["PLAN", "SOURCE#*"] } } });
const keys = (...values: string[]): Call["context"] => ({ "dynamodb:LeadingKeys": values });

describe("a pattern", () => {
  test.each([
    ["dynamodb:*", "dynamodb:GetItem", true],
    ["dynamodb:Get*", "dynamodb:PutItem", false],
    ["arn:aws:s3:::bucket/catalogue/*", "arn:aws:s3:::bucket/catalogue/current.json", true],
    ["arn:aws:s3:::bucket/catalogue/*", "arn:aws:s3:::bucket/evidence/1", false],
    ["table.name", "tableXname", false],
    ["item?", "item1", true],
    ["item?", "item", false],
    ["*", "anything", true],
  ])("%s for %s: %s", (pattern, text, expected) => expect(fits(pattern, text)).toBe(expected));
});

describe("a call", () => {
  test("is refused unless a statement allows its action on its resource", () => {
    expect(allows([read], call("dynamodb:GetItem"))).toBe(true);
    expect(allows([read], call("dynamodb:getitem"))).toBe(true);
    expect(allows([read], call("dynamodb:PutItem"))).toBe(false);
    expect(allows([read], call("dynamodb:Query", `${table}/index/month`))).toBe(false);
    expect(allows([], call("dynamodb:GetItem"))).toBe(false);
  });

  test("is refused where a statement denies it, whatever else allows it", () => {
    const denied: Statement = { ...read, effect: "Deny", resources: ["*"] };
    expect(allows([read, denied], call("dynamodb:GetItem"))).toBe(false);
  });

  test.each([
    ["ForAllValues:StringLike", keys("PLAN", "SOURCE#a"), true],
    ["ForAllValues:StringLike", keys("PLAN", "ITEM#1"), false],
    ["ForAllValues:StringLike", {}, true],
    ["ForAnyValue:StringLike", keys("PLAN", "ITEM#1"), true],
    ["StringLike", keys("SOURCE#a"), true],
    ["StringLike", {}, false],
    ["StringEquals", keys("SOURCE#*"), true],
    ["StringEquals", keys("SOURCE#a"), false],
  ])("under %s, with %j: %s", (operator, context, expected) => expect(allows([own(operator)], call("dynamodb:GetItem", table, context))).toBe(expected));

  test("a condition that is not known is no pass", () => expect(() => allows([own("NumericLessThan")], call("dynamodb:GetItem"))).toThrow("NumericLessThan"));
});

describe("what is allowed and never needed", () => {
  test("an action", () => expect(idle([read], [call("dynamodb:GetItem"), call("dynamodb:GetItem", `${table}/index/owed`)])).toEqual([`dynamodb:Query on ${table}, ${table}/index/owed`]));
  test("a resource", () => expect(idle([read], [call("dynamodb:GetItem"), call("dynamodb:Query")])).toEqual([`dynamodb:GetItem, dynamodb:Query on ${table}/index/owed`]));
  test("a partition", () => {
    const keyed = { ...own("ForAllValues:StringLike"), actions: ["dynamodb:GetItem"], resources: [table] };
    expect(idle([keyed], [call("dynamodb:GetItem", table, keys("SOURCE#a"))])).toEqual(["dynamodb:GetItem on PLAN"]);
    expect(idle([keyed], [call("dynamodb:GetItem", table, keys("PLAN")), call("dynamodb:PutItem", table, keys("SOURCE#a"))])).toEqual(["dynamodb:GetItem on SOURCE#*"]);
    expect(idle([keyed], [call("dynamodb:GetItem", table, keys("PLAN", "SOURCE#a"))])).toEqual([]);
  });
  test("nothing", () => expect(idle([read], [call("dynamodb:GetItem"), call("dynamodb:Query", `${table}/index/owed`)])).toEqual([]));
});
