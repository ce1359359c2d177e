import { expect, test } from "vitest";
import { decode } from "../../shared/intake/decode.ts";
import { readFeed } from "../../shared/intake/feed.ts";
import { readStrict } from "../../shared/intake/feed-rss.ts";
import { hostileFeeds } from "../hostile/feeds.ts";
import { outcome, rss } from "./reading.ts";

test.each(hostileFeeds)("%s is not ours to fall over", async (_, make, expected) => {
  const content = make();
  const text = typeof content === "string" ? content : decode(content, null);
  expect(await outcome(() => readFeed(text, "https://example.org/feed"))).toEqual(expected);
  expect({}).not.toHaveProperty("polluted");
});

test("the 40 inputs are all here", () => expect(hostileFeeds).toHaveLength(40));

test("2,000 items are read, and where there are more it is said", async () => {
  const [some, more] = await Promise.all([2000, 5000].map((count) => readFeed(rss("<item><title>OK</title></item>".repeat(count)), "https://example.org/feed")));
  expect(some).toMatchObject({ items: { length: 2000 }, skipped: [] });
  expect(more).toMatchObject({ items: { length: 2000 }, skipped: [{ why: "it lists more than 2000 entries, and those behind are not read" }] });
});

test.each(["&lt;", "&lt;a ", "&lt;p "])("rss-parser's snippet, quadratic in 100,000 times %s, is switched off", async (piece) => {
  const [draft] = (await readStrict(rss(`<item><title>OK</title><description>${piece.repeat(100_000)}</description></item>`), "https://example.org/")) ?? [];
  expect(draft?.description).toContain("<");
});

test("a feed that is none keeps no other, broken as well, from being answered for", async () => {
  // Found by fuzzing: with one parser for all feeds the second never came to an end.
  await expect(readStrict("}<title/><h2><td>", "https://example.org/")).rejects.toThrow("Non-whitespace before first tag");
  await expect(readStrict("<rss><channel><item>", "https://example.org/")).rejects.toThrow("Unclosed root tag");
});
