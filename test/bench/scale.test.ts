import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { grownTo, sourcesTo } from "../../bench/grown.ts";
import { fullness, limits, reached } from "../../bench/scale/bend.ts";
import { burstOf } from "../../bench/scale/burst.ts";
import { design } from "../../bench/scale/design.ts";
import { growthOf } from "../../bench/scale/growth.ts";
import { type Load, loadOf } from "../../bench/scale/load.ts";
import { ofSources } from "../../bench/scale/of-sources.ts";
import { ofSubscribers } from "../../bench/scale/of-subscribers.ts";
import { growthLines, timeWords } from "../../bench/scale/report.ts";
import { readCatalogue } from "../../cli/paths.ts";
import { sourceHost } from "../../shared/catalogue/address.ts";
import { packCatalogue } from "../../shared/catalogue/packed.ts";
import { functionNames } from "../../shared/stage.ts";
import { monitor, names } from "../infra/template.ts";
import { source, sourcesText, made, eventsText } from "../catalogue/made.ts";

/** A catalogue of a hundred sources that is easy to reckon with. */
const load: Load = { sources: 100, month: "2026-12", pollsAMinute: 10, messagesAMinute: 9, hosts: 50, busiest: { host: "busy.example", sources: 10, pollsAMinute: 2 }, packedBytes: 2500, editionsAMonth: 4 };
const bends = new Map([...ofSources(load), ...ofSubscribers(load)].map((bend) => [bend.id, bend]));

test.each([
  // 60 s ÷ (1.2 s a poll + 1 s pause) are 27.27 polls a minute of a host; one source of 100 adds 0.02.
  ["host-rate", 1363],
  // 5 side by side × 10 in a batch × 20 batches a minute are 1,000 messages a minute; one source asks for 0.09.
  ["poll-rate", 11_111],
  // 15 minutes of that are 15,000; one source in two has a host of its own.
  ["first-tick", 30_000],
  // 10 and 1,000 functions, less 5 others, manage 200 messages a minute each; one source asks for 0.09.
  ["new-account", 11_111],
  ["concurrency", 2_211_111],
  // 300 a second; 0.09 a minute.
  ["fifo-requests", 200_000],
  ["in-flight", 240_000],
  // 1,000 writes a second; 0.1 polls a minute and source, 2 writes each.
  ["outage-writes", 300_000],
  // 0.09 polls a minute with 20 items each are 0.03 items a second.
  ["back-fill", 33_333],
  // 256 − 63 MB, and 1,024 − 63, 18,000 bytes each; 512 − 63 − 10 pages of 10 MB, 34,000 each.
  ["small-memory", 10_722],
  ["large-memory", 53_388],
  ["poll-memory", 10_264],
  // 30 s; 141 µs ÷ (256 ÷ 1,769) are 0.974 ms, and half a message, 40 of which go out in 0.02 s, 0.25 ms.
  ["plan-time", 24_503],
  // 30 s; 126 µs ÷ (256 ÷ 1,769); 367 µs ÷ (512 ÷ 1,769); 126 µs ÷ (1,024 ÷ 1,769).
  ["notify-time-cold", 34_455],
  ["poll-time-cold", 23_659],
  ["site-time-cold", 137_823],
  // 60 votes for 100 sources within 60 s: each 2 writes; 4 units, and 3 for each of 3 sightings.
  ["burst-owed", 50_000],
  ["burst-month", 7692],
  ["bundle", 104_857],
  // 20 letters and a byte: 409,600 ÷ 21.
  ["unreadable", 19_504],
  // 60 s, 0.02 s for 400 states.
  ["watch-states", 1_200_000],
  ["policies-topic", 200],
  ["policies-account", 10_000],
  ["topic", 12_500_000],
  // 100 a second for an hour.
  ["subscribing", 360_000],
  // 10 minutes, 0.6 s each.
  ["gathered", 1000],
  // 30 s, 0.64 s each.
  ["notify-time", 46],
  // One function for 10 minutes; half a request, half of them made, 0.15 s each.
  ["site-at-once", 16_000],
  // A day, 0.6 s each.
  ["digests", 144_000],
  ["subscriptions-memory", 193_000],
  // A dollar; 4 editions × 1.1 alerts × $0.00945.
  ["sms-spend", 24],
  // 20 a second for a minute.
  ["sms-rate", 1200],
])("%s bends at %i, as it does by hand", (id, size) => {
  const bend = bends.get(id);
  expect(bend && reached(bend)).toBe(size);
});

test("what depends on how records are written is near what it is by hand", () => {
  const [index, subscriptions] = [bends.get("deviating-reads"), bends.get("subscriptions-read")];
  // 3,000 units of 8,192 bytes; a tenth of the sources, some 100 bytes each. And 3,000 of 4,096 for 30 s; some 500 bytes each.
  expect(index && reached(index)).toBeCloseTo(2_457_600, -6);
  expect(subscriptions && reached(subscriptions)).toBeCloseTo(737_280, -5);
});

