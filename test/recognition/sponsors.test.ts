import { expect, test } from "vitest";
import { withoutSponsors } from "../../shared/recognition/sponsors.ts";

test.each([
  ["The right to food : draft resolution / Cuba, Democratic People's Republic of Korea", "The right to food : draft resolution"],
  ["Amendments / Belarus", "Amendments"],
  ["On: HUMAN RIGHTS. Additional sponsors: Chile, Cuba.", "On: HUMAN RIGHTS. "],
  ["Co-sponsors: Chile", ""],
])("%s is %s", (text, rest) => expect(withoutSponsors(text)).toBe(rest));

test.each([
  "Situation of human rights in the DPRK : resolution / adopted by the Human Rights Council",
  "Human rights / North Korea",
  "Its sponsors withdrew it",
])("%s stays", (text) => expect(withoutSponsors(text)).toBe(text));
