import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { knownOf } from "../../functions/notify/known.ts";
import { notify, type World } from "../../functions/notify/notify.ts";
import { sweep } from "../../functions/notify/sweep.ts";
import type { OpenTable } from "../../local/table.ts";
import type { Composed } from "../../shared/alerts/alert.ts";
import type { Publisher } from "../../shared/alerts/publisher.ts";
import type { EditionRecord, Ring } from "../../shared/records/editions.ts";
import { alertKey, editionKey, itemKey, sourceKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import { change, type Content, read } from "../../shared/records/records.ts";
import type { Stored } from "../../shared/records/table.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import { freshTable } from "../local/fresh-table.ts";
import { catalogue } from "../recognition/catalogue.ts";
import { edition, item, state } from "../records/parts.ts";

let opened: OpenTable;
let sent: Composed[];

const known = knownOf(
  catalogue({
    publishers: [{ id: "state", name: "State Department", short: "State", hosts: ["state.example"], names: ["US State"], zone: "America/New_York" }],
    series: [
      {
        id: "tip",
        name: "Trafficking in Persons Report",
        year: "release",
        recognise: [{ role: "release", title: ["report"] }],
        editions: [{ year: 2019, released: "2019-06-20" }, { year: 2020, released: "unknown", why: "not seen" }, { year: 2022, released: "2022-07-19" }],
      },
    ],
    sources: [{ id: "press", name: "Press releases", publisher: "state", url: "https://state.example/feed", read: { as: "feed" } }],
  }),
);

/** What notify works with; the publisher is the test's own, so that it can fail. */
function world(publish: Publisher = async () => ["m1"]): World {
  return {
    table: opened.table,
    known,
    clock: { now: () => Date.parse("2021-07-01T19:00:00Z"), sleep: () => Promise.resolve() },
    publish: async (alert) => {
      const ids = await publish(alert);
      sent.push(alert);
      return ids;
    },
  };
}

beforeEach(async () => {
  opened = await freshTable();
  sent = [];
});
afterEach(() => opened.close());

const ring = (alert: string, more: Partial<Ring> = {}): Ring => ({
  alert,
  kind: "edition",
  at: "2021-07-01T18:40:00Z",
  update: false,
  basis: "coverage",
  title: `Title of ${alert}`,
  url: "https://state.example/tip",
  published: "2021-07-01",
  symbol: null,
  language: "en",
  source: "press",
  why: ["it is out"],
  ...more,
});

const out = { ...edition, title: "The document, as it came later" };
const camp = { ...item, id: "i1", url: "https://state.example/camp" };
const blocked: Content<SourceState> = { ...state, id: "press", url: "https://state.example/feed", health: "blocked", failures: 2 };
const key = editionKey("tip", "2021");

/** An edition that owes these rings. */
async function owing(...rings: readonly Ring[]): Promise<void> {
  await change(opened.table, key, () => rings.reduce((record, { alert, at }) => owe(record, alert, at), { ...out, rings }));
}

test("an owed alert is composed from what its ring said, sent, kept and settled", async () => {
  await owing(ring("edition:tip:2021"));
  expect(await notify(world(), key, "edition:tip:2021")).toBe("sent");
  expect(sent.map(({ facts }) => facts)).toMatchObject([{ id: "edition:tip:2021", kind: "edition", at: "2021-07-01T18:40:00Z", title: "Title of edition:tip:2021", edition: 2021, basis: "coverage", publisher: { id: "state", short: "State" }, series: { id: "tip" }, source: { id: "press", name: "Press releases" } }]);
  const kept = await read(opened.table, alertKey("edition:tip:2021"));
  expect(kept).toMatchObject({ id: "edition:tip:2021", sent: "2021-07-01T19:00:00.000Z", messageIds: ["m1"], facts: { title: "Title of edition:tip:2021" } });
  expect(kept?.composed).toEqual({ email: sent[0]?.email, sms: sent[0]?.sms, json: sent[0]?.json });
  const record = await read(opened.table, key);
  expect([record?.owed, record?.owedSince, record?.rings.length]).toEqual([undefined, undefined, 1]);
});

test("it is sent once, however often it is asked for", async () => {
  await owing(ring("edition:tip:2021"));
  expect([await notify(world(), key, "edition:tip:2021"), await notify(world(), key, "edition:tip:2021")]).toEqual(["sent", "not owed"]);
  expect(await sweep(world())).toEqual({ sent: 0, failed: [] });
  expect(sent).toHaveLength(1);
});

test("one that is noted as sent and was not settled is settled, and not sent again", async () => {
  await owing(ring("edition:tip:2021"));
  await notify(world(), key, "edition:tip:2021");
  await owing(ring("edition:tip:2021"));
  expect(await notify(world(), key, "edition:tip:2021")).toBe("not owed");
  expect(sent).toHaveLength(1);
  expect((await read(opened.table, key))?.owed).toBeUndefined();
});

describe("what ended while it was being sent", () => {
  test("comes again under its id, and says that it may be a repeat, where the crash came between publishing and noting it", async () => {
    await owing(ring("edition:tip:2021"));
    const first = world();
    let writes = 0;
    const crashing: World = { ...first, table: { ...first.table, replace: (record) => (record.kind === "alert" && ++writes > 0 ? Promise.reject(new Error("killed")) : first.table.replace(record)) } };
    await expect(notify(crashing, key, "edition:tip:2021")).rejects.toThrow("killed");
    expect(await notify(first, key, "edition:tip:2021")).toBe("sent, perhaps again");
    expect(sent.map(({ facts, email, json }) => [facts.id, email.subject.endsWith(" (possibly a repeat)"), JSON.parse(json).repeat])).toEqual([["edition:tip:2021", false, false], ["edition:tip:2021", true, true]]);
  });

  test("is not sent again where it is noted that it was sent", async () => {
    await owing(ring("edition:tip:2021"));
    const first = world();
    const unsettled: World = { ...first, table: { ...first.table, replace: () => Promise.reject(new Error("The table is away.")) } };
    await expect(notify({ ...unsettled, publish: async (alert) => first.publish(alert) }, key, "edition:tip:2021")).rejects.toThrow("away");
    expect(await read(opened.table, alertKey("edition:tip:2021"))).toMatchObject({ sent: null, attempts: 1 });
    const noted = { ...first, table: { ...first.table, replace: (record: Stored) => (record.kind === "alert" ? first.table.replace(record) : Promise.reject(new Error("The table is away."))) } };
    await expect(notify(noted, key, "edition:tip:2021")).rejects.toThrow("away");
    expect(await read(opened.table, alertKey("edition:tip:2021"))).toMatchObject({ sent: "2021-07-01T19:00:00.000Z", attempts: 2 });
    expect([await notify(first, key, "edition:tip:2021"), sent.length]).toEqual(["not owed", 2]);
    expect((await read(opened.table, key))?.owed).toBeUndefined();
  });

  test("is sent again where that is not noted, and said to be perhaps a repetition", async () => {
    await owing(ring("edition:tip:2021"));
    await expect(notify(world(() => Promise.reject(new Error("SNS did not answer"))), key, "edition:tip:2021")).rejects.toThrow("did not answer");
    expect(await notify(world(), key, "edition:tip:2021")).toBe("sent, perhaps again");
    expect(sent.map(({ email, sms, json }) => [email.subject, email.text, sms].every((text) => text.includes("(possibly a repeat)")) && JSON.parse(json).repeat)).toEqual([true]);
    expect((await read(opened.table, alertKey("edition:tip:2021")))?.composed.email.subject).not.toContain("repeat");
    expect(await read(opened.table, alertKey("edition:tip:2021"))).toMatchObject({ sent: "2021-07-01T19:00:00.000Z", attempts: 2 });
  });
});

test("what is not owed, or is not there, is not sent", async () => {
  await owing(ring("edition:tip:2021"));
  expect(await notify(world(), key, "edition:tip:2020")).toBe("not owed");
  expect(await notify(world(), editionKey("tip", "1999"), "edition:tip:1999")).toBe("not owed");
  expect(sent).toEqual([]);
});

test("a publisher that throws leaves it owed, and the others are still sent", async () => {
  await owing(ring("edition:tip:2021"));
  await change(opened.table, itemKey("i1"), () => owe(camp, "about:i1", "2021-07-01T12:00:00Z"));
  const refusal = new Error("SNS is away");
  const refusing = world(async ({ facts }) => {
    if (facts.kind === "edition") throw refusal;
    return ["m2"];
  });
  expect(await sweep(refusing)).toEqual({ sent: 1, failed: [{ alert: "edition:tip:2021", error: refusal }] });
  expect(await read(opened.table, alertKey("edition:tip:2021"))).toMatchObject({ sent: null, attempts: 1, messageIds: [] });
  expect((await read(opened.table, key))?.owed).toEqual(new Set(["edition:tip:2021"]));
  expect(await sweep(world())).toEqual({ sent: 1, failed: [] });
  expect(sent.map(({ facts }) => facts.id)).toEqual(["about:i1", "edition:tip:2021"]);
});

describe("two alerts on one record", () => {
  test("are both sent, each with its own words", async () => {
    await owing(ring("edition:tip:2021"), ring("edition:tip:2021:document", { update: true, basis: "release" }));
    expect(await sweep(world())).toEqual({ sent: 2, failed: [] });
    expect(sent.map(({ facts }) => [facts.title, facts.basis, facts.update])).toEqual([["Title of edition:tip:2021", "coverage", false], ["Title of edition:tip:2021:document", "release", true]]);
    expect((await read(opened.table, key))?.owedSince).toBeUndefined();
  });
  test("one that was sent does not take the other with it", async () => {
    await owing(ring("edition:tip:2021"), ring("edition:tip:2021:document", { update: true }));
    await notify(world(), key, "edition:tip:2021");
    expect(await read(opened.table, key)).toMatchObject({ owed: new Set(["edition:tip:2021:document"]), owedSince: "2021-07-01T18:40:00Z" });
  });
  test("one that came to be owed while the other was sent stays", async () => {
    await owing(ring("edition:tip:2021"));
    const meanwhile = world(async () => {
      await change(opened.table, key, (record) => record && owe({ ...record, rings: [...record.rings, ring("late")] }, "late", "2021-07-01T18:59:00Z"));
      return ["m1"];
    });
    expect(await notify(meanwhile, key, "edition:tip:2021")).toBe("sent");
    expect((await read(opened.table, key))?.owed).toEqual(new Set(["late"]));
  });
});

test("the longest owing is sent first, whatever kind of record owes it", async () => {
  await owing(ring("edition:tip:2021"));
  await change(opened.table, itemKey("i1"), () => owe(camp, "about:i1", "2021-07-01T12:00:00Z"));
  const alert = "health:press:blocked:2021-06-30";
  await change(opened.table, sourceKey("press"), () => owe({ ...blocked, told: { alert, at: "2021-06-30T00:00:00Z", title: "Press releases cannot be read: http-403", why: ["Refused."], health: "blocked" } }, alert, "2021-06-30T00:00:00Z"));
  expect(await sweep(world())).toEqual({ sent: 3, failed: [] });
  expect(sent.map(({ facts }) => [facts.kind, facts.title, facts.publisher.id, facts.url])).toEqual([
    ["health", "Press releases cannot be read: http-403", "state", "https://state.example/feed"],
    ["about", "North Korea: prison camp", "state", "https://state.example/camp"],
    ["edition", "Title of edition:tip:2021", "state", "https://state.example/tip"],
  ]);
});

test("a health that changed again before it was told is told as it is now, and the old word is dropped", async () => {
  const told = { alert: "new", at: "2021-07-01T00:00:00Z", title: "Press releases can be read again", why: [], health: "well" } as const;
  await change(opened.table, sourceKey("press"), () => owe(owe({ ...blocked, told }, "old", "2021-06-30T00:00:00Z"), "new", "2021-07-01T00:00:00Z"));
  await sweep(world());
  expect(sent.map(({ facts }) => facts.title)).toEqual(["Press releases can be read again"]);
  expect((await read(opened.table, sourceKey("press")))?.owed).toBeUndefined();
});

test("earlier editions are those of the catalogue and those on record, before this one and before it rang", async () => {
  const earlier: readonly Partial<Content<EditionRecord>>[] = [
    // It was still the 27th where the publisher is.
    { key: "2018", year: 2018, published: "2018-06-28T03:00:00Z", url: "https://state.example/2018" },
    { key: "2016", year: 2016, published: null, firstSeen: "2021-01-01T00:00:00Z", silent: true, url: "https://state.example/2016" },
    { key: "2020", year: 2020, published: "2020-06-25", url: "https://state.example/2020" },
    { key: "2017", year: 2017, status: "mentioned" },
  ];
  for (const one of earlier) await change(opened.table, editionKey("tip", one.key ?? ""), () => ({ ...out, ...one }));
  await owing(ring("edition:tip:2021"));
  await notify(world(), key, "edition:tip:2021");
  expect(sent[0]?.facts.earlier).toEqual([
    { year: 2020, released: "2020-06-25", url: "https://state.example/2020" },
    { year: 2019, released: "2019-06-20", url: null },
    { year: 2018, released: "2018-06-27", url: "https://state.example/2018" },
    { year: 2016, released: "unknown", url: "https://state.example/2016" },
  ]);
  expect(sent[0]?.facts.publisher.zone).toBe("America/New_York");
});

test("an alert on a series that left the catalogue is still sent", async () => {
  const gone = editionKey("gone", "2021");
  await change(opened.table, gone, () => owe({ ...out, series: "gone", rings: [ring("edition:gone:2021", { source: "left" })] }, "edition:gone:2021", "2021-07-01"));
  expect(await sweep(world())).toEqual({ sent: 1, failed: [] });
  expect(sent[0]?.facts).toMatchObject({ series: { id: "gone", name: "gone" }, source: { id: "left", name: "left" } });
});
