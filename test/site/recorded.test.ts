import { afterEach, beforeEach, expect, test } from "vitest";
import { type House, openHouse } from "./house.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse("2026-11-25T12:00:00Z");
  await house.install("2026-01-01T00:00:00Z");
});
afterEach(() => house.close());

const report = { series: "us-state-tip-report", key: "2026", year: 2026, month: "2026-07", at: "2026-07-01", published: "2026-07-01", firstSeen: "2026-07-01T12:00:00Z", basis: "release" } as const;
const resolution = { series: "un-ga-dprk-resolution", key: "2026", year: 2026, status: "announced", month: "2026-11", at: "2026-11-23", title: "Vote on 3 December", rings: [{ alert: "notice:x", kind: "notice", at: "2026-11-23T10:00:00Z", update: false, basis: null, title: "General Assembly to vote on 3 December 2026", url: "https://press.un.org/x", published: "2026-11-23", symbol: null, language: "en", source: "un-press", why: [] }] } as const;

/** A path as the site answers it when nothing is held. */
async function anew(path: string): Promise<{ readonly text: string; readonly asked: number }> {
  house.reopen();
  house.asked();
  const text = await house.text(path);
  return { text, asked: house.asked().filter((question) => question === "list").length };
}

test.each(["/", "/year/2021", "/feed.atom", "/api/v1/series", "/api/v1/calendar", "/api/v1/changes", "/calendar.ics"])("%s says the same from the file that watch keeps as from the table, without a question for each series", async (path) => {
  const sightings = Array.from({ length: 3 }, (_, index) => ({ item: `i${index}`, role: index === 0 ? "notice" as const : "coverage" as const, source: "un-press", at: "2026-11-20T10:00:00Z", title: "Vote on 3 December 2026", url: null }));
  const changes = [{ alert: "changes:tip", at: "2026-07-02T00:00:00Z", sha256: "b", before: { year: 2025, sha256: "a", at: "2026-07-02T00:00:00Z" }, summary: ["“100” became “200”."], key: "k" }];
  await house.edition({ ...report, changes });
  await house.edition({ ...resolution, sightings });
  const fromTable = await anew(path);
  await house.keep();
  const fromFile = await anew(path);
  expect(fromFile.text).toBe(fromTable.text);
  expect([fromTable.asked, fromFile.asked]).toEqual([expect.toSatisfy((count: number) => count > 70), 1]);
});

test("what comes out after watch kept the file is shown a minute later", async () => {
  await house.keep();
  expect((await anew("/feed.atom")).text).not.toContain("Trafficking in Persons Report 2026");
  await house.edition({ ...report, month: "2026-11", at: "2026-11-24", published: "2026-11-24" });
  house.jump("2026-11-25T12:01:00Z");
  expect(await house.text("/feed.atom")).toContain("Trafficking in Persons Report 2026");
});

test.each([
  ["old", async () => house.jump("2026-11-25T12:31:00Z")],
  ["of another version", async () => house.files.write("editions.json", JSON.stringify({ format: "0", at: "2026-11-25T12:00:00Z", editions: [] }))],
  ["damaged", async () => house.files.write("editions.json", "{")],
])("where the file is %s the table is asked", async (_, harm) => {
  await house.keep();
  await house.edition(report);
  expect((await anew("/feed.atom")).text).not.toContain("Trafficking in Persons Report 2026");
  await harm();
  expect((await anew("/feed.atom")).text).toContain("Trafficking in Persons Report 2026");
});

test("an edition's page has its sightings, also when the page of the year was asked before", async () => {
  await house.edition({ ...report, sightings: [{ item: "i", role: "coverage", source: "us-state-press", at: "2026-07-01T12:00:00Z", title: "Remarks at the launch", url: null }], sightingCount: 1 });
  await house.keep();
  await house.text("/");
  expect(await house.text("/series/us-state-tip-report/2026")).toContain("Remarks at the launch");
});
