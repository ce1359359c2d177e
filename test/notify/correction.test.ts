import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { knownOf } from "../../functions/notify/known.ts";
import type { World } from "../../functions/notify/notify.ts";
import { gather, sweep } from "../../functions/notify/sweep.ts";
import { takenBack, withoutWrong } from "../../functions/poll/take-back.ts";
import { type OpenTable, openTable } from "../../local/table.ts";
import type { Composed } from "../../shared/alerts/alert.ts";
import { singlesAnHour } from "../../shared/alerts/due.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { isDirect, isRead } from "../../shared/alerts/pace.ts";
import type { To } from "../../shared/alerts/publisher.ts";
import { placedAt } from "../../shared/records/history.ts";
import { alertKey, editionKey, standingKey } from "../../shared/records/keys.ts";
import type { EditionChanges } from "../../shared/records/documents.ts";
import type { Correction, EditionRecord, Ring } from "../../shared/records/editions.ts";
import { owe } from "../../shared/records/owed.ts";
import { change, type Content, read } from "../../shared/records/records.ts";
import { subscribe, type SubscriptionRecord, subscriptions, type Wishes } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";
import { catalogue } from "../recognition/catalogue.ts";

let folder: string;
let open: OpenTable;
let table: Table;
let now = 0;
let sent: { readonly alert: Composed; readonly to: string }[] = [];
let world: World;

const monday = Date.parse("2026-11-23T09:00:00.000Z");
const iso = (at: number): string => new Date(at).toISOString();
const hours = (count: number): number => monday + count * 3_600_000;
const key = editionKey("tip", "2026");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-correction-"));
  open = await openTable(folder);
  ({ table } = open);
  world = {
    table,
    known: knownOf(catalogue({ series: [{ id: "tip", name: "Trafficking in Persons Report", short: "TIP report", year: "release", recognise: [{ role: "release", title: ["trafficking in persons report"] }] }], sources: [{ id: "press", publisher: "state", url: "https://state.example/r", read: { as: "page" }, carries: ["tip"] }] })),
    clock: { now: () => now, sleep: async () => undefined },
    // As SNS and the outbox do: to all to whom it goes directly, or to one.
    async publish(alert: Composed, audience?: To) {
      if (typeof audience === "object") sent.push({ alert, to: audience.address });
      else for (const one of await subscriptions(table)) if (isDirect(one, alert.facts) && (audience !== "programs" || !isRead(one))) sent.push({ alert, to: one.address });
      return ["message"];
    },
  };
});
beforeEach(async () => {
  for await (const record of table.scan()) await table.remove(record);
  now = monday;
  sent = [];
});
afterAll(async () => {
  await open.close();
  await rm(folder, { recursive: true });
});

const asks = (address: string, over: Partial<SubscriptionRecord> = {}, wishes: Partial<Wishes> = {}): Promise<SubscriptionRecord> => subscribe(table, { protocol: "email", address, language: "en", wishes: { ...allWishes, ...wishes }, ...over }, iso(monday));
const ring: Ring = { alert: "edition:tip:2026", kind: "edition", at: iso(hours(1)), update: false, basis: "release", title: "A speech", url: "https://state.example/speech", published: "2026-11-23", symbol: null, language: "en", source: "press", why: [] };
const edition: Content<EditionRecord> = { ...placedAt(ring.at), series: "tip", key: "2026", year: 2026, status: "out", basis: "release", title: ring.title, url: ring.url, symbol: null, published: ring.published, firstSeen: ring.at, sightings: [], sightingCount: 1, silent: false, rings: [ring] };

