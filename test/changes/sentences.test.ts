import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sentences } from "../../shared/changes/sentences.ts";

test.each([
  ["Guards beat prisoners. Food is short.", ["Guards beat prisoners.", "Food is short."]],
  ["The U.S. Government and the U.N. Secretary-General met Mr. Kim. He left.", ["The U.S. Government and the U.N. Secretary-General met Mr. Kim.", "He left."]],
  ["It lies outside the U.S. The government denied it.", ["It lies outside the U.S.", "The government denied it."]],
  ["See No. 12, art. 36, para. 4, and pp. 5-7. That is all.", ["See No. 12, art. 36, para. 4, and pp. 5-7.", "That is all."]],
  ["Asked for aid, it said no. Nobody came.", ["Asked for aid, it said no.", "Nobody came."]],
  ["He remains “eternal president.” The next election is far.", ["He remains “eternal president.”", "The next election is far."]],
  ["Prices rose by 3.5 percent (see section 7.b.). Wages did not.", ["Prices rose by 3.5 percent (see section 7.b.).", "Wages did not."]],
  ["Workers came from other provinces.[i] South Korean media reported it.[12] It is so.", ["Workers came from other provinces.[i]", "South Korean media reported it.[12]", "It is so."]],
  ["Is it so? It is! Yes…", ["Is it so?", "It is!", "Yes…"]],
  ["J. Smith wrote it. K. Lee did not.", ["J. Smith wrote it.", "K. Lee did not."]],
  ["북한은 식량이 부족하다. 국경은 닫혀 있다.", ["북한은 식량이 부족하다.", "국경은 닫혀 있다."]],
  ["朝鮮の人権。状況は悪い。", ["朝鮮の人権。", "状況は悪い。"]],
  ["One sentence without a stop", ["One sentence without a stop"]],
  ["", []],
])("%s", (text, expected) => expect(sentences(text)).toEqual(expected));

test("a list of three items and more gives what it is of, and its items", () => {
  expect(sentences("Issues included: killings; torture by the police; and forced labor. All went on.")).toEqual(["Issues included:", "killings;", "torture by the police;", "and forced labor.", "All went on."]);
});

test("two halves of a sentence are no list", () => expect(sentences("The law says so; however, nobody follows it.")).toHaveLength(1));

test("nothing is lost but white space", () => {
  const text = fc.array(fc.constantFrom("Mr. ", "U.S. ", "No. 5 ", "It is. ", "“Yes.” ", "; ", "다. ", "a", "B", ". ", "? ", "[i] ", "(x) ", "…", "。", ": "), { maxLength: 40 }).map((parts) => parts.join(""));
  fc.assert(fc.property(text, (whole) => { expect(sentences(whole).join("").replace(/\s/g, "")).toBe(whole.replace(/\s/g, "")); }));
});
