import { describe, expect, test } from "vitest";
import { readFeed } from "../../shared/intake/feed.ts";
import { readTolerant } from "../../shared/intake/feed-tolerant.ts";
import type { Item } from "../../shared/intake/item.ts";
import { outcome, rss } from "./reading.ts";

const base = "https://example.org/news/feed.xml";
const atom = (entry: string, attributes = "", head = ""): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}>${head}<entry><title>T</title>${entry}</entry></feed>`;

async function first(text: string): Promise<Item | undefined> {
  return (await readFeed(text, base)).items[0];
}

const one = (fields: string): Promise<Item | undefined> => first(rss(`<item><title>T</title>${fields}</item>`));

const page = (title: string, body = ""): string => `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`;

/** The same feed, broken at its end, so that only the tolerant reader can read it. */
const broken = (text: string): string => text.trimEnd().slice(0, -1);

test("an item has all its parts", async () => {
  const item = await one(
    '<link> https://example.org/a?b=1&amp;c=2 </link><guid isPermaLink="false"> 17 </guid><pubDate>Thu, 08 Jul 2021 12:14:57 +0000</pubDate>' +
      "<description><![CDATA[<p>What it says &#8211; at some length, so that it is enough.</p>]]></description><dc:language>ko-KR</dc:language>",
  );
  expect(item).toEqual({
    title: "T",
    url: "https://example.org/a?b=1&c=2",
    published: "2021-07-08T12:14:57Z",
    summary: "What it says – at some length, so that it is enough.",
    guid: "17",
    symbol: null,
    language: "ko",
  });
});

describe("the address", () => {
  test.each([
    ["of an Atom link in RSS", '<atom:link rel="alternate" href="https://example.org/a"/><atom:link rel="self" href="https://example.org/s"/>', "https://example.org/a"],
    ["of a permanent guid, where there is no link", "<guid>https://example.org/g</guid>", "https://example.org/g"],
    ["of the link, not of the guid", "<guid>https://example.org/g</guid><link>https://example.org/l</link>", "https://example.org/l"],
    ["none, when the guid is no link", '<guid isPermaLink="false">https://example.org/g</guid>', null],
    ["relative to the feed's own link", "<link>/a</link>", "https://example.org/a"],
    ["none, for a script", "<link>javascript:alert(1)</link>", null],
    ["none, for a file", "<link>file:///etc/passwd</link>", null],
    ["none, for mail", "<link>mailto:a@example.org</link>", null],
    ["the next one, when the first is none", "<link>javascript:alert(1)</link><guid>https://example.org/g</guid>", "https://example.org/g"],
  ])("is %s", async (_, fields, url) => expect((await one(fields))?.url).toBe(url));

  test.each([
    ["the alternate link", '<link rel="edit" href="/e"/><link rel="alternate" href="/a"/>', "https://example.org/a"],
    ["the alternate link, not an enclosure written as text", '<link rel="enclosure">https://example.org/e.mp3</link><link rel="alternate" href="/a"/>', "https://example.org/a"],
    ["a link without rel", '<link rel="self" href="/s"/><link href="a"/>', "https://example.org/news/a"],
    ["an id that is an address", "<id>https://example.org/i</id>", "https://example.org/i"],
  ])("in Atom is %s", async (_, fields, url) => expect((await first(atom(fields)))?.url).toBe(url));

  test("is relative to xml:base, wherever it stands", async () => {
    expect((await first(atom('<link href="a"/>', 'xml:base="https://example.com/x/"')))?.url).toBe("https://example.com/x/a");
    expect((await first(atom('<link xml:base="y/" href="a"/>', 'xml:base="https://example.com/x/"')))?.url).toBe("https://example.com/x/y/a");
    expect((await first(rss("<item xml:base='/z/'><title>T</title><link>a</link></item>")))?.url).toBe("https://example.org/z/a");
    expect((await first(`<rss version="2.0" xml:base="https://example.com/b/"><channel><link>https://example.net/</link><item><title>T</title><link>a</link></item></channel></rss>`))?.url).toBe("https://example.com/b/a");
  });

  test("in RDF is the subject's, where there is no link", async () =>
    expect((await first('<rdf:RDF xmlns:rdf="r"><channel/><item rdf:about="https://example.org/r"><title>T</title></item></rdf:RDF>'))?.url).toBe("https://example.org/r"));
});

