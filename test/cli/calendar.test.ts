import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as calendar from "../../cli/commands/calendar.ts";
import { readCatalogue } from "../../cli/paths.ts";
import { look } from "../../functions/watch/look.ts";
import { openTable } from "../../local/table.ts";
import { standings } from "../../shared/calendar/standing.ts";
import type { EditionRecord } from "../../shared/records/editions.ts";
import { placedAt } from "../../shared/records/history.ts";
import { installedAt } from "../../shared/records/install.ts";
import { setPlanned } from "../../shared/records/plan.ts";
import { editionKey, sourceKey } from "../../shared/records/keys.ts";
import { change, type Content } from "../../shared/records/records.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import { jumpingClock } from "../intake/clock.ts";
import { state } from "../records/parts.ts";
import { almanac } from "./almanac.ts";
import { runHere } from "./in-process.ts";

let empty: string;
let folder: string;
const catalogue = await readCatalogue();

const tip: Content<EditionRecord> = {
  ...placedAt("2027-06-24T14:00:00Z"),
  series: "us-state-tip-report",
  key: "2027",
  year: 2027,
  status: "out",
  basis: "release",
  title: "2027 Trafficking in Persons Report",
  url: "https://www.state.gov/reports/2027-trafficking-in-persons-report/",
  symbol: null,
  published: "2027-06-24T14:00:00Z",
  firstSeen: "2027-06-24T14:04:00Z",
  sightings: [],
  sightingCount: 1,
  silent: false,
  rings: [],
};

const well = (id: string): Content<SourceState> => ({ ...state, id, firstRead: "2026-12-01T00:00:00Z", lastRead: "2027-06-24T00:10:00Z", since: "2026-12-01T00:00:00Z" });
const blocked = (id: string): Content<SourceState> => ({ ...well(id), health: "blocked", lastRead: "2027-01-09T00:10:00Z", since: "2027-01-10T00:00:00Z" });

beforeAll(async () => {
  [empty, folder] = await Promise.all([mkdtemp(join(tmpdir(), "almanac-")), mkdtemp(join(tmpdir(), "almanac-"))]);
  const { table, close } = await openTable(folder);
  await installedAt(table, "2026-12-01T00:00:00Z");
  await change(table, editionKey("us-state-tip-report", "2027"), () => tip);
  for (const { id, publisher } of catalogue.sources) await change(table, sourceKey(id), () => (publisher === "hrw" ? blocked(id) : well(id)));
  const clock = jumpingClock(Date.parse("2027-05-20T13:00:00Z"));
  await setPlanned(table, clock.now() / 60_000);
  await look({ table, clock }, catalogue);
  await close();
});
afterAll(() => Promise.all([rm(empty, { recursive: true }), rm(folder, { recursive: true })]));

async function lines(words: readonly string[], data = empty): Promise<Map<unknown, Record<string, unknown>>> {
  const { json } = await runHere(calendar, ["--json", "--data", data, ...words]);
  const found: Record<string, unknown>[] = JSON.parse(JSON.stringify(json));
  return new Map(found.map((line) => [line["series"], line]));
}

describe("almanac calendar", () => {
  test("gives a line a series, with its standing and its days", async () => {
    const found = await lines(["--at", "2025-08-01"]);
    expect([...found.keys()]).toEqual(catalogue.series.map(({ id }) => id));
    for (const line of found.values()) {
      expect(standings).toContain(line["standing"]);
      for (const name of ["opens", "median", "closes", "due", "released", "announced"]) expect(JSON.stringify(line[name])).toMatch(/^(null|"\d{4}-\d\d-\d\d")$/);
    }
  });

  test("has the human-rights report of 2024 late by 157 days against 25 February on 1 August 2025", async () => {
    expect((await lines(["--at", "2025-08-01"])).get("us-state-human-rights-report")).toMatchObject({ edition: 2024, standing: "late", due: "2025-02-25", lateDays: 157, lateAgainst: "due", latestDays: 120, latestEdition: 2014 });
  });

  test("has the Council's resolution late on 15 April 2020; with its sources lost, blind; with one lost, late", async () => {
    const id = "un-hrc-dprk-resolution";
    const at = ["--at", "2020-04-15"];
    const sources = catalogue.sources.filter(({ carries }) => carries.includes(id)).flatMap((source) => ["--blind", source.id]);
    expect((await lines(at)).get(id)).toMatchObject({ edition: 2020, standing: "late", session: 43 });
    expect((await lines([...at, ...sources])).get(id)).toMatchObject({ edition: 2020, standing: "blind" });
    expect((await lines([...at, "--blind", id])).get(id)).toMatchObject({ standing: "blind" });
    expect((await lines([...at, "--blind", "ohchr-news"])).get(id)).toMatchObject({ standing: "late", unreadable: ["ohchr-news"] });
  });

  test("knows nothing of what is later", async () => {
    expect((await lines(["--at", "2020-06-21"])).get("un-hrc-dprk-resolution")).toMatchObject({ standing: "late" });
    expect((await lines(["--at", "2020-06-22"])).get("un-hrc-dprk-resolution")).toMatchObject({ standing: "out", released: "2020-06-22" });
  });

  test("counts the days of the publisher: the report due on 30 June in Washington is not behind at 1 July in Seoul", async () => {
    expect((await lines(["--at", "2022-06-30T16:00:00Z"])).get("us-state-tip-report")).not.toHaveProperty("lateDays");
    expect((await lines(["--at", "2022-07-01T05:00:00Z"])).get("us-state-tip-report")).toMatchObject({ standing: "open", lateDays: 1 });
  });

  test("shows those that were asked for, for people too", async () => {
    expect([...(await lines(["--series", "ti-cpi", "--publisher", "rsf"])).keys()]).toEqual(["rsf-press-freedom-index", "ti-cpi"]);
    const { lines: table } = await runHere(calendar, ["--at", "2025-08-01", "--publisher", "us-state", "--data", empty]);
    expect(table[0]).toContain("standing");
    expect(table[1]).toMatch(/^late +us-state-human-rights-report +2024 +.*2025-02-25 +157 days after the statutory day, 25 February 2025\./);
  });
});

