import { tmpdir } from "node:os";
import { join } from "node:path";
import ICAL from "ical.js";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import RssParser from "rss-parser";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as calendarCommand from "../../cli/commands/calendar.ts";
import { placedAt } from "../../shared/records/history.ts";
import { runHere } from "../cli/in-process.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
beforeEach(async () => void (house = await openHouse()));
afterEach(() => house.close());

/** What tells events of a calendar file apart, and what they are called. */
const eventLines = (file: string): string[] => file.replaceAll("\r\n ", "").match(/^(UID|SEQUENCE|DTSTAMP|SUMMARY).*$/gm) ?? [];

const paths = ["", "/series/us-state-tip-report", "/publishers/us-state"];

test.each(paths)("%s/feed.atom is read by a reader that is not ours, newest first, each with an id of its own", async (path) => {
  const answer = await house.get(`${path}/feed.atom`);
  expect(answer.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
  const { items } = await new RssParser().parseString(await answer.text());
  expect(items.length).toBeGreaterThan(5);
  const days = items.map(({ isoDate }) => isoDate ?? "");
  expect(days).toEqual(days.toSorted().toReversed());
  expect(new Set(items.map((item) => item["id"])).size).toBe(items.length);
  expect(items.every(({ link }) => link?.startsWith("http"))).toBe(true);
});

test.each(paths)("%s/feed.json is a JSON Feed of the same", async (path) => {
  const feed: { version: string; feed_url: string; items: { id: string; url: string; date_published: string; content_text: string }[] } = JSON.parse(await house.text(`${path}/feed.json`));
  expect(feed.version).toBe("https://jsonfeed.org/version/1.1");
  expect(feed.feed_url).toBe(`http://almanac.example${path}/feed.json`);
  expect(feed.items.every(({ id, url, date_published: at, content_text: text }) => id !== "" && URL.canParse(url) && !Number.isNaN(Date.parse(at)) && text !== "")).toBe(true);
});

test("the calendar file of the site has the events that `almanac calendar --ics` gives, those of series without years too", async () => {
  const { lines } = await runHere(calendarCommand, ["--ics", "--at", "2026-11-25T12:00:00Z", "--data", join(tmpdir(), "no-such-almanac")]);
  const file = await house.text("/calendar.ics");
  expect(eventLines(file)).toEqual(eventLines(lines.join("\n")));
  expect(eventLines(file)).toContain("UID:edition:japan-abductions:2026@rights-almanac");
});

test.each(paths)("%s/calendar.ics is read by a reader that is not ours", async (path) => {
  const answer = await house.get(`${path}/calendar.ics`);
  expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
  const events = calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
  expect(events.length).toBeGreaterThan(1);
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
});

test("OPML names the feeds that are read, and none with a credential in its address", async () => {
  const text = await house.text("/sources.opml");
  expect(XMLValidator.validate(text)).toBe(true);
  const parsed: { opml: { body: { outline: unknown[] } } } = new XMLParser({ ignoreAttributes: false }).parse(text);
  expect(parsed.opml.body.outline.length).toBeGreaterThan(5);
  expect(text).toContain('xmlUrl="https://www.state.gov/rss-feed/press-releases/feed/"');
  expect(text).not.toContain("{");
});

test("items of no series are news of all and of their publisher, and those of a series are told by its edition", async () => {
  await house.install("2026-06-01T00:00:00Z");
  await house.items({ id: "camp", ...placedAt("2026-11-24T10:00:00Z"), title: "Camp & <b>\u0001", source: "us-state-press" }, { id: "tip", ...placedAt("2026-11-23"), title: "TIP remarks", source: "us-state-press", relevance: "series", series: "us-state-tip-report", edition: "2026", role: "coverage" });
  await house.edition({ series: "us-state-tip-report", key: "2026", year: 2026, status: "announced", title: "Upcoming", ...placedAt("2026-11-22") });
  await house.keep();
  for (const path of ["/feed.atom", "/publishers/us-state/feed.atom"]) {
    const { items } = await new RssParser().parseString(await house.text(path));
    expect(items.slice(0, 2).map(({ title }) => title?.trim())).toEqual(["Camp & <b>", "Announced: Trafficking in Persons Report 2026"]);
  }
  expect(await house.text("/series/us-state-tip-report/feed.atom")).not.toContain("Camp");
});

test("there is no feed of what is not there", async () => {
  for (const path of ["/series/none/feed.atom", "/publishers/none/feed.json", "/series/none/calendar.ics"]) expect((await house.get(path)).status).toBe(404);
});
