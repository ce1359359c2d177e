import * as fc from "fast-check";

const names = "rss channel item entry title link guid pubDate description content:encoded a p li td div script style b html body main h2 time record collection datafield subfield".split(" ");
const scraps = [
  ..."< > & &amp; &#0; &#xD800; &lt; <![CDATA[ ]]> <!-- --> <?xml ?> <!DOCTYPE [ ] { } \" ' : , \\ \\u0000 \\ud800 \0 \uFEFF \u202E".split(" "),
  "xml:base=\"//x\"", "href='javascript:x'", "http://[::1]/", "2026-11-24", "Tue, 31 Feb 2026 25:61:00 +9999", "북한", "人權", "A/HRC/61/L.20", "North Korea human rights",
  "From x\n", "Subject: x\n", "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "Content-Transfer-Encoding: base64\n", "=?utf-8?B?////?=", "\r\n\r\n", '"items":[{"title":', '"url":', "null", "-1e999",
];
const tag = fc.tuple(fc.constantFrom(...names), fc.constantFrom("<$>", "</$>", "<$/>", "<$ ", "<$ rel=alternate href='/x'>")).map(([name, form]) => form.replace("$", name));

/** Pieces of every format that we read, in any order: what no generator of text alone would come to. */
export const soup: fc.Arbitrary<string> = fc
  .array(fc.oneof({ arbitrary: tag, weight: 5 }, { arbitrary: fc.constantFrom(...scraps), weight: 4 }, fc.string({ unit: "binary", maxLength: 12 }), fc.tuple(fc.constantFrom(...scraps), fc.integer({ min: 2, max: 300 })).map(([scrap, times]) => scrap.repeat(times))), { maxLength: 60 })
  .map((pieces) => pieces.join(""));

/** The same as bytes, in one of the charsets that they may pretend to be in, or broken anywhere. */
export const bytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  soup.map((text) => Buffer.from(text)),
  soup.map((text) => Buffer.from(`\uFEFF${text}`, "utf16le")),
  soup.map((text) => Buffer.from(text, "latin1")),
  fc.uint8Array({ maxLength: 300 }),
);

interface Cut {
  readonly at: number;
  readonly length: number;
  readonly to: number;
  readonly what: "drop" | "repeat" | "move" | "insert" | "flip" | "end";
  readonly piece: string;
}

const cut: fc.Arbitrary<Cut> = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  length: fc.integer({ min: 1, max: 4000 }),
  to: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  what: fc.constantFrom("drop", "repeat", "move", "insert", "flip", "end"),
  piece: soup,
});

function apply(content: Buffer, { at, length, to, what, piece }: Cut): Buffer {
  const from = Math.floor(at * content.length);
  const [before, part, after] = [content.subarray(0, from), content.subarray(from, from + length), content.subarray(from + length)];
  const other = Math.floor(to * content.length);
  if (what === "end") return before;
  if (what === "drop") return Buffer.concat([before, after]);
  if (what === "repeat") return Buffer.concat([before, part, part, part, after]);
  if (what === "insert") return Buffer.concat([before, Buffer.from(piece), part, after]);
  if (what === "move") return Buffer.concat([content.subarray(0, other), part, content.subarray(other)]);
  const flipped = Buffer.from(content);
  if (from < flipped.length) flipped[from] = (flipped[from] ?? 0) ^ (1 << (length % 8));
  return flipped;
}

/** A real document with a few things done to it: cut off, with parts lost, repeated, moved, inserted, or bits flipped. */
export function mutated(document: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc.array(cut, { minLength: 1, maxLength: 8 }).map((cuts) => cuts.reduce(apply, Buffer.from(document)));
}
