import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { packCatalogue, readPacked } from "../../shared/catalogue/packed.ts";
import { catalogue } from "../recognition/catalogue.ts";

const known = catalogue({
  series: [{ id: "tip", recognise: [{ role: "release", title: ["trafficking in persons report"] }] }],
  sources: [{ id: "press", publisher: "state", url: "https://state.example/feed", read: { as: "feed" } }],
});
const packed = packCatalogue(known);

test("a catalogue comes out of its pack as it went in, with its defaults filled in", () => {
  expect(readPacked(packed).catalogue).toEqual(known);
  expect(readPacked(packed).catalogue.sources[0]?.everyMinutes).toBe(60);
});

test("the version follows from the content alone", () => {
  const { version } = readPacked(packed);
  expect(version).toMatch(/^[0-9a-f]{12}$/);
  expect(readPacked(packCatalogue({ ...known })).version).toBe(version);
  expect(readPacked(packCatalogue({ ...known, sources: [] })).version).not.toBe(version);
});

test("the version is the content's, written out without its frame", () => {
  const { format: _format, version, ...content }: { format: number; version: string } = JSON.parse(packed);
  expect(createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 12)).toBe(version);
});

describe("a text that cannot be used is refused with a sentence", () => {
  test.each([
    ["no JSON", packed.slice(0, -1), "it is not JSON"],
    ["another file", "{}", "it is not what `npm run catalogue:push` writes"],
    ["a list", "[]", "it is not what"],
    ["nothing", "null", "it is not what"],
    ["half a catalogue", '{"format":1,"version":"a","events":{},"sources":{}}', "it is not what"],
    ["another format", packed.replace('"format":1', '"format":2'), "it has format 2, and this program reads 1"],
    ["one changed by hand", packed.replace("https://state.example/feed", "https://state.example/rss"), "it was changed after it was checked"],
  ])("%s", (_, text, why) => expect(() => readPacked(text)).toThrow(`The packed catalogue cannot be used: ${why}`));
});