test("a limit is full where it is reached, and not one before", () => {
  for (const bend of bends.values()) {
    expect(fullness(bend, reached(bend) + 1)).toBeGreaterThan(1);
    expect(fullness(bend, reached(bend))).toBeLessThanOrEqual(1.000_001);
  }
});

function properties(type: string, name: string): unknown {
  return Object.values(monitor.findResources(type)).find((one) => JSON.stringify(one).includes(name))?.["Properties"];
}

describe("what the design is built of", () => {
  test("is what is deployed", () => {
    for (const name of functionNames.filter((one) => one !== "site")) {
      const { memoryMB, timeoutSeconds } = design.sizes[name];
      expect(properties("AWS::Lambda::Function", names.function(name))).toMatchObject({ MemorySize: memoryMB, Timeout: timeoutSeconds });
    }
    expect(properties("AWS::SQS::Queue", `"${names.pollQueue}"`)).toMatchObject({ MessageRetentionPeriod: design.pollRetentionMinutes * 60 });
    expect(properties("AWS::Lambda::EventSourceMapping", "MaximumConcurrency")).toMatchObject({ BatchSize: design.messagesABatch, ScalingConfig: { MaximumConcurrency: design.pollsSideBySide } });
  });

  test("stays below what SNS takes", () => expect(design.publishesASecond).toBeLessThan(limits.emailsASecond.value));
});

test("every limit says where AWS publishes it, and where it was read or that it was not", () => {
  for (const { page, seen } of Object.values(limits)) {
    expect(page).toMatch(/^https:\/\/(docs\.)?aws\.amazon\.com\//);
    expect(seen).toMatch(/^(https?:\/\/\S+|memory)$/);
  }
});

test("a catalogue grows by copies on hosts of their own, with what each is polled for", () => {
  const { sources } = made(eventsText(), sourcesText([source("one"), source("two", { everyMinutes: 7 })]));
  const grown = sourcesTo(sources, 5);
  expect(grown.map(({ id, everyMinutes }) => [id, everyMinutes])).toEqual([["one", 60], ["two", 7], ["one-1", 60], ["two-1", 7], ["one-2", 60]]);
  expect(new Set(grown.map(sourceHost)).size).toBe(5);
  expect(sourcesTo([], 3)).toEqual([]);
});

test("a larger catalogue has as many times the series, publishers and rules", async () => {
  const catalogue = await readCatalogue();
  const polled = loadOf(catalogue).sources;
  const larger = grownTo(catalogue, polled * 3);
  expect([larger.sources.length, larger.series.length, larger.publishers.length]).toEqual([polled * 3, catalogue.series.length * 3, catalogue.publishers.length * 3]);
  expect(packCatalogue(larger).length / packCatalogue(catalogue).length).toBeGreaterThan(2.9);
});

test("a burst is all votes of a November, times the catalogue, and never fewer", () => {
  const own = { votes: 60, sightings: 180, owed: 120, month: 780, programSeconds: 36, singles: 5 };
  expect(burstOf(100, 60)).toMatchObject({ sources: 60, ...own });
  // An edition and its alert are 14 and 10 write units, a sighting is 9.
  expect(burstOf(100, 100)).toEqual({ sources: 100, ...own, all: 60 * 24 + 180 * 9 });
  expect(burstOf(100, 1000)).toMatchObject({ sources: 1000, votes: 600, sightings: 1800, programSeconds: 360, singles: 5 });
});

test("what no size bends is said with what SNS takes", async () => {
  expect(growthLines(growthOf(await readCatalogue())).join("\n")).toMatch(/notify publishes at most 8 a second.*\[10 emails a second to one subscription\].*\[30,000 publishes a second/);
});

test("a time is said as people say it", () => expect([1.2, 119, 600, 8000, 600_000].map(timeWords)).toEqual(["1.2 s", "120 s", "10 min", "2 h", "7 days"]));

test("docs/performance.md has the figures that the command makes now; else run npm run scale -- --write", async () => {
  const growth = growthOf(await readCatalogue());
  const page = readFileSync(join(import.meta.dirname, "../../docs/performance.md"), "utf8");
  expect(page).toContain(`<!-- npm run scale -->\n${growthLines(growth).join("\n")}\n<!-- end -->`);
  expect(growth.sources.map(({ size, bent }) => [size, bent.length > 0])).toEqual([[60, false], [1000, false], [10_000, true], [100_000, true]]);
  expect(growth.bends.find(({ axis }) => axis === "sources")).toMatchObject({ id: "host-rate", bendsAt: 3480 });
}, 60_000);
