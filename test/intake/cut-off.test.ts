import { expect, test } from "vitest";
import { readFeed } from "../../shared/intake/feed.ts";

const item = (title: string): string => `<item><title>${title}</title><link>https://state.example/${title.length}</link><pubDate>Thu, 01 Jul 2021 14:00:00 GMT</pubDate></item>`;
const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${item("The first of two reports")}${item("The second, which is longer")}`;

test("a feed that ends anywhere in an item gives no item under half of its title, and says what is missing", async () => {
  const second = feed.lastIndexOf("<item>");
  for (let end = second + "<item ".length; end < feed.length; end++) {
    const { items, skipped } = await readFeed(feed.slice(0, end), "https://state.example/feed");
    expect([items[0]?.title, items[1]?.title ?? "The second, which is longer", items[1]?.url ?? "https://state.example/27"]).toEqual(["The first of two reports", "The second, which is longer", "https://state.example/27"]);
    expect(items.length + skipped.length).toBe(2);
  }
});

test("a feed whose items nobody closed is whole", async () => {
  const { items, skipped } = await readFeed(`${feed.replaceAll("</item>", "")}</channel></rss>`, "https://state.example/feed");
  expect([items.map(({ title }) => title), skipped]).toEqual([["The first of two reports", "The second, which is longer"], []]);
});