describe("the date", () => {
  test.each([
    ["<dc:date>2026-09-27</dc:date>", "2026-09-27"],
    ["<dcterms:issued>2026-09-27T10:00:00Z</dcterms:issued>", "2026-09-27T10:00:00Z"],
    ["<dcterms:modified>2026-09-27T10:00:00</dcterms:modified>", "2026-09-27T10:00:00Z"],
    ["<pubDate>27 Sep  2026</pubDate>", "2026-09-27"],
    ["<pubDate>Sun,27 Sep 2026 09:00</pubDate>", "2026-09-27T09:00:00Z"],
    ["<pubDate>soon</pubDate><dc:date>2026-09-27</dc:date>", "2026-09-27"],
    ["<pubDate>soon</pubDate>", null],
    ["", null],
  ])("of %s is read", async (fields, published) => expect((await one(fields))?.published).toBe(published));

  test.each([
    ["<issued>2003-12-13T08:29:29-04:00</issued><modified>2004-01-01T00:00:00Z</modified>", "2003-12-13T12:29:29Z"],
    ["<modified>2003-12-13T18:30:02Z</modified>", "2003-12-13T18:30:02Z"],
    ["<created>2003-12-13T18:30:02Z</created>", "2003-12-13T18:30:02Z"],
    ["<published>2026-01-01</published><updated>2026-02-02T00:00:00Z</updated>", "2026-01-01"],
    ["<published>no</published><updated>2026-02-02T00:00:00Z</updated>", "2026-02-02T00:00:00Z"],
  ])("of Atom's %s is read", async (fields, published) => expect((await first(atom(fields)))?.published).toBe(published));
});

describe("the summary", () => {
  const long = "A description that says enough about the thing to be used.";
  test.each([
    ["the description", `<description>${long}</description><content:encoded>Another and far longer text about the same thing, with all its words.</content:encoded>`, long],
    ["the whole text, when the description says nothing", `<description>T</description><content:encoded>${long}</content:encoded>`, long],
    ["the whole text, when the description is short", `<description>More…</description><content:encoded>${long}</content:encoded>`, long],
    ["the short description, when there is no other", "<description>More…</description>", "More…"],
    ["null, when there is none", "", null],
  ])("is %s", async (_, fields, summary) => expect((await one(fields))?.summary).toBe(summary));

  test("in XHTML keeps the order of its words", async () =>
    expect((await first(atom('<content type="xhtml"><div>one <b>two</b> three<p>four</p></div></content>')))?.summary).toBe("one two three four"));
});

describe("an item that cannot be one", () => {
  test("is skipped with its reason, and the others are read", async () => {
    const feed = rss("<item><description>only text</description></item><item><title>T</title></item><item><link>https://example.org/a</link></item>");
    const { items, skipped } = await readFeed(feed, base);
    expect(items.map(({ title }) => title)).toEqual(["T"]);
    expect(skipped).toEqual([
      { title: null, why: "neither a title nor an address" },
      { title: null, why: "no title and no text: https://example.org/a" },
    ]);
  });

  test("is one by the first words of its summary, when it has an address", async () => {
    const words = "The Assembly adopted a resolution on the situation of human rights, and this sentence goes on for more than a hundred letters.";
    const item = await first(rss(`<item><link>https://example.org/a</link><description>${words}</description></item>`));
    expect(item?.title).toBe("The Assembly adopted a resolution on the situation of human rights, and this sentence goes on for…");
  });
});

