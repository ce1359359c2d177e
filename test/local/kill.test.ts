import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTable } from "../../local/table.ts";
import { history } from "../../shared/records/history.ts";
import { owedRecords } from "../../shared/records/owed.ts";
import { type Listed, openPublisher, type Publisher } from "./publisher.ts";
import { catalogueFiles, run, type Running } from "./running.ts";

/** `npm run kill` asks for more. */
const kills = Number(process.env["KILLS"] ?? 3);
const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const feeds = ["press", "reports", "council", "daily"];
/** Longer than it takes to poll all feeds and send what rings, on two busy cores. */
const longestLifeMs = 450;

let folder: string;
let publisher: Publisher;
const running: Running[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-kill-"));
  publisher = await openPublisher();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.end("SIGKILL");
  await publisher.unplug();
  await rm(folder, { recursive: true });
});

/** Numbers from 0 up to 1 that a seed repeats (mulberry32). */
function dice(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A publisher's feeds that grow: on each something relevant, an edition or an item of no series, or neither. */
function createNews(random: () => number) {
  const lists = new Map<string, Listed[]>(feeds.map((feed) => [feed, [{ title: "Travel to Norway", url: "https://state.example/norway" }]]));
  const relevant: string[] = [];
  const show = (feed: string): void => publisher.feed(`/${feed}`, lists.get(feed) ?? []);
  return {
    relevant,
    show: () => feeds.forEach(show),
    /** One more item; some of them in two feeds. */
    publish(): void {
      const number = relevant.length + 1;
      const title = random() < 0.5 ? `Human rights in North Korea: prison camp ${number}` : `Request for Proposals: Project ${number} on human rights in North Korea`;
      const item = { title, url: `https://state.example/${number}`, at: new Date().toISOString() };
      for (const feed of feeds.filter(() => random() < 0.4).concat(feeds[number % feeds.length] ?? "press")) {
        const list = lists.get(feed) ?? [];
        if (!list.includes(item)) list.unshift(item);
        show(feed);
      }
      relevant.push(title);
    },
  };
}

async function subjects(): Promise<string[]> {
  const names = (await readdir(join(folder, "data", "outbox")).catch(() => [])).filter((name) => name.endsWith(".eml") && !name.startsWith("."));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, "data", "outbox", name), "utf8")));
  return texts.map((text) => /^X-Rights-Almanac-Alert: (.*)/m.exec(text)?.[1]?.trim() ?? "");
}

test(`after ${kills} kills at any moment each alert is there once, and nothing is owed (seed ${seed})`, { timeout: 10_000 + kills * 15_000 }, async () => {
  const random = dice(seed);
  const news = createNews(random);
  // A source that does not answer keeps each round from its end, so that every start polls everything again at once.
  publisher.feed("/slow", [{ title: "Travel to Norway", url: "https://state.example/norway" }]);
  news.show();
  const words = [...(await catalogueFiles(folder, [...feeds, "slow"].map((feed) => `${publisher.url}/${feed}`))), "--data", "data"];
  const start = (): Running => {
    const one = run(folder, ["start", ...words, "--port", "0"]);
    running.push(one);
    return one;
  };
  expect(await run(folder, ["poll", ...words]).ended()).toBe(0);

  for (let kill = 0; kill < kills; kill++) {
    const release = publisher.hold("/slow");
    if (random() < 0.8) news.publish();
    const asked = publisher.nextRequest();
    const monitor = start();
    await asked;
    await pause(random() * longestLifeMs);
    if (random() < 0.3) news.publish();
    expect(await monitor.end("SIGKILL")).toBe("SIGKILL");
    release();
  }

  const last = start();
  await last.wrote("What was due is polled.");
  expect(await last.end("SIGTERM")).toBe(0);
  expect(last.text()).not.toContain("fault");
  const alerts = await subjects();
  expect(new Set(alerts).size).toBe(alerts.length);
  const { table, close } = await openTable(join(folder, "data"));
  const [owed, titles]: [string[], Set<string>] = [[], new Set()];
  for await (const { pk } of owedRecords(table)) owed.push(pk);
  for await (const record of history(table, { from: "2020-01-01", to: "2199-12-31" })) titles.add(record.title);
  await close();
  expect(owed).toEqual([]);
  expect([...titles].filter((title) => news.relevant.includes(title)).sort()).toEqual([...news.relevant].sort());
  expect(alerts).toHaveLength(news.relevant.length);
});