async function rings(at: number): Promise<void> {
  now = at;
  await change(table, key, () => owe({ ...edition, rings: [{ ...ring, at: iso(at) }] }, ring.alert, iso(at)));
  await sweep(world);
}
async function isCorrected(at: number): Promise<void> {
  now = at;
  const correction: Correction = { alert: "correction:tip:2026:1", at: iso(at), kind: "edition", rings: [ring], to: null, why: null };
  await change(table, key, () => owe({ ...edition, status: "mentioned", rings: [], corrections: [correction] }, correction.alert, iso(at)));
  await sweep(world);
}
/** A person takes back what is on record. */
async function isTakenBack(at: number): Promise<void> {
  now = at;
  await change(table, key, (record) => {
    const taken = record && takenBack(record);
    return record && taken ? withoutWrong(record, taken, { at: iso(at), to: null, why: null, name: "TIP" }) : record;
  });
  await sweep(world);
}
async function lookedAfter(...moments: readonly number[]): Promise<void> {
  for (const at of moments) {
    now = at;
    await gather(world);
  }
}
const idsIn = (json: string): string[] => {
  const body: { alert: string; alerts?: { alert: string }[] } = JSON.parse(json);
  return (body.alerts ?? [body]).map(({ alert }) => alert);
};
const told = (address: string): string[] => sent.filter(({ to }) => to === `${address}@example.org`).flatMap(({ alert }) => idsIn(alert.json));
const both = ["edition:tip:2026", "correction:tip:2026:1"];