describe("with a data folder", () => {
  test("editions on record are counted in, and not before they came", async () => {
    expect((await lines(["--at", "2027-06-24"], folder)).get("us-state-tip-report")).toMatchObject({ edition: 2027, standing: "out", released: "2027-06-24" });
    expect((await lines(["--at", "2027-06-23"], folder)).get("us-state-tip-report")).toMatchObject({ edition: 2027, standing: "open" });
  });
  test("a series whose sources are blocked is blind once it is late, and others are late", async () => {
    const found = await lines(["--at", "2027-05-20"], folder);
    expect(found.get("hrw-world-report")).toMatchObject({ edition: 2027, standing: "blind", unreadable: expect.arrayContaining(["hrw-news"]) });
    expect(found.get("opendoors-wwl")).toMatchObject({ edition: 2027, standing: "late" });
  });
  test("what was told of an edition is said, from when it was told on", async () => {
    const then = await lines(["--at", "2027-05-20"], folder);
    expect(then.get("opendoors-wwl")).toMatchObject({ told: { alert: "late:opendoors-wwl:2027:2027-05-20", kind: "late", at: "2027-05-20T13:00:00.000Z" }, why: expect.arrayContaining(["Last told as late: 20 May 2027, 13:00 UTC."]) });
    expect(then.get("hrw-world-report")).toMatchObject({ told: { kind: "blind" }, why: expect.arrayContaining(["Last told that we cannot tell: 20 May 2027, 13:00 UTC."]) });
    expect(then.get("us-state-tip-report")).not.toHaveProperty("told");
    expect((await lines(["--at", "2027-05-20T12:00:00Z"], folder)).get("opendoors-wwl")).not.toHaveProperty("told");
  });
  test("what was expected before its install is not told as late", async () => {
    expect((await lines(["--at", "2026-12-02"], folder)).get("un-ga3-dprk-draft")).toMatchObject({ edition: 2026, standing: "blind" });
  });
});

describe("what was asked wrongly", () => {
  test.each([
    [["--at", "August 2025"], "is no day"],
    [["--blind", "ohchr-new"], "ohchr-news"],
    [["--series", "us-state-tip"], "us-state-tip-report"],
    [["--publisher", "rfs"], "there is no publisher"],
    [["--json", "--ics"], "Give one of them"],
  ])("%j is said", async (words, sentence) => {
    await expect(runHere(calendar, [...words, "--data", empty])).rejects.toThrow(sentence);
  });
});

test("--ics gives a file of one series, one publisher or all, with every line ended as iCalendar wants it", async () => {
  const one = await almanac(empty, ["calendar", "--ics", "--series", "us-state-tip-report", "--at", "2025-06-01"]);
  expect(one.code).toBe(0);
  expect(one.out).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(one.out).toMatch(/END:VCALENDAR\r\n$/);
  expect(one.out.replaceAll("\r\n", "")).not.toContain("\n");
  expect(one.out).toContain("X-WR-CALNAME:Rights Almanac: Trafficking in Persons Report");
  expect(one.out).toContain("UID:due:us-state-tip-report:2025@rights-almanac");
  const { lines: ofPublisher } = await runHere(calendar, ["--ics", "--publisher", "us-state", "--data", empty]);
  expect(ofPublisher.join("\n")).toContain("Rights Almanac: U.S. Department of State");
});
