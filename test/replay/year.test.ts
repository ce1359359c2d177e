import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { tell } from "../../cli/commands/replay.ts";
import { readCatalogue } from "../../cli/paths.ts";
import type { World } from "../../functions/notify/notify.ts";
import { gather } from "../../functions/notify/sweep.ts";
import { jumpingClock } from "../../local/replay/clock.ts";
import { type Played, playYear, recordedYear } from "../../local/replay/play.ts";
import { type RecordedWeb, recordedWeb } from "../../local/replay/web.ts";
import { openStack, type Stack } from "../../local/stack.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { isQuiet } from "../../shared/alerts/pace.ts";
import { wallClock } from "../../shared/alerts/wall-clock.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { type AskedFor, subscribe, unsubscribe } from "../../shared/records/subscriptions.ts";
import { keptOutput } from "../cli/in-process.ts";
import { shownOfTheYear } from "../docs/replayed.ts";
import { theYear } from "./year.ts";

const year = 2020;
const start = "2020-01-01T00:00:00.000Z";
const five = ["us-state-tip-report", "us-state-irf-report", "us-state-human-rights-report", "un-ga-dprk-resolution", "hrw-world-report"];
const weekly = { pace: "weekly", quiet: { from: "22:00", to: "09:00" }, zone: "Asia/Seoul" } as const;
const subscribers: readonly AskedFor[] = [
  { protocol: "email", address: "five@example.org", language: "en", wishes: { ...allWishes, series: five } },
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

/** Its data folder is kept, as `almanac replay --data .almanac` keeps it. */
let folder: string;
let played: Played;
const messages: Message[] = [];
/** What the SMS of each alert says, by its id. */
const smsOf = new Map<string, string>();
/** The ids of the alerts that the files of each tell, one a file; an SMS names none, so what it says stands for it. */
let files: Readonly<Record<"desk" | "sms" | "reader" | "hook", readonly string[]>>;

function idsIn(json: string): string[] {
  const { alert, alerts }: { alert: string; alerts?: { alert: string }[] } = JSON.parse(json);
  return alerts?.map((one) => one.alert) ?? [alert];
}

async function textsIn(outbox: string, ending: string): Promise<string[]> {
  const names = (await readdir(outbox)).filter((name) => name.endsWith(ending));
  return Promise.all(names.map((name) => readFile(join(outbox, name), "utf8")));
}

async function outboxOf(outbox: string): Promise<typeof files> {
  const mails = await Promise.all((await textsIn(outbox, ".eml")).map((text) => PostalMime.parse(text)));
  expect(mails[0]?.text).toContain("almanac unsubscribe");
  const sentTo = (address: string): string[] => mails.filter(({ to }) => to?.some((one) => one.address === address)).map(({ headers }) => headers.find(({ key }) => key === "x-rights-almanac-alert")?.value ?? "");
  const [sms, hook] = [await textsIn(join(outbox, "sms"), ".txt"), await textsIn(join(outbox, "https"), ".json")];
  return { desk: sentTo("five@example.org"), reader: sentTo("reader@example.org"), sms: sms.map((text) => text.trim().replace(/^To: .*\n\n/, "")), hook: hook.flatMap(idsIn) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-year-"));
  const catalogue = await readCatalogue({ events: undefined, sources: undefined });
  const clock = jumpingClock(Date.parse(start));
  const fetcher = createFetcher({ contact: undefined, allowLoopback: true, clock: systemClock });
  const web = await recordedWeb(fetcher);
  const stack = await openStack({ catalogue, dataFolder: join(folder, ".almanac"), env: {}, clock, fetch: web.fetch, say: () => undefined });
  try {
    for (const one of subscribers) await subscribe(stack.poll.table, one, start);
    await play(stack, catalogue, web, clock);
    files = await outboxOf(stack.outbox);
    // The README's lines, which run on this table, are to send nothing to an address on the web.
    for (const { protocol, address } of subscribers) await unsubscribe(stack.poll.table, protocol, address, new Date(clock.now()).toISOString());
  } finally {
    await stack.close();
    await web.close();
    await fetcher.close();
  }
}, 300_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** Plays the year, and the week after it, which tells of the year's last. */
async function play({ poll, notify: { publish, ...world } }: Stack, catalogue: Catalogue, web: RecordedWeb, clock: ReturnType<typeof jumpingClock>): Promise<void> {
  const notify: World = {
    ...world,
    async publish(alert, to) {
      smsOf.set(alert.facts.id, alert.sms);
      if (typeof to === "object") messages.push({ at: new Date(clock.now()).toISOString(), to: to.address, alerts: idsIn(alert.json) });
      return publish(alert, to);
    },
  };
  played = await playYear({ stack: { poll, notify }, web, clock, onOutcome: () => undefined }, await recordedYear(catalogue));
  for (let hour = 0; hour < 8 * 24; hour++) {
    clock.jump(Date.UTC(year + 1, 0, 1, hour, 30));
    await gather(notify);
  }
}

const rung = (kinds: readonly string[], series?: readonly string[]): string[] =>
  played.rung.filter(({ kind, series: of }) => kinds.includes(kind) && (series === undefined || (of !== null && series.includes(of)))).map(({ alert }) => alert);
const told = (to: string): string[] => messages.filter((one) => one.to === to).flatMap(({ alerts }) => alerts);

/** What `almanac replay` says of it. */
function linesOf(): readonly string[] {
  const { lines, output } = keptOutput();
  tell(output, false, { played, folder: join(folder, ".almanac"), seconds: 1 }, undefined);
  return lines;
}

theYear(() => played);

describe("in the year 2020", () => {
  test("who asked for five series gets an email and an SMS for each edition and notice of them, and nothing else", () => {
    const wanted = rung(["edition", "notice"], five);
    expect(wanted.length).toBeGreaterThan(4);
    expect(new Set(wanted).size).toBe(wanted.length);
    expect(files.desk.toSorted()).toEqual(wanted.toSorted());
    expect(files.sms.toSorted()).toEqual(wanted.map((id) => smsOf.get(id) ?? "").toSorted());
    expect([told("five@example.org"), told("+821012345678")]).toEqual([[], []]);
  });

  test("who asked for a week's digest gets everything once, on Mondays, and never in quiet hours", () => {
    const digests = messages.filter(({ to }) => to === "reader@example.org");
    expect(told("reader@example.org").toSorted()).toEqual(rung(["edition", "notice", "about"]).toSorted());
    expect(digests.length).toBeLessThanOrEqual(53);
    expect(files.reader).toHaveLength(digests.length);
    const when = digests.map(({ at }) => wallClock(at, weekly.zone));
    expect(when.every(({ day, time }) => new Date(day).getUTCDay() === 1 && time >= "09:00" && time < "22:00")).toBe(true);
    expect(digests.filter(({ at }) => isQuiet(weekly, at))).toEqual([]);
  });

  test("a program gets each alert by itself, as it comes", () => {
    expect(told("https://hooks.example.org/almanac")).toEqual([]);
    expect(files.hook.toSorted()).toEqual(rung(["edition", "notice", "about"]).toSorted());
    expect(files.hook).toHaveLength(played.rung.length);
  });

  test("each gets as much as the README says", async () => {
    const readme = await readFile(join(import.meta.dirname, "../../README.md"), "utf8");
    const rows = [
      `| five series, by email and SMS | ${files.desk.length} emails and ${files.sms.length} SMS, one for each edition and notice |`,
      `| everything in a weekly digest, and nothing from 22:00 to 09:00 in Seoul | ${files.reader.length} emails, which tell of ${told("reader@example.org").length} alerts |`,
      `| everything at once, at an address on the web | ${files.hook.length} requests, one an alert |`,
    ];
    expect(readme.split("\n").filter((line) => line.startsWith("| five series") || line.startsWith("| everything"))).toEqual(rows);
  });
});

shownOfTheYear(() => ({ lines: linesOf(), folder }));