describe("a correction goes to", () => {
  test("those who wished for what it corrects, at once, and to nobody else", async () => {
    await asks("all@example.org");
    await asks("tip@example.org", {}, { series: ["tip"] });
    await asks("state@example.org", {}, { publishers: ["state"], kinds: ["edition"] });
    await asks("notices@example.org", {}, { kinds: ["notice"] });
    await asks("health@example.org", {}, { kinds: ["health"] });
    await asks("korean@example.org", { language: "ko" });
    await rings(hours(1));
    await isCorrected(hours(2));
    expect(["all", "tip", "state", "korean"].map(told)).toEqual([both, both, both, both]);
    expect(["notices", "health"].map(told)).toEqual([[], []]);
    const korean = sent.filter(({ to }) => to.startsWith("korean")).at(-1)?.alert;
    expect(korean?.email.subject).toBe("정정: Trafficking in Persons Report 2026 (State Department)");
    expect(korean?.email.text.replaceAll("\n", " ")).toContain('발간" 알림은 잘못된 것이었습니다 (State Department). 실제로는 다른 자료였습니다.');
    expect(korean?.sms).toMatch(/^정정: TIP report 2026 아님\(오보\)\. https:\/\/state\.example\/r( |$)/);
    const english = sent.filter(({ to }) => to.startsWith("all")).at(-1)?.alert;
    expect(english?.sms).toBe("Correction: was not TIP report 2026 but something else. https://state.example/r To end, reply STOP or ask us.");
    expect(english?.email.text.replaceAll("\n", " ")).toContain('An earlier message said "Out: Trafficking in Persons Report 2026" (State Department). That was wrong: what it showed is something else.');
    expect(english?.email.text).toContain("The page to look at:\nhttps://state.example/r\n");
  });

  test("phones that are written to one by one, and are told to reply only where a reply may come back", async () => {
    for (const [address, language, more] of [["+821012345678", "ko", {}], ["+442079460000", "en", { quiet: { from: "22:00", to: "07:00" } }], ["+12025550123", "en", {}]] as const) await asks(address, { protocol: "sms", language, ...more });
    await rings(hours(1));
    await isCorrected(hours(2));
    const ends = ["+82", "+44", "+1"].map((code) => sent.filter(({ to }) => to.startsWith(code)).at(-1)?.alert.sms);
    expect(ends).toEqual([expect.stringMatching(/ 중지: 문의$/), expect.stringMatching(/ To end, ask us\.$/), expect.stringMatching(/ To end, reply STOP or ask us\.$/)]);
  });

  test("those who had it in a digest, without waiting for the next", async () => {
    await asks("daily@example.org", { pace: "daily" });
    await rings(hours(1));
    await lookedAfter(hours(24));
    expect(told("daily")).toEqual(["edition:tip:2026"]);
    await isCorrected(hours(25));
    expect(told("daily")).toEqual(both);
    await lookedAfter(hours(26), hours(48), hours(72));
    expect(told("daily")).toEqual(both);
  });

  test("those in their quiet hours when these are over", async () => {
    await asks("quiet@example.org", { quiet: { from: "22:00", to: "07:00" } });
    await rings(hours(1));
    await isCorrected(Date.parse("2026-11-23T23:00:00Z"));
    expect(told("quiet")).toEqual(["edition:tip:2026"]);
    await lookedAfter(Date.parse("2026-11-24T07:05:00Z"));
    expect(told("quiet")).toEqual(both);
  });

  test("those who had as many alerts already as come one by one, gathered when the hour is over", async () => {
    await asks("all@example.org");
    await asks("korean@example.org", { language: "ko" });
    for (let count = 1; count <= singlesAnHour; count++) {
      now = hours(1) + count * 60_000;
      const [id, at] = [`late:tip:${count}`, iso(now)];
      await change(table, standingKey("tip"), (before) => owe({ series: "tip", edition: 2026, standing: "late" as const, since: "2026-11-01", owed: before?.owed, owedSince: before?.owedSince, rings: [{ alert: id, kind: "late" as const, at, update: false, edition: 2026, window: null, why: [] }] }, id, at));
      if (count === 3) await rings(now);
      await sweep(world);
    }
    await isCorrected(hours(1) + 10 * 60_000);
    expect(["all", "korean"].map((name) => told(name).includes("correction:tip:2026:1"))).toEqual([false, false]);
    await lookedAfter(hours(2), hours(3), hours(4), hours(48));
    for (const name of ["all", "korean"]) expect(told(name).filter((id) => id.startsWith("correction"))).toEqual(["correction:tip:2026:1"]);
  });

  test("nobody to whom it was not told yet; and these are not told what was wrong", async () => {
    await asks("daily@example.org", { pace: "daily" });
    await asks("quiet@example.org", { quiet: { from: "08:00", to: "20:00" } });
    await rings(hours(1));
    await isCorrected(hours(2));
    await lookedAfter(hours(3), hours(12), hours(24), hours(25), hours(48), hours(72));
    expect(sent).toEqual([]);
  });

  describe("those who were told of changes in it", () => {
    const only = { kinds: ["changes"] };
    const change1 = "changes:tip:2026:1";
    const changes = (at: number): EditionChanges => ({ alert: change1, at: iso(at), sha256: "b", before: { year: 2025, sha256: "a", at: iso(at) }, summary: ["New section: “Camps”."], key: "" });
    async function changesAreTold(at: number): Promise<void> {
      now = at;
      await change(table, key, (record) => record && owe({ ...record, changes: [changes(at)] }, change1, iso(at)));
      await sweep(world);
    }
    test("alone, or besides, once each, as it comes, in Korean, after a digest and after quiet hours; and to nobody else", async () => {
      await asks("all@example.org");
      await asks("changes@example.org", {}, only);
      await asks("both@example.org", {}, { kinds: ["edition", "changes"] });
      await asks("notices@example.org", {}, { kinds: ["notice", "late"] });
      await asks("korean@example.org", { language: "ko" }, only);
      await asks("daily@example.org", { pace: "daily" }, only);
      await asks("quiet@example.org", { quiet: { from: "22:00", to: "07:00" } }, only);
      await rings(hours(1));
      await changesAreTold(hours(2));
      await lookedAfter(hours(24));
      await isTakenBack(hours(37));
      await lookedAfter(hours(38), hours(48), hours(72));
      const [out, correction] = both;
      for (const name of ["all", "both"]) expect(told(name)).toEqual([out, change1, correction]);
      for (const name of ["changes", "korean", "daily", "quiet"]) expect([name, ...told(name)]).toEqual([name, change1, correction]);
      expect(told("notices")).toEqual([]);
      const [english, korean] = ["changes", "korean"].map((name) => sent.findLast(({ to }) => to.startsWith(name))?.alert);
      expect(english?.email.text.replaceAll("\n", " ")).toContain("That was wrong: what it showed is something else. What was told of changes in it is taken back as well.");
      expect(korean?.email.text.replaceAll("\n", " ")).toContain("달라진 내용이라고 알려 드린 것도 잘못된 것이었습니다.");
      expect(JSON.parse(english?.json ?? "{}").corrects).toEqual({ alert: out, alerts: [out, change1], kind: "edition", to: null });
    });

    test("and not those who asked for changes, and to whom none were told yet, or where none were", async () => {
      await asks("changes@example.org", {}, only);
      await asks("daily@example.org", { pace: "daily" }, { kinds: ["edition", "changes"] });
      await asks("later@example.org", { pace: "daily" }, only);
      await rings(hours(1));
      await lookedAfter(hours(24));
      await change(table, key, (record) => record && owe({ ...record, changes: [changes(hours(24))] }, change1, iso(hours(24))));
      await isTakenBack(hours(25));
      await lookedAfter(hours(48), hours(72));
      expect(["changes", "daily", "later"].map(told)).toEqual([[], both, []]);
    });

    test("where the alert that it is out was never sent, too", async () => {
      await asks("changes@example.org", {}, only);
      await change(table, key, () => ({ ...edition, rings: [] }));
      await changesAreTold(hours(2));
      await isTakenBack(hours(3));
      expect(told("changes")).toEqual([change1, "correction:tip:2026:1"]);
    });
  });

  test("those who read one of the languages in which it was told", async () => {
    await asks("english@example.org", {}, { languages: ["en"] });
    await asks("french@example.org", {}, { languages: ["fr"] });
    await rings(hours(1));
    const second: Ring = { ...ring, alert: "edition:tip:2026:document", language: "fr" };
    now = hours(2);
    await change(table, key, (record) => record && owe({ ...record, rings: [...record.rings, second] }, second.alert, iso(now)));
    await sweep(world);
    await isTakenBack(hours(3));
    expect(["english", "french"].map(told)).toEqual([both, [second.alert, "correction:tip:2026:1"]]);
  });

  test("nobody where nothing had been sent", async () => {
    await asks("all@example.org");
    await isCorrected(hours(2));
    expect(sent).toEqual([]);
    expect((await read(table, key))?.owed).toBeUndefined();
    expect(await read(table, alertKey("correction:tip:2026:1"))).toBeUndefined();
  });
});

