import { expect, test } from "vitest";
import { readBody } from "../../shared/recognition/body.ts";
import { names } from "./catalogue.ts";

const body = { all: ["resolution", ["without a vote", "adopted"]], not: ["postponed", "deferred"] };

test("one paragraph that names the DPRK and holds each word decides, and is quoted", () => {
  const told = "The resolution on the Democratic People’s Republic of Korea was adopted without a vote.";
  expect(readBody(body, ["The session opened.", told], false, names)).toEqual({ holds: true, why: `the page says: “${told}”` });
});

test("words that lie in different paragraphs decide nothing", () => {
  const verdict = { holds: false, why: "no paragraph of the page names the DPRK with the words of the rule" };
  expect(readBody(body, ["North Korea was spoken of.", "A resolution was adopted."], false, names)).toEqual(verdict);
  expect(readBody(body, ["A resolution on Myanmar was adopted.", "A resolution on the Democratic Republic of the Congo was adopted."], false, names)).toEqual(verdict);
  expect(readBody(body, ["The resolution on North Korea was discussed."], false, names)).toEqual(verdict);
  expect(readBody(body, [], false, names)).toEqual(verdict);
});

test("what was postponed was not adopted", () => {
  const postponed = "The resolution on the DPRK, to be adopted today, was postponed.";
  expect(readBody(body, [postponed], false, names)).toEqual({ holds: false, why: `the page's paragraph on the DPRK has "postponed"` });
  expect(readBody(body, ["The resolution on Syria was postponed.", "The resolution on the DPRK was adopted."], false, names)).toMatchObject({ holds: true });
});

test("where everything is on the DPRK, a paragraph need not name it", () => {
  expect(readBody(body, ["The resolution was adopted."], true, names)).toMatchObject({ holds: true });
  expect(readBody(body, ["The resolution was adopted."], false, names)).toMatchObject({ holds: false });
});

test("words keep their borders, and Hangul is found inside words", () => {
  expect(readBody({ all: ["act"], not: [] }, ["North Korea reacted."], false, names)).toMatchObject({ holds: false });
  expect(readBody({ all: ["인권결의"], not: [] }, ["유엔이 북한인권결의안을 채택했다."], false, names)).toMatchObject({ holds: true });
});

test("a long paragraph is quoted in part", () => {
  const { why } = readBody(body, [`The resolution on North Korea was adopted ${"after long talks ".repeat(40)}`], false, names);
  expect(why).toMatch(/…”$/);
  expect(why.length).toBeLessThan(280);
});
