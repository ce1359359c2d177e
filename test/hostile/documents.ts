import type { Source } from "../../shared/catalogue/schema.ts";
import { rss } from "../intake/reading.ts";

/** A document that a publisher answers, how its source is read, and what health it must end in. */
export interface HostileDocument {
  readonly name: string;
  readonly read: Source["read"];
  readonly make: () => string | Uint8Array;
  /** "well", or the health and its reason. */
  readonly expected: string;
}

const many = (count: number, one: (index: number) => string): string => Array.from({ length: count }, (_, index) => one(index)).join("");
const linkTo = (index: number): string => `<a href="/${index}">A title that is long enough, ${index}</a>`;
const main = (inner: string): string => `<!doctype html><html><head><title>News</title></head><body><main>${inner}</main></body></html>`;
const laughing = (count: number): string => rss(many(count, (index) => `<item><title>North Korea: prison camp ${index}</title><link>https://state.example/${index}</link></item>`));

type Row = readonly [name: string, make: () => string | Uint8Array, expected: string];
const of = (read: Source["read"], rows: readonly Row[]): HostileDocument[] => rows.map(([name, make, expected]) => ({ name, read, make, expected }));

const feeds: readonly Row[] = [
  ["items that stand in one another, above 100,000 elements", () => `<rss><channel>${"<item><title>".repeat(100)}${"<b/>".repeat(100_000)}`, "well"],
  ["2,400,000 elements in one item", () => rss(`<item><title>OK</title>${"<a/>".repeat(2_400_000)}</item>`), "failing too-large"],
  ["400,000 dates in one item", () => rss(`<item><title>OK</title>${"<pubDate>1</pubDate>".repeat(400_000)}</item>`), "failing too-large"],
  ["5,000,000 bare ampersands", () => rss(`<item><title>${"&".repeat(5_000_000)}</title></item>`), "failing too-large"],
  ["a million references", () => rss(`<item><title>OK</title><description>${"&#65;".repeat(1_000_000)}</description></item>`), "failing too-large"],
  ["20,000 items that all concern us", () => laughing(20_000), "well partial"],
  ["a title of 9 MB", () => rss(`<item><title>${"x".repeat(9_000_000)}</title></item>`), "well"],
  ["a summary of 9 MB of opening tags", () => rss(`<item><title>OK</title><description><![CDATA[${"<a b='".repeat(1_500_000)}]]></description></item>`), "well"],
  ["a guid of 9 MB", () => rss(`<item><title>OK</title><guid isPermaLink="false">${"g".repeat(9_000_000)}</guid></item>`), "well"],
  ["an address of 9 MB", () => rss(`<item><title>OK</title><link>https://example.org/${"a".repeat(9_000_000)}</link></item>`), "well"],
  ["an address that names this machine", () => rss("<item><title>North Korea: a prison camp</title><link>http://127.0.0.1:22/</link></item>"), "well"],
  ["an address of another scheme", () => rss("<item><title>North Korea: a prison camp</title><link>javascript:alert(1)</link></item>"), "well"],
  ["a challenge whose title is 190 KB of white space", () => `<html><title>a${" ".repeat(190_000)}b</title></html>`, "failing not-a-feed"],
  ["1,000 bases, one in another", () => rss(many(200, (index) => `<item xml:base="https://example.org/${index}/"><title>OK</title><link>x</link></item>`)), "well"],
];

const pages: readonly Row[] = [
  ["60,000 links in one row", () => main(`<ul><li>${many(60_000, linkTo)}</li></ul>`), "failing too-large"],
  ["40,000 links in one row", () => main(`<ul><li>${many(40_000, linkTo)}</li></ul>`), "well partial"],
  ["40,000 headings in one row", () => main(`<ul><li><a href="/x">A title that is long enough</a>${many(40_000, () => "<h2>Heading</h2>")}</li></ul>`), "well"],
  ["rows nested 500 deep, with 20,000 links", () => main(`${"<dd><li>".repeat(250)}${many(20_000, linkTo)}`), "well partial"],
  ["rows nested 20,000 deep", () => main(many(10_000, (index) => `<dd><li>${linkTo(index)}`)), "failing too-deep"],
  ["links nested 250 deep around 9 MB", () => main(`${many(240, (index) => `<a href="/${index}">`)}${"word ".repeat(1_800_000)}`), "failing empty"],
  ["a label of 7 MB", () => main(`<a href="/x" title="${"북한 ".repeat(1_000_000)}">x</a>`), "well"],
  ["an empty listing", () => main("<p>There is nothing.</p>"), "failing empty"],
  ["a challenge in place of the listing", () => "<!doctype html><html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>", "blocked challenge"],
  ["bytes of a picture", () => Buffer.from("89504e470d0a1a0a0000000d49484452".repeat(2000), "hex"), "failing empty"],
];

