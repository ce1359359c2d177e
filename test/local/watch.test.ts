import { afterEach, describe, expect, test } from "vitest";
import { editionsOf } from "../../shared/records/editions.ts";
import { alertKey, watchKey } from "../../shared/records/keys.ts";
import { change } from "../../shared/records/records.ts";
import { openStation, type Station } from "./station.ts";

const stations: Station[] = [];
afterEach(async () => {
  for (const station of stations.splice(0)) await station.close();
});

const day = 24 * 60;
/** Usually out on 20 June; the station opens on that day. */
const report = { id: "report", name: "Report on Prisons", year: "release" as const, recognise: [{ role: "release" as const, title: ["report on prisons"] }], editions: [2017, 2018, 2019, 2020].map((year) => ({ year, released: `${year}-06-20` })) };
const other = { title: "Travel to Norway", url: "https://state.example/norway", at: "2021-06-19T08:00:00Z" };

async function open(everyMinutes = 60, editions: readonly { readonly year: number; readonly released: string }[] = report.editions): Promise<Station> {
  const station = await openStation((url) => ({ series: [{ ...report, editions: [...editions] }], sources: [{ id: "press", publisher: "state", url: `${url}/press`, read: { as: "feed" }, everyMinutes, carries: ["report"] }] }));
  station.publisher.feed("/press", [other]);
  stations.push(station);
  return station;
}

describe("the monitor", () => {
  test("tells what is late by its own polls, and only when it has read what it slept through", async () => {
    const station = await open();
    await station.pass();
    await station.pass(5);
    expect(station.rung()).toEqual([]);
    await station.pass(8 * day);
    expect(station.rung()).toEqual([]);
    await station.pass(5);
    expect(station.rung()).toEqual(["Report on Prisons 2021"]);
    await station.idle();
    expect(await station.emails()).toBe(1);
    expect(await station.owed()).toEqual([]);
  });

  test("keeps the files for readers of the site up to date", async () => {
    const station = await open();
    station.publisher.feed("/press", [{ title: "Report on Prisons 2021", url: "https://state.example/prisons", at: "2021-06-20T11:00:00Z" }, other]);
    await station.pass();
    await station.pass(5);
    const [editions, items] = await Promise.all(["editions.json", "items-2021.json"].map((name) => station.stack.files.read(name)));
    expect([editions, items]).toEqual([expect.objectContaining({ text: expect.stringContaining("Report on Prisons 2021") }), expect.objectContaining({ text: expect.stringContaining("state.example/prisons") })]);
  });

  test("tells nothing as late that came while it slept", async () => {
    const station = await open();
    await station.pass();
    station.publisher.feed("/press", [{ title: "Report on Prisons 2021", url: "https://state.example/prisons", at: "2021-06-25T08:00:00Z" }, other]);
    await station.pass(8 * day);
    await station.pass(5);
    await station.pass(60);
    expect(station.rung()).toEqual(["Report on Prisons 2021"]);
    expect(await station.emails()).toBe(1);
  });

  test("reads the sources of a series that is announced for these days as in season", async () => {
    const station = await open(60, [2017, 2018, 2019, 2020].map((year) => ({ year, released: `${year}-11-20` })));
    await station.pass();
    const polls = async (): Promise<number> => {
      station.polled();
      for (let minute = 0; minute < 60; minute++) await station.pass();
      return station.polled().length;
    };
    expect(await polls()).toBeLessThanOrEqual(1);
    // As watch notes it; this hour's look is over.
    await change(station.stack.poll.table, watchKey, (before) => before && { ...before, hour: "2021-06-20T13", inSeason: ["report"] });
    expect(await polls()).toBe(12);
  });
});

test("what rang and is not noted as sent is said once, although its record owes nothing", async () => {
  const station = await open();
  await station.pass();
  station.publisher.feed("/press", [{ title: "Report on Prisons 2021", url: "https://state.example/prisons", at: "2021-06-20T13:00:00Z" }, other]);
  await station.pass(60);
  const { table } = station.stack.poll;
  const [edition] = await editionsOf(table, "report");
  const [ring] = edition?.rings ?? [];
  await table.remove(alertKey(ring?.alert ?? ""));
  station.said();
  for (let minutes = 0; minutes < 30; minutes += 5) await station.pass(5);
  expect(station.said().filter((sentence) => sentence.includes("nothing notes that it was sent"))).toEqual([expect.stringMatching(/^The alert edition:report:2021 rang at 2021-06-20T1/)]);
});
