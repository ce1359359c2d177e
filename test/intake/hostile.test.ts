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

test("5,000 items are read", async () => {
  const { items } = await readFeed(rss("<item><title>OK</title></item>".repeat(5000)), "https://example.org/feed");
  expect(items).toHaveLength(5000);
});

test.each(["&lt;", "&lt;a ", "&lt;p "])("rss-parser's snippet, quadratic in 100,000 times %s, is switched off", async (piece) => {
  const [draft] = (await readStrict(rss(`<item><title>OK</title><description>${piece.repeat(100_000)}</description></item>`), "https://example.org/")) ?? [];
  expect(draft?.description).toContain("<");
});
