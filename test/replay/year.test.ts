import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { beforeAll, describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { gather, type World } from "../../functions/notify/notify.ts";
import { jumpingClock } from "../../local/replay/clock.ts";
import { type Played, playYear } from "../../local/replay/play.ts";
import type { YearItem } from "../../local/replay/publish.ts";
import { type RecordedWeb, recordedWeb } from "../../local/replay/web.ts";
import { openStack, type Stack } from "../../local/stack.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { isQuiet } from "../../shared/alerts/pace.ts";
import { wallClock } from "../../shared/alerts/wall-clock.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { type AskedFor, subscribe } from "../../shared/records/subscriptions.ts";
import { theYear } from "./year.ts";

const year = 2020;
const start = "2020-01-01T00:00:00.000Z";
const five = ["us-state-tip-report", "us-state-irf-report", "us-state-human-rights-report", "un-ga-dprk-resolution", "hrw-world-report"];
const weekly = { pace: "weekly", quiet: { from: "22:00", to: "09:00" }, zone: "Asia/Seoul" } as const;
const subscribers: readonly AskedFor[] = [
  { protocol: "email", address: "desk@example.org", language: "en", wishes: { ...allWishes, series: five } },
  { protocol: "sms", address: "+821012345678", language: "en", wishes: { ...allWishes, series: five } },
  { protocol: "email", address: "reader@example.org", language: "en", wishes: allWishes, ...weekly },
  { protocol: "https", address: "https://hooks.example.org/almanac", language: "en", wishes: allWishes, pace: "at-once" },
];

/** What came to one of them: when it was written, and the alerts that it told. */
interface Message {
  readonly at: string;
  readonly to: string;
  readonly alerts: readonly string[];
}

let played: Played;
const messages: Message[] = [];
let files: { readonly desk: number; readonly sms: number; readonly reader: number; readonly hook: number };

function idsIn(json: string): string[] {
  const { alert, alerts }: { alert: string; alerts?: { alert: string }[] } = JSON.parse(json);
  return alerts?.map((one) => one.alert) ?? [alert];
}

async function outboxOf(outbox: string): Promise<typeof files> {
  const mails = (await readdir(outbox)).filter((name) => name.endsWith(".eml"));
  const to = await Promise.all(mails.map(async (name) => /^To: (\S+)/m.exec(await readFile(join(outbox, name), "utf8"))?.[1]));
  const [first = ""] = mails;
  expect((await PostalMime.parse(await readFile(join(outbox, first)))).text).toContain("almanac unsubscribe");
  const count = (address: string): number => to.filter((one) => one === address).length;
  return { desk: count("desk@example.org"), reader: count("reader@example.org"), sms: (await readdir(join(outbox, "sms"))).length, hook: (await readdir(join(outbox, "https"))).length };
}

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "almanac-subscribers-"));
  const catalogue = await readCatalogue({ events: undefined, sources: undefined });
  const clock = jumpingClock(Date.parse(start));
  const fetcher = createFetcher({ contact: undefined, allowLoopback: true, clock: systemClock });
  const web = await recordedWeb(fetcher);
  const stack = await openStack({ catalogue, dataFolder: folder, env: {}, clock, fetch: web.fetch, say: () => undefined });
  try {
    for (const one of subscribers) await subscribe(stack.poll.table, one, start);
    await play(stack, catalogue, web, clock);
    files = await outboxOf(stack.outbox);
  } finally {
    await stack.close();
    await web.close();
    await fetcher.close();
    await rm(folder, { recursive: true });
  }
}, 300_000);

/** Plays the year, and the week after it, which tells of the year's last. */
async function play({ poll, notify: { publish, ...world } }: Stack, catalogue: Catalogue, web: RecordedWeb, clock: ReturnType<typeof jumpingClock>): Promise<void> {
  const notify: World = {
    ...world,
    async publish(alert, to) {
      if (typeof to === "object") messages.push({ at: new Date(clock.now()).toISOString(), to: to.address, alerts: idsIn(alert.json) });
      return publish(alert, to);
    },
  };
  const recorded: { items: YearItem[] } = JSON.parse(await readFile(join(import.meta.dirname, "../../local/replay/year-2020.json"), "utf8"));
  const ids = new Set(recorded.items.map(({ source }) => source));
  const sources = catalogue.sources.filter(({ id }) => ids.has(id));
  played = await playYear({ stack: { poll, notify }, web, clock, onOutcome: () => undefined }, year, sources, recorded.items);
  for (let hour = 0; hour < 8 * 24; hour++) {
    clock.jump(Date.UTC(year + 1, 0, 1, hour, 30));
    await gather(notify);
  }
}

const rung = (kinds: readonly string[], series?: readonly string[]): string[] =>
  played.rung.filter(({ kind, series: of }) => kinds.includes(kind) && (series === undefined || (of !== null && series.includes(of)))).map(({ alert }) => alert);
const told = (to: string): string[] => messages.filter((one) => one.to === to).flatMap(({ alerts }) => alerts);

theYear(() => played);

describe("in the year 2020", () => {
  test("who asked for five series gets an email and an SMS for each edition and notice of them, and nothing else", () => {
    const wanted = rung(["edition", "notice"], five);
    expect(wanted.length).toBeGreaterThan(4);
    expect(new Set(wanted).size).toBe(wanted.length);
    expect([files.desk, files.sms]).toEqual([wanted.length, wanted.length]);
    expect([told("desk@example.org"), told("+821012345678")]).toEqual([[], []]);
  });

  test("who asked for a week's digest gets everything once, on Mondays, and never in quiet hours", () => {
    const digests = messages.filter(({ to }) => to === "reader@example.org");
    expect(told("reader@example.org").toSorted()).toEqual(rung(["edition", "notice", "about"]).toSorted());
    expect(digests.length).toBeLessThanOrEqual(53);
    expect(files.reader).toBe(digests.length);
    const when = digests.map(({ at }) => wallClock(at, weekly.zone));
    expect(when.every(({ day, time }) => new Date(day).getUTCDay() === 1 && time >= "09:00" && time < "22:00")).toBe(true);
    expect(digests.filter(({ at }) => isQuiet(weekly, at))).toEqual([]);
  });

  test("a program gets each alert by itself, as it comes", () => {
    expect(told("https://hooks.example.org/almanac")).toEqual([]);
    expect(files.hook).toBe(rung(["edition", "notice", "about"]).length);
    expect(files.hook).toBe(played.rung.length);
  });

  test("each gets as much as the README says", async () => {
    const readme = await readFile(join(import.meta.dirname, "../../README.md"), "utf8");
    const rows = [
      `| five series, by email and SMS | ${files.desk} emails and ${files.sms} SMS, one for each edition and notice |`,
      `| everything in a weekly digest, and nothing from 22:00 to 09:00 in Seoul | ${files.reader} emails, which tell of ${told("reader@example.org").length} alerts |`,
      `| everything at once, at an address on the web | ${files.hook} requests, one an alert |`,
    ];
    expect(readme.split("\n").filter((line) => line.startsWith("| five series") || line.startsWith("| everything"))).toEqual(rows);
  });
});