const selected: readonly Row[] = [
  ["items nested 250 deep, by selector", () => main(`${many(240, (index) => `<div><a href="/${index}">Item ${index}</a>`)}${"<b>x</b>".repeat(40_000)}`), "well"],
  ["100,000 items, by selector", () => main(many(100_000, (index) => `<div><a href="/${index}">x</a></div>`)), "failing too-large"],
  ["20,000 items, by selector", () => main(many(20_000, (index) => `<div><a href="/${index}">x</a></div>`)), "well partial"],
];

const json: readonly Row[] = [
  ["3,000,000 empty objects", () => `{"items":[${"{},".repeat(3_000_000)}{}]}`, "failing too-large"],
  ["lists nested 4,000,000 deep", () => "[".repeat(4_000_000) + "]".repeat(4_000_000), "failing too-deep"],
  ["a text that never ends", () => `{"items":[{"title":"${"x\\\\".repeat(2_000_000)}`, "failing not-a-feed"],
  ["half of a pair", () => '{"items":[{"title":"North Korea: a prison camp \\ud83d","url":"https://state.example/half","id":"\\udc00"}]}', "well"],
  ["members of other types", () => '{"items":[{"title":{"a":1},"url":[1],"id":null,"date_published":{}},7,null,"x",[]]}', "failing empty"],
  ["a web page in place of JSON", () => "<!doctype html><html><body>Error</body></html>", "failing not-a-feed"],
  ["an empty answer", () => "", "failing not-a-feed"],
];

const marc: readonly Row[] = [
  ["240 elements around 9 MB in one subfield", () => `<collection><record><datafield tag="245"><subfield code="a">${"<b>".repeat(240)}${"word ".repeat(1_800_000)}`, "well"],
  ["a symbol of 9 MB", () => `<collection><record><datafield tag="245"><subfield code="a">Human rights in North Korea</subfield></datafield><datafield tag="191"><subfield code="a">${"A/".repeat(4_500_000)}</subfield></datafield></record></collection>`, "well"],
  ["100,000 records", () => `<collection>${"<record/>".repeat(100_000)}</collection>`, "failing empty"],
];

const mail: readonly Row[] = [
  ["50,000 messages", () => "From a\nSubject: North Korea: a prison camp\n\nText\n\n".repeat(50_000), "well"],
  ["parts nested 900 deep", () => `Subject: x\n${many(900, (index) => `Content-Type: multipart/mixed; boundary=b${index}\n\n--b${index}\n`)}`, "failing unreadable"],
  ["49,000 headers", () => `${many(49_000, (index) => `X-${index}: y\n`)}\nText`, "failing unreadable"],
  ["100,000 parts", () => `Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n${"--b\n\nx\n".repeat(100_000)}`, "failing too-large"],
  ["49,000 lines of text", () => `Subject: x\n\n${"word\n".repeat(49_000)}`, "well"],
  ["ten million empty lines", () => `Subject: x\n\n${"\n".repeat(9_900_000)}`, "failing too-large"],
  ["990 parts with a header each", () => `Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n${many(990, (index) => `--b\nX-${index}: ${"y".repeat(150)}\n\nx\n`)}`, "well"],
  ["senders without end", () => `Subject: x\nFrom: ${"a@b.example, ".repeat(14_000)}\n\nText`, "well"],
  ["quotation marks without end", () => `Subject: x\nFrom: ${'"a'.repeat(90_000)}\n\nText`, "well"],
  ["groups of receivers nested 20,000 deep", () => `Subject: x\nTo: ${"g: ".repeat(20_000)}\n\nText`, "well"],
  ["an HTML part nested 10,000 deep", () => `Subject: x\nContent-Type: text/html\n\n${"<div>".repeat(10_000)}`, "failing too-deep"],
  ["no mail at all", () => "x".repeat(1000), "failing unreadable"],
];

/** What was found since, by reading our code as an attacker would, and by fuzzing. */
export const hostileDocuments: readonly HostileDocument[] = [
  ...of({ as: "feed" }, feeds),
  ...of({ as: "page" }, pages),
  ...of({ as: "page", item: "div" }, selected),
  ...of({ as: "json", api: "jsonfeed" }, json),
  ...of({ as: "marcxml" }, marc),
  ...of({ as: "mail" }, mail),
];
