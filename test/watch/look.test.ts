import { afterEach, describe, expect, test } from "vitest";
import type { EditionRecord, Ring } from "../../shared/records/editions.ts";
import { placedAt } from "../../shared/records/history.ts";
import { editionKey, sourceKey, standingKey, watchKey } from "../../shared/records/keys.ts";
import { change, type Content, read } from "../../shared/records/records.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import type { Key } from "../../shared/records/table.ts";
import { seriesInSeason } from "../../shared/records/watch.ts";
import type { Parts } from "../recognition/catalogue.ts";
import { juneReport, openTower, type Tower, type TowerSetting } from "./tower.ts";

const towers: Tower[] = [];
afterEach(async () => {
  for (const tower of towers.splice(0)) await tower.close();
});
async function open(setting: Partial<TowerSetting> = {}): Promise<Tower> {
  const tower = await openTower({ parts: juneReport, installed: "2021-01-01T00:00:00Z", ...setting });
  towers.push(tower);
  return tower;
}

/** Looks at 13:00 UTC of each of so many days, and gives what was owed then. */
async function days(tower: Tower, from: string, count: number): Promise<string[]> {
  const told: string[] = [];
  for (let day = 0; day < count; day++) {
    const at = new Date(Date.parse(`${from}T13:00:00Z`) + day * 86_400_000).toISOString();
    told.push(...(await tower.look(at)).map(({ alert, update }) => `${alert}${update ? " update" : ""}`));
  }
  return told;
}

const notice: Ring = { alert: "notice:report:2021", kind: "notice", at: "2021-05-10T09:00:00Z", update: false, basis: null, title: "Ministry to release the Report on Prisons on 12 May", url: null, published: "2021-05-10", symbol: null, language: "en", source: "one", why: [] };
const edition: Content<EditionRecord> = { ...placedAt("2021-05-10"), series: "report", key: "2021", year: 2021, status: "announced", basis: null, title: notice.title, url: null, symbol: null, published: null, firstSeen: notice.at, sightings: [], sightingCount: 0, silent: false, rings: [notice] };
const out: Content<EditionRecord> = { ...edition, status: "out", basis: "release", published: "2021-07-08", firstSeen: "2021-07-08T10:00:00Z", rings: [{ ...notice, alert: "edition:report:2021", kind: "edition", at: "2021-07-08T10:00:00Z", basis: "release", published: "2021-07-08" }] };

describe("a report that does not come", () => {
  test("is told when it is late and again each week, until it comes", async () => {
    const tower = await open();
    expect(await days(tower, "2021-06-20", 18)).toEqual(["late:report:2021:2021-06-27", "late:report:2021:2021-07-04"]);
    await change(tower.table, editionKey("report", "2021"), () => out);
    expect(await days(tower, "2021-07-08", 10)).toEqual([]);
    expect(await read(tower.table, standingKey("report"))).toMatchObject({ series: "report", edition: 2021, standing: "out", since: "2021-07-08", late: "2021-07-04" });
  });

  test("is told by an alert that says how late it is, by law and against the latest", async () => {
    const tower = await open();
    await days(tower, "2021-06-27", 1);
    const [alert] = await tower.send();
    expect(alert?.email.subject).toBe("Late by 12 days: Report on Prisons 2021 (State Department)");
    expect(alert?.email.text).toContain("12 days after the statutory day, 15 June 2021.");
    expect(alert?.email.text).toContain("Last year's edition (2020): 20 June 2020");
    expect(alert?.email.text.replaceAll("\n", " ")).toContain("Expected from 14 June 2021 to 26 June 2021, by the days of 4 earlier");
    expect(JSON.parse(alert?.json ?? "")).toMatchObject({ kind: "late", series: "report", edition: 2021, source: "calendar", publisher: "state", late: { missed: false, against: "due", from: "2021-06-15", days: 12, latest: { edition: 2017, days: 5 } } });
    expect(await tower.send()).toEqual([]);
  });

  test("is told as missed when half a year has passed, and no more after that", async () => {
    const tower = await open();
    const told = await days(tower, "2021-12-01", 60);
    expect(told).toEqual(["late:report:2021:2021-12-01", "late:report:2021:2021-12-08", "late:report:2021:2021-12-15", "late:report:2021:2021-12-20"]);
    expect((await tower.send()).map(({ email }) => email.subject.split(":")[0])).toEqual(["Late by 169 days", "Late by 176 days", "Late by 183 days", "Missed"]);
  });

  test("that was over before the install is told to nobody", async () => {
    const tower = await open({ installed: "2021-07-01T00:00:00Z" });
    expect(await days(tower, "2021-07-01", 30)).toEqual([]);
    expect(await read(tower.table, standingKey("report"))).toMatchObject({ standing: "blind", rings: [] });
  });

  test("is told at most twelve times on its record, but all that is owed stays", async () => {
    const tower = await open();
    await days(tower, "2021-06-27", 7 * 20);
    const record = await read(tower.table, standingKey("report"));
    expect([record?.rings.length, record?.owed?.size]).toEqual([20, 20]);
    expect(await tower.send()).toHaveLength(20);
    await days(tower, "2021-11-14", 1);
    expect((await read(tower.table, standingKey("report")))?.rings).toHaveLength(12);
  });
});