test("an SMS and an email say which edition it was instead", async () => {
  await asks("all@example.org");
  await asks("korean@example.org", { language: "ko" });
  await rings(hours(1));
  await change(table, editionKey("tip", "2025"), () => ({ ...edition, key: "2025", year: 2025 }));
  const correction: Correction = { alert: "correction:tip:2026:1", at: iso(hours(2)), kind: "edition", rings: [ring], to: { series: "tip", key: "2025", year: 2025 }, why: "The speech is on last year's." };
  await change(table, key, () => owe({ ...edition, status: "mentioned", rings: [], corrections: [correction] }, correction.alert, correction.at));
  await sweep(world);
  const [english, korean] = ["all", "korean"].map((name) => sent.filter(({ to }) => to.startsWith(name)).at(-1)?.alert);
  expect(english?.sms).toBe("Correction: was not TIP report 2026 but TIP report 2025. https://state.example/speech To end, reply STOP or ask us.");
  expect(korean?.sms).toMatch(/^정정: TIP report 2026 아님, TIP report 2025임\. /);
  expect(english?.email.text.replaceAll("\n", " ")).toContain("what it showed is Trafficking in Persons Report 2025.");
  expect(korean?.email.text.replaceAll("\n", " ")).toContain("실제로는 Trafficking in Persons Report 2025입니다.");
  for (const one of [english, korean]) expect(one?.email.text).toContain("https://state.example/speech\n");
  expect(JSON.parse(english?.json ?? "{}")).toMatchObject({ kind: "correction", url: ring.url, why: ["The speech is on last year's."], corrects: { alert: "edition:tip:2026", kind: "edition", to: { series: "tip", edition: 2025 } } });
});
