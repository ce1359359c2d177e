import { describe, expect, test } from "vitest";
import { figureChanges } from "../../shared/changes/figures.ts";
import { listChange } from "../../shared/changes/lists.ts";
import { isWordingOnly } from "../../shared/changes/weight.ts";
import { hunks, pieces } from "../../shared/changes/word-diff.ts";

const figures = (before: string, after: string): string[] => figureChanges(hunks(before, after)).map((figure) => `${figure.before} > ${figure.after}`);

describe("numbers that changed", () => {
  test.each([
    ["It held 517 civilians.", "It held 516 civilians.", ["517 > 516"]],
    ["It earns $975 million a year.", "It earns $1.2 billion a year.", ["$975 million > $1.2 billion"]],
    ["Of them, 76.9 percent believed it.", "Of them, more than 75 percent believed it.", ["76.9 percent > more than 75 percent"]],
    ["The number of camps is four.", "The number of camps is six.", ["four > six"]],
    ["NGOs knew of between four and six camps.", "NGOs knew of five or six camps.", ["between four and six > five or six"]],
    ["An estimated 100,000 worked abroad.", "Tens of thousands worked abroad.", ["An estimated 100,000 > Tens of thousands"]],
    ["He earned less than one dollar a month.", "He earned less than $0.15 a month.", ["less than one dollar > less than $0.15"]],
    ["The 2017 paper said so on March 5, 2018.", "The 2018 paper said so on April 6, 2019.", []],
    ["See section 7 on Camp 14.", "See section 8 on Camp 15.", []],
    ["It executed 63 persons in August.", "It executed five officials of the Ministry of State Security in a purge.", []],
    ["It held 12 persons.", "It held persons.", []],
  ])("%s > %s", (before, after, expected) => expect(figures(before, after)).toEqual(expected));
});

const list = (names: string): string => `They worked in the following countries: ${names}.`;

describe("lists of names", () => {
  test("what came and what left is told, in whatever order", () => {
    expect(listChange(list("Algeria, Burma, Ghana, Kuwait, Mali, and the Niger"), list("Mali, Algeria, Brazil, Ghana, Kuwait, and Niger"))).toEqual({ added: ["Brazil"], removed: ["Burma"] });
  });
  test("the same names in another order are no change", () => {
    expect(listChange(list("Algeria, Burma, Ghana, Kuwait, Mali, and Niger"), list("Burma, Algeria, Ghana, Kuwait, Niger and Mali"))).toBeNull();
  });
  test("a sentence with commas is no list", () => expect(listChange("It said, once, that, at times, so, it was: yes.", "It said, twice, that, at times, so, it was: no.")).toBeNull());
});

describe("wording alone", () => {
  test.each([
    ["The DPRK denied it.", "The government denied it.", true],
    ["It prohibits work by children under age 16.", "It prohibits work by children younger than age 16.", true],
    ["NGOs report that guards beat them.", "NGOs reported guards beat them.", true],
    ["The Ministry of State Security ran it.", "The MSS ran it.", true],
    ["A report by Human Rights Watch said so.", "A report by HRW said so.", true],
    ["Daily NKreported it.", "Daily NK reported it.", true],
    ["Journalists had little freedom.", "Journalists had no freedom.", false],
    ["It used torture.", "It used torture by authorities.", false],
    ["It held 517 persons.", "It held 516 persons.", false],
    ["It restricted movement.", "It severely restricted movement.", false],
  ])("%s > %s: %s", (before, after, expected) => expect(isWordingOnly(hunks(before, after))).toBe(expected));
});

const line = (before: string, after: string): string => pieces(hunks(before, after)).map(({ kind, text }) => (kind === "same" ? text : kind === "gone" ? `[-${text}-]` : `[+${text}+]`)).join("");

describe("words side by side", () => {

  test.each([
    ["It was held in March.", "It was held in March 2019.", "It was held in March[+ 2019+]."],
    ["The state of the law is good.", "The end of the war is good.", "The[- state of the law-][+ end of the war+] is good."],
    ["“Yes,” he said.", "'yes' he said.", "'yes[-,-]' he said."],
    ["", "All new.", "[+All new.+]"],
  ])("%s > %s", (before, after, expected) => expect(line(before, after)).toBe(expected));

  test("what is the same is written as each edition writes it", () => {
    expect(pieces(hunks("However, the law stands.", "The law stands."))).toContainEqual({ kind: "same", text: " The law stands.", old: " the law stands." });
  });
});
