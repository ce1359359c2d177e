import { expect, test } from "vitest";
import { cutSeptets, septets, toGsm7 } from "../../shared/alerts/gsm7.ts";

test("what GSM-7 has stays, what it lacks becomes its nearest", () => {
  expect(toGsm7("Café à Genève, ñandú, Ünal, Å, 5 €")).toBe("Café à Genève, ñandu, Ünal, Å, 5 €");
  expect(toGsm7("‘a’ “b” – c — d… e\u00A0f ½ № œuvre Łódź Kwŏn Ōsaka")).toBe("'a' \"b\" - c - d... e f 1/2 No oeuvre Lodz Kwon Osaka");
  expect(toGsm7("A/HRC/RES/46/17 ⟶ adopted ✓")).toBe("A/HRC/RES/46/17 adopted");
});

test("a few words of Korean are dropped, a Korean title as a whole", () => {
  expect(toGsm7("White Paper on Human Rights in North Korea (북한인권백서)")).toBe("White Paper on Human Rights in North Korea");
  expect(toGsm7("북한인권백서 2021")).toBe("");
  expect(toGsm7("")).toBe("");
});

test("characters of the extension table count two", () => {
  expect(septets("a[b]€")).toBe(8);
});

test("a text is cut to fit with its dots, between words where that is near", () => {
  expect(cutSeptets("one two three", 13)).toBe("one two three");
  expect(cutSeptets("one two three", 12)).toBe("one two...");
  expect(cutSeptets("[[[[[[", 9)).toBe("...");
  expect(cutSeptets("a€€€€€€", 9)).toBe("a€€...");
});
