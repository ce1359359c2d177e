import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sourceKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import { other, usual } from "./parts.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ parts: usual });
});
afterEach(() => stage.close());

const report = { title: "2021 Trafficking in Persons Report", url: "https://state.example/tip-2021", at: "2021-07-01T14:00:00Z" };
const briefing = { title: "Briefing on the Release of the 2021 Trafficking in Persons Report", url: "https://state.example/tip-briefing", at: "2021-07-01T13:00:00Z" };
const camp = { title: "North Korea: a new prison camp", url: "https://state.example/camp", at: "2021-07-01T15:00:00Z" };

/** The press feed as it was at the first reading. */
async function baseline(...more: readonly { title: string; url: string; at?: string }[]): Promise<void> {
  stage.site.feed("/press", [other(1), other(2), ...more]);
  expect(await stage.rings("press")).toEqual([]);
  stage.jump("2021-07-01T16:00:00Z");
  stage.written();
}

describe("what is new", () => {
  test("the first reading records in silence what was there before", async () => {
    const old = { title: "2020 Trafficking in Persons Report", url: "https://state.example/tip-2020", at: "2020-06-25T14:00:00Z" };
    const undated = { title: "North Korea: prison camp hearing", url: "https://state.example/undated" };
    await baseline(old, undated, { title: "Abductions by North Korea", url: "https://state.example/abductions", at: "2021-06-10" });
    expect((await stage.editions("tip")).map(({ key, status, silent, owed, rings }) => [key, status, silent, owed, rings])).toEqual([["2020", "out", true, undefined, []]]);
    expect((await stage.items()).map(({ title, owed }) => [title, owed])).toEqual([["Abductions by North Korea", undefined], ["North Korea: prison camp hearing", undefined]]);
    expect((await stage.sweep()).sent).toBe(0);
  });

  test("an item that was published after the install rings even at the first reading", async () => {
    stage.site.feed("/press", [other(1), { ...camp, at: "2021-06-20T12:01:00Z" }]);
    expect(await stage.rings("press")).toEqual(["about “North Korea: a new prison camp”"]);
  });

  test("an edition rings once, and nothing irrelevant is stored", async () => {
    await baseline();
    stage.site.feed("/press", [report, other(3), other(1), other(2)]);
    const [outcome] = await stage.poll("press");
    expect(outcome).toMatchObject({ source: "press", health: "well", reason: undefined, items: 4, fresh: 2 });
    expect(outcome?.rung).toMatchObject([{ alert: "edition:tip:2021", kind: "edition", series: "tip", edition: 2021, title: report.title, url: report.url, at: stage.at(), basis: "release", update: false }]);
    expect((await stage.items()).map(({ id, edition, role }) => [id, edition, role])).toEqual([["state.example/tip-2021", "2021", "release"]]);
    expect(await stage.editions("tip")).toMatchObject([{ key: "2021", status: "out", basis: "release", sightingCount: 1, owed: new Set(["edition:tip:2021"]) }]);
  });

  test("the same answer again rings nothing and writes nothing", async () => {
    await baseline();
    stage.site.feed("/press", [report, camp, other(1)]);
    expect(await stage.rings("press")).toHaveLength(2);
    stage.written();
    expect(await stage.rings("press")).toEqual([]);
    expect(stage.written()).toEqual([]);
  });

  test("the same items in other wrapping ring nothing, and write the source's state alone", async () => {
    await baseline();
    stage.site.feed("/press", [report, camp, other(1)]);
    expect(await stage.rings("press")).toHaveLength(2);
    stage.written();
    stage.site.feed("/press", [camp, report, other(1)]);
    expect(await stage.rings("press")).toEqual([]);
    expect(stage.written()).toEqual(["SOURCE#press STATE"]);
  });

  test("a source that answers 304 costs nothing", async () => {
    stage.site.set("/press", { body: "<rss><channel><item><title>Travel</title><link>https://state.example/1</link></item></channel></rss>", etag: '"1"' });
    expect(await stage.poll("press")).toMatchObject([{ items: 1, fresh: 1 }]);
    stage.written();
    expect(await stage.poll("press")).toMatchObject([{ health: "well", items: 1, fresh: 0 }]);
    expect(stage.written()).toEqual([]);
  });

  test("that a source was read is written once a day while nothing changes", async () => {
    await baseline();
    await stage.poll("press");
    expect(stage.written()).toEqual(["SOURCE#press STATE"]);
    await stage.poll("press");
    expect(stage.written()).toEqual([]);
    expect(await read(stage.table, sourceKey("press"))).toMatchObject({ lastRead: "2021-07-01T16:05:00.000Z", firstRead: "2021-06-20T12:05:00.000Z" });
  });
});

