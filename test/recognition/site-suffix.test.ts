import { expect, test } from "vitest";
import { withoutSite } from "../../shared/recognition/site-suffix.ts";

const names = new Set(["ohchr", "human rights watch", "un news"]);
const cut = (title: string): string => withoutSite(title, (name) => names.has(name));

test.each([
  ["A report on camps | OHCHR", "A report on camps"],
  ["A report on camps - Human Rights Watch", "A report on camps"],
  ["A report on camps – UN News | OHCHR", "A report on camps"],
  ["A report?on camps?| OHCHR", "A report?on camps?| OHCHR"],
])("%s is %s", (title, rest) => expect(cut(title)).toBe(rest));

test.each(["A report on camps - The Daily", "OHCHR | Human Rights Watch", "A report: Human Rights Watch", "Camps | OHCHR", "OHCHR", ""])("%s stays", (title) => expect(cut(title)).toBe(title));

test("a name's words do not count for the title", () => {
  expect(cut("North Korea holds a congress - Human Rights Watch")).toBe("North Korea holds a congress");
});