describe("what is not a feed", () => {
  test.each([
    ["a page", page("News"), "not-a-feed"],
    ["an XHTML page", `<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html><title>News</title></html>`, "not-a-feed"],
    ["another XML document", '<?xml version="1.0"?><sitemap><url/></sitemap>', "not-a-feed"],
    ["JSON of another shape", '{"error":"x"}', "not-a-feed"],
    ["broken JSON", '{"items":[', "not-a-feed"],
    ["plain text", "Service unavailable", "not-a-feed"],
    ["Cloudflare's challenge", page("Just a moment...", "<script>window._cf_chl_opt={}</script>"), "challenge"],
    ["Cloudflare's refusal", page("Attention Required! | Cloudflare"), "challenge"],
    ["Akamai's refusal", page("Access Denied", "You don't have permission to access this."), "challenge"],
    ["the Federal Register's page", page("Federal Register :: Request Access"), "challenge"],
    ["a redirect to its address", page("x", '<a href="https://unblock.federalregister.gov">here</a>'), "challenge"],
    ["Imperva's page", page("Pardon Our Interruption"), "challenge"],
    ["Incapsula's frame", page("", '<iframe src="/_Incapsula_Resource?x"></iframe>'), "challenge"],
    ["AWS WAF's script", page("", "<script>window.awsWafCookieDomainList = [];</script>"), "challenge"],
    ["a captcha", page("Please wait", '<div class="g-recaptcha"></div>'), "challenge"],
  ])("%s is refused by name", async (_, text, reason) => expect(await outcome(() => readFeed(text, base))).toBe(reason));

  test("a feed without items is an empty one", async () => {
    expect(await readFeed(rss(""), base)).toEqual({ items: [], skipped: [] });
    expect(await readFeed('<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title></feed>', base)).toEqual({ items: [], skipped: [] });
    expect(await readFeed('{"version":"https://jsonfeed.org/version/1.1","items":[]}', base)).toEqual({ items: [], skipped: [] });
  });
});

test.each([
  ["RSS", rss('<item><title>One &amp;#8217; &amp; two</title><link>/a</link><guid isPermaLink="false">1</guid><pubDate>Thu, 08 Jul 2021 12:14:57 +0000</pubDate><description>&lt;p&gt;Enough words to be a summary of this item, that is.&lt;/p&gt;</description></item>')],
  ["RSS with CDATA", rss("<item><title><![CDATA[A & B]]></title><link>https://example.org/a</link><dc:date>2026-01-01</dc:date><content:encoded><![CDATA[<p>a &amp; b</p>]]></content:encoded></item>")],
  ["Atom", atom('<link href="a"/><id>urn:1</id><published>2026-01-01T00:00:00Z</published><summary type="html">&lt;b&gt;x&lt;/b&gt;</summary>')],
  ["RDF", '<rdf:RDF xmlns:rdf="r"><channel><link>https://example.org/</link></channel><item rdf:about="https://example.org/1"><title>T</title><link>https://example.org/1</link><dc:date>2026-01-01</dc:date></item></rdf:RDF>'],
])("both readers read %s alike", async (_, text) => {
  const strict = await readFeed(text, base);
  expect(strict.items).toHaveLength(1);
  expect(await readFeed(broken(text), base)).toEqual(strict);
  expect(readTolerant(text, base)).toHaveLength(1);
});

test("a JSON Feed's item has all its parts", async () => {
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    home_page_url: "https://example.org/",
    items: [
      { id: "https://example.org/1", url: "/1", title: "T &amp; U", content_html: "<p>Text of the item, which is long enough to be shown.</p>", date_published: "2026-09-27T10:00:00+09:00", language: "fr" },
      { id: 2, content_text: "no title and no address" },
      "no item",
    ],
  };
  const { items, skipped } = await readFeed(JSON.stringify(feed), base);
  expect(items).toEqual([
    { title: "T & U", url: "https://example.org/1", published: "2026-09-27T01:00:00Z", summary: "Text of the item, which is long enough to be shown.", guid: "https://example.org/1", symbol: null, language: "fr" },
  ]);
  expect(skipped).toHaveLength(1);
});