describe("an item that was edited", () => {
  test("is matched again, keeps its earlier titles, and does not ring again", async () => {
    await baseline();
    stage.site.feed("/press", [camp, other(1)]);
    expect(await stage.rings("press")).toHaveLength(1);
    stage.site.feed("/press", [{ ...camp, title: "DPRK: two new prison camp sites" }, other(1)]);
    expect(await stage.rings("press")).toEqual([]);
    stage.site.feed("/press", [{ ...camp, title: "DPRK: three prison camp sites" }, other(1)]);
    expect(await stage.rings("press")).toEqual([]);
    expect(await stage.items()).toMatchObject([{ title: "DPRK: three prison camp sites", earlierTitles: [camp.title, "DPRK: two new prison camp sites"], relevance: "about" }]);
  });

  test("into what concerns us rings then", async () => {
    await baseline();
    stage.site.feed("/press", [{ ...report, title: "2021 Report: Korea" }, other(1)]);
    expect(await stage.rings("press")).toEqual([]);
    stage.site.feed("/press", [report, other(1)]);
    expect(await stage.rings("press")).toEqual([`edition tip 2021 release “${report.title}”`]);
  });

  test("from the announcement into the thing itself rings as the edition", async () => {
    await baseline();
    stage.site.feed("/press", [{ ...report, title: "Secretary to Release the 2021 Trafficking in Persons Report" }, other(1)]);
    expect(await stage.rings("press")).toEqual(["notice tip 2021 “Secretary to Release the 2021 Trafficking in Persons Report”"]);
    stage.site.feed("/press", [report, other(1)]);
    expect(await stage.rings("press")).toEqual([`edition tip 2021 release “${report.title}”`]);
    expect(await stage.editions("tip")).toMatchObject([{ sightingCount: 1, sightings: [{ role: "release" }], announcedTitle: "Secretary to Release the 2021 Trafficking in Persons Report" }]);
  });

  test("into the publisher's word that it is out rings too", async () => {
    await baseline();
    stage.site.feed("/press", [{ ...briefing, title: "Briefing: Trafficking in Persons Report" }, other(1)]);
    expect(await stage.rings("press")).toEqual([]);
    stage.site.feed("/press", [briefing, other(1)]);
    expect(await stage.rings("press")).toEqual([`edition tip 2021 coverage “${briefing.title}”`]);
  });
});

