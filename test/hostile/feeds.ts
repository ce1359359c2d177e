import { gzipSync } from "node:zlib";
import { rss } from "../intake/reading.ts";

const item = (title: string, more = ""): string => `<item><title>${title}</title><link>https://example.org/1</link>${more}</item>`;
const atom = (entries: string, root = "feed"): string =>
  `<${root} xmlns${root.includes(":") ? ":a" : ""}="http://www.w3.org/2005/Atom">${entries}</${root}>`;
const described = (text: string): string => rss(item("OK", `<description>${text}</description>`));
const laughs = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join("");

/** The 40 inputs of the measurements of 2026-11-24: what each is called, holds, and must end in: titles, or the reason why not. */
export const hostileFeeds: readonly (readonly [name: string, make: () => string | Uint8Array, expected: string | readonly string[]])[] = [
  ["a billion laughs", () => rss(item("OK &l9;"), `<!DOCTYPE rss [<!ENTITY l0 "lol">${laughs}]>`), ["OK &l9;"]],
  ["a quadratic blow-up", () => rss(item("&a;".repeat(10_000)), `<!DOCTYPE rss [<!ENTITY a "${"a".repeat(100_000)}">]>`), "too-large"],
  ["an external entity", () => rss(item("OK &x;"), '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), ["OK &x;"]],
  ["Netscape's DOCTYPE", () => rss(item("OK"), '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://example.org/rss.dtd">'), ["OK"]],
  ["a feed above the size", () => rss(item("OK").repeat(200_000)), "too-large"],
  ["10,000 levels", () => described("<a>".repeat(10_000) + "</a>".repeat(10_000)), "too-deep"],
  ["200,000 levels", () => described("<a>".repeat(200_000)), "too-deep"],
  ["20,000 attributes", () => described(`<a ${Array.from({ length: 20_000 }, (_, index) => `a${index}="1"`).join(" ")}/>`), "too-large"],
  ["CDATA that never ends", () => `<rss version="2.0"><channel>${item("OK", "<description><![CDATA[text")}`.replace("</item>", ""), ["OK"]],
  ["a truncated feed", () => rss(item("OK") + item("two")).slice(0, -60), ["OK"]],
  ["NUL and control characters", () => rss(item("O\u0000K\u0001\u001f\uffff &#0;&#x1;&#x110000;")), ["OK \ufffd\u0001\ufffd".replace("\u0001", "")]],
  ["invalid UTF-8", () => Buffer.concat([Buffer.from(rss(item("OK ")).split("</title></item>")[0] ?? ""), Buffer.from([0xff, 0xfe]), Buffer.from("")]), ["OK"]],
  ["UTF-16 with a BOM", () => Buffer.from(`\ufeff${rss(item("OK 북한"))}`.replace("utf-8", "utf-16"), "utf16le"), ["OK 북한"]],
  ["windows-1252", () => Buffer.from(rss(item("OK caf\u00e9 \u0093\u0080\u0094")).replace("utf-8", "windows-1252"), "latin1"), ["OK café “€”"]],
  ["EUC-KR", () => Buffer.concat([Buffer.from('<?xml version="1.0" encoding="euc-kr"?><rss version="2.0"><channel><item><title>OK '), Buffer.from([0xba, 0xcf, 0xc7, 0xd1]), Buffer.from("</title></item></channel></rss>")]), ["OK 북한"]],
  ["bytes still zipped", () => gzipSync(rss(item("OK"))), "not-a-feed"],
  ["an HTML page", () => "<!DOCTYPE html><html><head><title>News</title></head><body><a href=/>x</a></body></html>", "not-a-feed"],
  ["nothing", () => "", "not-a-feed"],
  ["white space", () => " \n\t ", "not-a-feed"],
  ["elements named as prototypes", () => rss(item("OK", "<__proto__><polluted>1</polluted></__proto__><constructor>x</constructor>")), ["OK"]],
  ["members named as prototypes", () => '{"version":"https://jsonfeed.org/version/1.1","__proto__":{"polluted":1},"items":[{"title":"OK","__proto__":{"title":"x"},"url":"https://example.org/"}]}', ["OK"]],
  ["a title above the size", () => rss(item("x".repeat(10_000_000))), "too-large"],
  ["opening tags without end", () => described("<![CDATA[".concat("<a ".repeat(100_000), "]]>")), ["OK"]],
  ["signs without end", () => described("&lt;".repeat(100_000)), ["OK"]],
  ["one bad date in Atom", () => atom("<entry><title>OK</title><updated>not a date</updated></entry><entry><title>two</title><updated>2026-01-02T00:00:00Z</updated></entry>"), ["OK", "two"]],
  ["100,000 numeric references", () => described("&#65;".repeat(100_000)), ["OK"]],
  ["blank lines before the declaration", () => `\n\n  ${rss(item("OK"))}`, ["OK"]],
  ["text before the declaration", () => `<br />\n<b>Warning</b>: mysql\n${rss(item("OK"))}`, ["OK"]],
  ["a bare ampersand", () => rss(item("OK Q&A & AT&T")), ["OK Q&A & AT&T"]],
  ["HTML left unescaped", () => rss(item("OK", "<description><p align=left>a<br>b<img src=x></description>") + item("two")), ["OK", "two"]],
  ["named references of HTML", () => rss(item("OK&nbsp;caf&eacute; &lsquo;x&rsquo; &unheard;")), ["OK café ‘x’ &unheard;"]],
  ["RSS without a version", () => rss(item("OK")).replace(' version="2.0"', "").replace("<?xml", '<?xml version="1.0"'), ["OK"]],
  ["Atom with a prefix", () => atom("<a:entry><a:title>OK</a:title></a:entry>", "a:feed"), ["OK"]],
  ["an Atom link without attributes", () => atom("<entry><title>OK</title><link/></entry>"), ["OK"]],
  ["a title in XHTML", () => atom('<entry><title type="xhtml"><div>O<b>K</b> and <i>more</i></div></title></entry>'), ["OK and more"]],
  ["a title in HTML", () => atom('<entry><title type="html">&lt;b&gt;OK&lt;/b&gt; AT&amp;amp;T</title></entry>'), ["OK AT&T"]],
  ["no title of the channel", () => `<rss version="2.0"><channel>${item("OK")}</channel></rss>`, ["OK"]],
  ["a JSON Feed", () => '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"OK"}]}', ["OK"]],
  ["RDF", () => `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>F</title></channel>${item("OK")}</rdf:RDF>`, ["OK"]],
  ["a long comment and instruction", () => `<?xml version="1.0"?><!--${"- ".repeat(100_000)}--><?php ${"x ".repeat(10_000)}?><rss version="2.0"><channel>${item("OK")}</channel></rss>`, ["OK"]],
];
