import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { allWishes } from "../../shared/alerts/filter.ts";
import { sourceKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import { readStates } from "../../shared/records/sources.ts";
import { subscribe } from "../../shared/records/subscriptions.ts";
import type { Parts } from "../recognition/catalogue.ts";
import { postOffice } from "./post-office.ts";
import { openStation, type Station } from "./station.ts";

type SourceEntry = NonNullable<Parts["sources"]>[number];

const stations: Station[] = [];
afterEach(async () => {
  for (const station of stations.splice(0)) await station.close();
});

/** A station whose feeds, named with their pace in minutes, list one item each. */
async function open(paces: Record<string, number>, env?: Record<string, string>): Promise<Station> {
  const names = Object.keys(paces);
  const source = (url: string, id: string): SourceEntry => ({ id, publisher: "state", url: `${url}/${id}`, read: { as: "feed" }, everyMinutes: paces[id] ?? 60 });
  const station = await openStation((url) => ({ sources: names.map((id) => source(url, id)), series: camps.map((number) => ({ id: `camp-${number}`, name: `Prison camp ${number}`, year: "release", recognise: [{ role: "release", title: [`report on prison camp ${number}`] }] })) }), env);
  for (const name of names) station.publisher.feed(`/${name}`, [old]);
  stations.push(station);
  return station;
}

/** Reports that come at once to who subscribed. */
const camps = [1, 2];
const report = (number: number) => ({ title: `North Korea: report on prison camp ${number}`, url: `https://state.example/report-${number}`, at: `2021-06-20T12:3${number}:00Z` });
const old = { title: "Travel to Norway", url: "https://state.example/norway", at: "2021-06-19T08:00:00Z" };
const camp = (number: number) => ({ title: `North Korea: prison camp ${number}`, url: `https://state.example/camp-${number}`, at: `2021-06-20T12:3${number}:00Z` });
const many = (count: number, pace: number): Record<string, number> => Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, pace]));

describe("the minutes", () => {
  test("a first start polls everything once, however slow its pace", async () => {
    const station = await open({ hourly: 60, daily: 1440, weekly: 10_080 });
    await station.pass();
    expect(station.polled()).toEqual(["daily", "hourly", "weekly"]);
    expect(await station.planned()).toBe(0);
    expect(station.said()).toEqual([]);
  });

  test("each source has its turn once a pace, also where ticks were lost", async () => {
    const station = await open(many(30, 10));
    await station.pass();
    station.polled();
    for (const lost of [1, 2, 3, 1, 1, 3, 2, 2, 1, 3, 1]) await station.pass(lost);
    const turns = Map.groupBy(station.polled(), (id) => id);
    expect([...turns.values()].map(({ length }) => length)).toEqual(Array.from({ length: 30 }, () => 2));
    expect(station.said()).toEqual([]);
  });

  test("two ticks in one minute poll once", async () => {
    const station = await open(many(5, 1));
    await station.pass();
    await station.pass(0);
    expect(station.polled()).toHaveLength(5);
    await station.pass();
    expect(station.polled()).toHaveLength(5);
  });

  test("after a sleep of 7 hours each source is polled once, and it is said", async () => {
    const station = await open({ often: 10, hourly: 60, rarely: 360 });
    await station.pass();
    station.polled();
    await station.pass(7 * 60);
    expect(station.polled()).toEqual(["hourly", "often", "rarely"]);
    expect(station.said()).toEqual([expect.stringMatching(/^Nothing was polled for 7 hours: each source that was due is polled once now\./)]);
    expect(await station.planned()).toBe(7 * 60);
  });

  test("a stop of three weeks counts as a sleep, also for what comes weekly", async () => {
    const station = await open({ hourly: 60, weekly: 10_080 });
    await station.pass();
    station.polled();
    station.restart();
    await station.pass(3 * 10_080);
    expect(station.polled()).toEqual(["hourly", "weekly"]);
    expect(station.said()).toEqual([expect.stringMatching(/^Nothing was polled for 21 days:/)]);
  });

  test("after the clock was set back polling goes on, also of what was told to wait", async () => {
    const station = await open({ well: 10, failing: 10 });
    await station.pass();
    station.publisher.refuse("/failing", 503);
    await station.pass(365 * 24 * 60);
    station.polled();
    station.publisher.feed("/failing", [old]);
    station.said();
    await station.pass(-364 * 24 * 60);
    expect(station.said()).toEqual(["The clock was set back; polling goes on from the time that it shows now."]);
    for (let tick = 0; tick < 10; tick++) await station.pass();
    expect(new Set(station.polled())).toEqual(new Set(["failing", "well"]));
    expect(await station.planned()).toBe(24 * 60 + 10);
    expect(station.said()).toEqual([]);
  });
});

