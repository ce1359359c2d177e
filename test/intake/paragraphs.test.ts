import { expect, test } from "vitest";
import { failureOf } from "./server.ts";
import { paragraphs } from "../../shared/intake/paragraphs.ts";

const read = (html: string, contentType: string | null = "text/html; charset=utf-8"): string[] => paragraphs(Buffer.from(html), contentType);
const [one, two, three] = ["The first paragraph is long enough.", "The second paragraph is long enough.", "The third paragraph is long enough."];

test("the paragraphs of a page come in order, without scripts and menus", () =>
  expect(read(`<nav><p>${three}</p></nav><script>const p = "<p>${three}</p>";</script><main><h1>Short</h1><p>${one}</p><p>${two.replace("paragraph", "<b>para</b>graph\n")}</p></main><footer><p>${three}</p></footer>`)).toEqual([one, two]));
test("a cell or list item that holds paragraphs is read by them", () => expect(read(`<table><tr><td><p>${one}</p><p>${two}</p></td><td>${three}</td></tr></table><ul><li>${one}</li></ul>`)).toEqual([one, two, three, one]));
test("entities and other encodings are read", () => expect(paragraphs(Buffer.from([...Buffer.from("<p>Corea del Norte aprob"), 0xf3, ...Buffer.from(" la resoluci&oacute;n</p>")]), "text/html; charset=iso-8859-1")).toEqual(["Corea del Norte aprobó la resolución"]));
test("a page without paragraphs is one", () => expect(read("<div>Only   a\n div</div>")).toEqual(["Only a div"]));
test("an empty page has none", () => expect(read("")).toEqual([]));
test("a page that is too deep is a failure of the source", async () => {
  const deep = "<div>".repeat(100_000);
  expect((await failureOf(Promise.resolve().then(() => read(deep)))).reason).toBe("too-deep");
});