describe("an edition that is seen more than once", () => {
  test("in two sources rings once, with one item or with two", async () => {
    await baseline();
    stage.site.feed("/reports", [other(9)]);
    stage.site.feed("/daily", [other(8)]);
    await stage.poll("reports", "daily");
    stage.site.feed("/press", [report, other(1)]);
    stage.site.feed("/reports", [report, { ...report, url: "https://state.example/reports/tip" }, other(9)]);
    stage.site.feed("/daily", [{ ...report, url: "https://daily.example/tip" }, other(8)]);
    expect(await stage.rings("press", "reports", "daily")).toEqual([`edition tip 2021 release “${report.title}”`]);
    expect(await stage.editions("tip")).toMatchObject([{ sightingCount: 3 }]);
  });

  test("rings by the publisher's word first, and once more when the document is there", async () => {
    await baseline();
    stage.site.feed("/press", [briefing, other(1)]);
    expect(await stage.rings("press")).toEqual([`edition tip 2021 coverage “${briefing.title}”`]);
    stage.site.feed("/press", [report, briefing, other(1)]);
    expect(await stage.rings("press")).toEqual([`edition tip 2021 release update “${report.title}”`]);
    stage.site.feed("/press", [{ ...report, url: "https://state.example/tip-again" }, report, briefing]);
    expect(await stage.rings("press")).toEqual([]);
    expect(await stage.editions("tip")).toMatchObject([{ basis: "release", url: report.url, rings: [{ update: false, basis: "coverage" }, { update: true, basis: "release" }], owed: new Set(["edition:tip:2021", "edition:tip:2021:document"]) }]);
  });

  test("an item of no series in two sources rings once, and the second costs no write of it", async () => {
    await baseline();
    stage.site.feed("/reports", [other(9)]);
    await stage.poll("reports");
    stage.site.feed("/press", [camp, other(1)]);
    expect(await stage.rings("press")).toHaveLength(1);
    stage.written();
    stage.site.feed("/reports", [camp, other(9)]);
    expect(await stage.rings("reports")).toEqual([]);
    expect(stage.written()).toEqual(["SOURCE#reports STATE"]);
  });

  test("by others alone does not ring", async () => {
    stage.site.feed("/daily", [other(1)]);
    await stage.poll("daily");
    stage.site.feed("/daily", [{ ...report, url: "https://daily.example/tip" }, other(1)]);
    expect(await stage.rings("daily")).toEqual([]);
    expect(await stage.editions("tip")).toMatchObject([{ status: "mentioned", basis: null, sightings: [{ role: "coverage" }] }]);
  });
});

describe("series of other habits", () => {
  test("of several a year, told apart by their titles", async () => {
    await baseline();
    const first = { title: "Request for Proposals: Radio", url: "https://state.example/radio", at: "2021-07-01" };
    stage.site.feed("/press", [first, { ...first, title: "Request for Proposals: Archives", url: "https://state.example/archives" }, { ...first, url: "https://state.example/radio-2" }]);
    expect(await stage.rings("press")).toEqual(["edition grants 2021 release “Request for Proposals: Radio”", "edition grants 2021 release “Request for Proposals: Archives”"]);
    expect((await stage.editions("grants")).map(({ key, year }) => [key.replace(/~[0-9a-f]{8}$/, "~"), year])).toEqual([["2021~", 2021], ["2021~", 2021]]);
  });

  test("of several a year, told apart by their months", async () => {
    stage.site.feed("/council", [other(1)]);
    await stage.poll("council");
    const cases = { title: "Cases Examined", url: "https://council.example/1", at: "2021-07-01" };
    stage.site.feed("/council", [{ ...cases, url: "https://council.example/3", at: "2021-08-01" }, { ...cases, url: "https://council.example/2", at: "2021-07-20" }, cases]);
    expect(await stage.rings("council")).toEqual(["edition cases 2021 release “Cases Examined”", "edition cases 2021 release “Cases Examined”"]);
    expect((await stage.editions("cases")).map(({ key }) => key)).toEqual(["2021-07", "2021-08"]);
  });

  test("that are not counted by years ring item by item", async () => {
    await baseline();
    const item = { title: "Camp Report: No. 25", url: "https://state.example/camp-25", at: "2021-07-01" };
    stage.site.feed("/press", [{ ...item, title: "Briefing: Camp Report No. 25", url: "https://state.example/briefing" }, { ...item, title: "Camp Report: No. 14", url: "https://state.example/camp-14" }, item]);
    expect(await stage.rings("press")).toEqual(["about camps “Camp Report: No. 25”", "about camps “Camp Report: No. 14”"]);
    expect(await stage.rings("press")).toEqual([]);
    expect(await stage.editions("camps")).toEqual([]);
  });
});