describe("a slow source", () => {
  test("delays no other's tick, and is not asked again while it has not answered", async () => {
    const station = await open({ fast: 1, slow: 1 });
    const release = station.publisher.hold("/slow");
    for (let ticks = 1; ticks <= 3; ticks++) {
      await station.tick();
      await station.polls(ticks);
    }
    expect(station.publisher.asked().sort()).toEqual(["/fast", "/fast", "/fast", "/slow"]);
    release();
    await station.idle();
    await station.pass();
    expect(station.polled()).toEqual(["fast", "fast", "fast", "fast", "slow", "slow"]);
  });

  test("whose round ends does not free a source that another round polls", async () => {
    const station = await open({ fast: 1, slow: 1 });
    const releaseSlow = station.publisher.hold("/slow");
    await station.tick();
    await station.polls(1);
    const releaseFast = station.publisher.hold("/fast");
    const asked = station.publisher.nextRequest();
    await station.tick();
    await asked;
    releaseSlow();
    await station.polls(2);
    await station.tick();
    await station.polls(3);
    expect(station.publisher.asked().filter((path) => path === "/fast")).toHaveLength(2);
    releaseFast();
  });

  test("holds back the note of how far planning came, so that after a kill everything under way is polled again", async () => {
    const station = await open({ fast: 1, hourly: 60, slow: 60 });
    const release = station.publisher.hold("/slow");
    await station.tick();
    await station.polls(2);
    await station.tick();
    await station.polls(3);
    expect(await station.planned()).toBeUndefined();
    station.restart();
    station.polled();
    await station.tick();
    await station.polls(2);
    expect(station.polled()).toEqual(["fast", "hourly"]);
    release();
    await station.idle();
    expect(await station.planned()).toBe(2);
  });

  test("of a later round holds the note at the minute before it", async () => {
    const station = await open(many(20, 1));
    await station.pass();
    const release = station.publisher.hold("/s7");
    for (const [ticks, minutes] of [30, 1, 1].entries()) {
      await station.tick(minutes);
      await station.polls(20 + (ticks + 1) * 19);
    }
    expect(await station.planned()).toBe(0);
    release();
    await station.idle();
    expect(await station.planned()).toBe(32);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

describe("alerts", () => {
  const ada = { protocol: "email", address: "ada@example.org", wishes: allWishes, language: "en" } as const;

  test("stay owed while the mail server is away, and are sent once when it is back", async () => {
    const port = await freePort();
    const station = await open({ press: 1 }, { SMTP_HOST: "127.0.0.1", SMTP_PORT: String(port), SMTP_FROM: "almanac@example.org" });
    await subscribe(station.stack.poll.table, ada, "2021-06-20T12:00:00Z");
    await station.pass();
    station.publisher.feed("/press", [report(1), report(2), old]);
    await station.pass();
    expect(station.rung()).toHaveLength(2);
    expect(await station.emails()).toBe(2);
    expect(await station.owed()).toHaveLength(2);
    expect(station.said()).toEqual([1, 2].map((number) => expect.stringMatching(new RegExp(`^The alert “North Korea: report on prison camp ${number}” could not be sent to everybody and stays owed; it is tried again\\. The fault: the alert .* 1 of its recipients, 0 of 1 have it: the mail server`))));
    station.restart();
    await station.pass();
    expect(station.said()).toEqual([expect.stringMatching(/^2 alerts cannot be sent yet and stay owed\. The first fault: the alert .* 1 of its recipients, 0 of 1 have it: the mail server/)]);
    const office = await postOffice(new Map(), undefined, port);
    for (let minute = 0; minute < 5; minute++) await station.pass();
    expect(station.said()).toEqual(["2 alerts that were still owed have been sent now."]);
    for (let minute = 0; minute < 6; minute++) await station.pass();
    expect(office.mails.map(({ to, mail }) => `${to} ${mail.subject?.match(/camp \d/)?.[0]}`).sort()).toEqual(["ada@example.org camp 1", "ada@example.org camp 2"]);
    expect(await station.owed()).toEqual([]);
    expect(await station.emails()).toBe(2);
    await office.close();
  });

  test("that cannot be sent do not stop the next one", async () => {
    const office = await postOffice(new Map([["ada@example.org", 451]]));
    const station = await open({ press: 1, ngo: 1 }, { SMTP_HOST: "127.0.0.1", SMTP_PORT: String(office.settings.port), SMTP_FROM: "almanac@example.org" });
    await subscribe(station.stack.poll.table, ada, "2021-06-20T12:00:00Z");
    await station.pass();
    station.publisher.feed("/press", [report(1), old]);
    await station.pass();
    await subscribe(station.stack.poll.table, { ...ada, address: "bob@example.org" }, "2021-06-20T12:00:00Z");
    station.publisher.feed("/press", [report(2), report(1), old]);
    await station.pass();
    expect(office.mails.map(({ to, mail }) => [to, mail.subject?.match(/camp \d/)?.[0]])).toEqual([["bob@example.org", "camp 2"]]);
    expect(await station.owed()).toHaveLength(2);
    await office.close();
  });

  test("that wait for a digest are sent in one at its time, also when the machine slept through it", async () => {
    const station = await open({ press: 1 });
    await subscribe(station.stack.poll.table, { ...ada, pace: "daily" }, "2021-06-20T12:00:00Z");
    await station.pass();
    station.publisher.feed("/press", [report(1), report(2), camp(1), old]);
    await station.pass();
    for (let minute = 0; minute < 5; minute++) await station.pass();
    expect(station.rung()).toHaveLength(3);
    expect(await station.emails()).toBe(0);
    await station.pass(3 * 24 * 60);
    await station.pass();
    expect(await station.emails()).toBe(1);
    expect(await station.owed()).toEqual([]);
  });

  test("on one item that two sources show at once are sent once", async () => {
    const station = await open({ press: 1, reports: 1 });
    await station.pass();
    station.publisher.feed("/press", [camp(2), camp(1), old]);
    station.publisher.feed("/reports", [camp(2), camp(1), old]);
    await station.pass();
    expect(station.rung().sort()).toEqual([camp(1).title, camp(2).title]);
    expect(await station.emails()).toBe(2);
    expect(await station.owed()).toEqual([]);
  });
});

describe("an outage of this machine", () => {
  test("is said once, and when it is over all that it kept from us is polled at once", async () => {
    const station = await open(many(20, 10));
    await station.pass();
    station.polled();
    await station.publisher.unplug();
    for (let minute = 0; minute < 30; minute++) await station.pass();
    expect(station.said()).toEqual([expect.stringMatching(/^None of 5 sources in a row could be reached: is this machine online\?/)]);
    const tried = station.polled();
    expect(tried).toHaveLength(5);
    // Three failures of a source are told, but these are this machine's own.
    const { table } = station.stack.poll;
    const failing = [...(await readStates(table, tried)).values()];
    expect(failing.map(({ told }) => told)).toEqual(failing.map(() => undefined));
    await station.publisher.plug();
    await station.pass(24 * 60);
    const [, back] = station.said();
    expect(back).toMatch(/^Sources can be reached again\. The \d+ that could not be are polled now\.$/);
    await station.pass();
    expect(new Set(station.polled()).size).toBe(20);
  });

  test("may have been why sources could not be reached when the monitor last ran", async () => {
    const station = await open({ far: 1440, refused: 1440 });
    station.publisher.refuse("/refused", 503);
    await station.publisher.unplug();
    await station.pass();
    await station.publisher.plug();
    station.polled();
    station.restart();
    await station.pass();
    expect(station.polled()).toEqual(["far", "refused"]);
    expect(await read(station.stack.poll.table, sourceKey("refused"))).toMatchObject({ reason: "http-503" });
    station.restart();
    await station.pass();
    expect(station.polled()).toEqual([]);
  });
});

test("a table that fails is said, and what was due is polled when it works again", async () => {
  const station = await open({ press: 1 });
  await station.pass();
  station.polled();
  const { table } = station.stack.poll;
  const working = { ...table };
  Object.assign(table, {
    query: () => {
      throw new Error("The disk is full.");
    },
  });
  await station.pass();
  expect(station.said()).toEqual([expect.stringMatching(/^What is due could not be told from the table: The disk is full\./)]);
  Object.assign(table, working);
  await station.pass();
  expect(station.polled()).toEqual(["press"]);
});