test("states are read a thousand at a time, so that those of very many sources fit into the memory", async () => {
  const sources = Array.from({ length: 1001 }, (_, index) => ({ id: `source-${String(index).padStart(4, "0")}`, publisher: "state", url: "https://many.example/feed", read: { as: "feed" as const } }));
  const tower = await open({ parts: { ...juneReport, sources }, unread: sources.map(({ id }) => id) });
  const asked: number[] = [];
  const table = { ...tower.table, getMany: (keys: readonly Key[]) => (asked.push(keys.length), tower.table.getMany(keys)) };
  await tower.look("2021-06-20T13:00:00Z", 0, table);
  expect(asked).toEqual([1000, 1]);
  expect((await read(tower.table, watchKey))?.unreadable).toEqual(sources.map(({ id }) => id));
});

describe("sources that cannot be read", () => {
  test("are told as blind within the hour in which the last is lost, and taken back when one can be read", async () => {
    const tower = await open();
    expect(await days(tower, "2021-06-24", 1)).toEqual([]);
    await tower.health("one", "blocked", "2021-06-25T00:00:00Z");
    await tower.health("two", "dead", "2021-06-28T14:00:00Z");
    expect(await days(tower, "2021-06-27", 2)).toEqual(["late:report:2021:2021-06-27"]);
    expect((await tower.look("2021-06-28T15:10:00Z")).map(({ alert }) => alert)).toEqual(["blind:report:2021:2021-06-28"]);
    expect(await tower.look("2021-06-28T16:10:00Z")).toEqual([]);
    await tower.health("one", "well", "2021-06-29T08:00:00Z");
    expect(await tower.look("2021-06-29T08:10:00Z")).toMatchObject([{ alert: "blind:report:2021:seen:2021-06-29", kind: "blind", update: true }]);
    const [, blind, seen] = await tower.send();
    expect([blind?.email.subject, seen?.email.subject]).toEqual(["Cannot tell: Report on Prisons 2021 (State Department)", "Can tell again: Report on Prisons 2021 (State Department)"]);
    expect(blind?.email.text).toMatch(/one, two\s+cannot be read\./);
    expect(blind?.email.text).not.toMatch(/is late \(|\d days/);
    expect(JSON.parse(blind?.json ?? "")).toMatchObject({ late: null, url: "https://one.example/" });
    expect(JSON.parse(seen?.json ?? "")).toMatchObject({ late: { days: 14 }, url: "https://one.example/" });
  });

  test("that come and go within a day are told once that day", async () => {
    const tower = await open();
    await tower.health("one", "blocked", "2021-06-20T00:00:00Z");
    const told: string[] = [];
    for (let hour = 13; hour < 20; hour++) {
      const at = `2021-06-28T${hour}:00:00Z`;
      await tower.health("two", hour % 2 === 0 ? "well" : "blocked", at);
      told.push(...(await tower.look(at)).map(({ alert }) => alert));
    }
    expect(told).toEqual(["blind:report:2021:2021-06-28", "blind:report:2021:seen:2021-06-28"]);
  });

  test("that were never read show nothing", async () => {
    const tower = await open({ unread: ["one", "two"] });
    expect(await days(tower, "2021-06-27", 1)).toEqual(["blind:report:2021:2021-06-27"]);
  });
});

/** Both sources stand so now. */
const away = async (tower: Tower, state: Partial<SourceState>): Promise<void> => {
  for (const id of ["one", "two"]) await change(tower.table, sourceKey(id), (before) => before && { ...before, ...state });
};

describe("a machine that stood still", () => {
  test("for years, and cannot read anything yet, tells nothing as late or missed", async () => {
    const tower = await open({ installed: "2020-12-01T00:00:00Z" });
    await away(tower, { lastRead: "2020-12-31T23:00:00Z", health: "failing", failures: 1, since: "2026-11-25T11:55:00Z", failingSince: "2026-11-25T11:55:00Z" });
    expect(await days(tower, "2026-11-25", 1)).toEqual(["blind:report:2026:2026-11-25"]);
    const [alert] = await tower.send();
    expect(alert?.email.text).toMatch(/one, two\s+cannot be read\./);
    expect(alert?.email.text).not.toContain("Its sources can be read");
  });

  test("over the days of a report, cannot tell whether it came, also when its sources are read again", async () => {
    const tower = await open();
    await away(tower, { gapUntil: "2021-07-10T00:00:00Z" });
    expect(await days(tower, "2021-07-10", 200)).toEqual(["blind:report:2021:2021-07-10"]);
    const [alert] = await tower.send();
    expect(alert?.email.text.replaceAll("\n", " ")).toContain("Its sources were not read all the time since its usual days began, so it may have come unseen.");
  });

  test("while a report was late does not tell it as missed when the next one is due", async () => {
    const tower = await open();
    expect(await days(tower, "2021-06-27", 1)).toEqual(["late:report:2021:2021-06-27"]);
    await away(tower, { gapUntil: "2022-06-14T00:00:00Z" });
    expect(await days(tower, "2022-06-14", 2)).toEqual([]);
  });
});

describe("a look", () => {
  test("is taken once an hour, and tells once a day, from noon in UTC on", async () => {
    const tower = await open();
    await tower.look("2021-06-26T12:00:00Z");
    tower.written();
    // It is 27 June in Washington and Seoul, but the day's word comes at noon.
    const looks = ["2021-06-27T11:00:00Z", "2021-06-27T11:10:00Z", "2021-06-27T11:50:00Z", "2021-06-27T12:00:00Z", "2021-06-27T12:10:00Z", "2021-06-27T13:00:00Z"];
    const told: number[] = [];
    for (const at of looks) told.push((await tower.look(at)).length);
    expect(told).toEqual([0, 0, 0, 1, 0, 0]);
    expect(tower.written()).toEqual(["WATCH WATCH", "SERIES#report STANDING", "WATCH WATCH", "WATCH WATCH"]);
  });

  test("is not taken while polling has not kept up for an hour: what was not read says nothing", async () => {
    const tower = await open();
    expect(await tower.look("2021-06-27T13:00:00Z", 61)).toEqual([]);
    expect(await read(tower.table, watchKey)).toBeUndefined();
    expect(await tower.look("2021-06-27T13:10:00Z", 1)).toHaveLength(1);
  });

  test("has the sources of a report that a notice announces read as in season, without waiting for the day's word", async () => {
    const tower = await open();
    await tower.look("2021-05-10T08:30:00Z");
    expect(await seriesInSeason(tower.table)).toEqual(new Set());
    await change(tower.table, editionKey("report", "2021"), () => edition);
    await tower.look("2021-05-10T09:10:00Z");
    expect(await seriesInSeason(tower.table)).toEqual(new Set());
    await tower.look("2021-05-11T06:10:00Z");
    expect(await seriesInSeason(tower.table)).toEqual(new Set(["report"]));
    await tower.look("2021-05-14T06:10:00Z");
    expect(await seriesInSeason(tower.table)).toEqual(new Set());
  });

  test("that two take at once tells once", async () => {
    const tower = await open();
    const told = (await Promise.all([tower.look("2021-06-27T13:00:00Z"), tower.look("2021-06-27T13:00:00Z")])).flat();
    expect(told).toHaveLength(1);
    expect(await tower.send()).toHaveLength(1);
  });
});

describe("looks that a person must take", () => {
  const looks: Parts = {
    sources: ["a", "b", "c"].map((id) => ({ id, name: `Page ${id}`, publisher: "state", url: `https://${id}.example/`, read: { as: "page" }, verified: "2021-01-01", manualCheck: { everyDays: 30, message: "Open the list." }, ...(id === "c" ? { disabled: "only a person can read it" } : {}) })),
  };

  test("are asked of operators when they are due, two a day, and again after as many days as lie between two looks", async () => {
    const tower = await open({ parts: looks });
    expect(await days(tower, "2021-01-29", 35)).toEqual(["health:a:look:2021-01-31", "health:b:look:2021-01-31", "health:c:look:2021-02-01", "health:a:look:2021-03-02", "health:b:look:2021-03-02", "health:c:look:2021-03-03"]);
    const [first] = await tower.send();
    expect(first?.facts).toMatchObject({ kind: "health", title: "Page a: please look. Open the list.", url: "https://a.example/", source: { id: "a" } });
    expect(await tower.send()).toEqual([]);
  });
});
