import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { correct, type Corrected } from "../../functions/poll/correct.ts";
import type { Composed } from "../../shared/alerts/alert.ts";
import { other, usual } from "./parts.ts";
import { openStage, type Stage } from "./stage.ts";

const speech = { title: "A speech on the 2021 Trafficking in Persons Report", url: "https://state.example/speech", at: "2021-06-22T10:00:00Z" };
const report = { title: "2021 Trafficking in Persons Report", url: "https://state.example/report", at: "2021-07-01T10:00:00Z" };
const call = { title: "Request for Proposals: Radio", url: "https://state.example/radio", at: "2021-06-22T11:00:00Z" };

let stage: Stage;
let sent: Composed[] = [];

beforeEach(async () => {
  stage = await openStage({ parts: usual });
  sent = [];
  for (const path of ["/press", "/reports", "/council"]) stage.site.feed(path, [other(1), other(2)]);
  await stage.poll("press", "reports", "council");
  stage.jump("2021-06-22T12:00:00Z");
});
afterEach(() => stage.close());

const falsely = { series: "tip", key: "2021", to: null, why: "It was a speech.", name: "Trafficking in Persons Report 2021" };
const movedTo = (series: string, key: string) => ({ ...falsely, to: { series, key, year: Number(key) } });
const sweep = (): Promise<unknown> => stage.sweep((alert) => void sent.push(alert));
const told = (): string[] => sent.splice(0).map(({ facts }) => facts.id);
const show = (...items: readonly (typeof speech)[]): Promise<string[]> => {
  stage.site.feed("/press", [...items, other(1)]);
  return stage.rings("press");
};
const take = (correcting: Parameters<typeof correct>[1]): Promise<Corrected> => correct(stage.table, correcting, stage.at());

test("what a poll took for an edition before it ended, and had not noted as an item yet, is not taken for it when it comes again", async () => {
  await show(speech);
  await sweep();
  const [item] = await stage.items();
  await stage.table.remove({ pk: item?.pk ?? "", sk: item?.sk ?? "" });
  await take(falsely);
  expect(await stage.items()).toMatchObject([{ title: speech.title, url: speech.url, edition: null, role: null, corrected: { series: "tip", edition: "2021" } }]);
  expect(await show({ ...speech, title: `${speech.title}, as delivered` })).toEqual([]);
  expect(await stage.editions("tip")).toMatchObject([{ status: "mentioned", sightings: [] }]);
});

test("one of several editions that was ruled out does not ring as one of the next year when it is dated anew by some days", async () => {
  stage.jump("2021-12-31T12:00:00Z");
  expect(await show({ ...call, at: "2021-12-31T11:00:00Z" })).toHaveLength(1);
  const [edition] = await stage.editions("grants");
  await take({ ...falsely, series: "grants", key: edition?.key ?? "" });
  stage.jump("2022-01-09T12:00:00Z");
  expect(await show({ ...call, at: "2022-01-02T11:00:00Z" })).toEqual([]);
  stage.jump("2022-09-01T12:00:00Z");
  expect(await show({ ...call, at: "2022-09-01T11:00:00Z" })).toHaveLength(1);
});

test("an item that was ruled out is not taken for the next edition where a list shows it again in another year, without a date", async () => {
  await show(report);
  await take(falsely);
  await show();
  stage.jump("2022-02-16T12:00:00Z");
  const { title, url } = report;
  stage.site.feed("/press", [{ title, url }, other(1)]);
  expect(await stage.rings("press")).toEqual([]);
});

describe("what was no edition", () => {
  beforeEach(async () => {
    await show(speech);
    await sweep();
    told();
    await take(falsely);
  });

  test("is taken back from all records, and told as wrong once", async () => {
    await sweep();
    expect(sent.map(({ facts }) => facts)).toMatchObject([{ id: "correction:tip:2021:1", kind: "correction", series: { id: "tip" }, edition: 2021, title: speech.title, url: null, why: ["It was a speech."], corrects: { wrong: [{ alert: "edition:tip:2021", kind: "edition" }], kind: "edition", to: null } }]);
    expect(await stage.editions("tip")).toMatchObject([{ status: "mentioned", basis: null, title: "Trafficking in Persons Report 2021", url: null, sightings: [], rings: [], corrections: [{ alert: "correction:tip:2021:1" }] }]);
    expect(await stage.items()).toMatchObject([{ relevance: "about", edition: null, role: null, corrected: { series: "tip", edition: "2021" } }]);
    told();
    await sweep();
    expect(told()).toEqual([]);
  });

  test("is not taken for it again, as it is, edited, or dated anew by a day", async () => {
    for (const again of [speech, { ...speech, title: `${speech.title}, as delivered` }, { ...speech, at: "2021-06-23T10:00:00Z" }]) {
      expect(await show(again)).toEqual([]);
      expect(await show()).toEqual([]);
    }
    expect(await stage.editions("tip")).toMatchObject([{ status: "mentioned" }]);
  });

  test("gives way to the real one, which rings under another id, with its own document", async () => {
    stage.jump("2021-07-01T11:00:00Z");
    expect(await show(report, speech)).toEqual(["edition tip 2021 release “2021 Trafficking in Persons Report”"]);
    await sweep();
    expect(told()).toEqual(["correction:tip:2021:1", "edition:tip:2021:again-1"]);
    expect(await stage.editions("tip")).toMatchObject([{ status: "out", url: report.url, nextAt: expect.any(String) }]);
  });

  test("may be the real one at the same address later", async () => {
    stage.jump("2021-09-01T11:00:00Z");
    expect(await show({ ...speech, title: report.title, at: "2021-09-01T10:00:00Z" })).toHaveLength(1);
  });

  test("is corrected once, however often it is said", async () => {
    expect(await take(falsely)).toMatchObject({ taken: undefined, items: [] });
    expect(await stage.editions("tip")).toMatchObject([{ corrections: [{ alert: "correction:tip:2021:1" }] }]);
  });

  test("and was taken for it once more is corrected once more", async () => {
    await show({ ...speech, url: "https://state.example/speech-2" });
    await sweep();
    await take(falsely);
    await sweep();
    expect(told()).toEqual(["correction:tip:2021:1", "edition:tip:2021:again-1", "correction:tip:2021:2"]);
    expect(await stage.editions("tip")).toMatchObject([{ corrections: [{}, { alert: "correction:tip:2021:2", rings: [{ alert: "edition:tip:2021:again-1" }] }] }]);
  });
});

test("what was not sent yet is not sent, and nobody hears that it was wrong", async () => {
  await show(speech);
  await take(falsely);
  await sweep();
  expect(told()).toEqual([]);
  expect((await stage.editions("tip"))[0]?.owed).toBeUndefined();
});

test("a notice stays true where something else was taken for what it announced", async () => {
  await show({ ...report, title: "To Release: 2021 Trafficking in Persons Report", url: "https://state.example/notice", at: "2021-06-22T09:00:00Z" }, speech);
  await sweep();
  expect(told()).toEqual(["notice:tip:2021", "edition:tip:2021"]);
  await take(falsely);
  expect(await stage.editions("tip")).toMatchObject([{ status: "announced", url: "https://state.example/notice", rings: [{ alert: "notice:tip:2021" }], sightings: [{ role: "notice" }] }]);
  await take(falsely);
  expect(await stage.editions("tip")).toMatchObject([{ status: "mentioned", rings: [], corrections: [{ kind: "edition" }, { kind: "notice" }] }]);
});

describe("what was another edition", () => {
  beforeEach(async () => {
    await show(speech);
    await sweep();
    told();
  });

  test("of the same series is on record as out there, and rings neither", async () => {
    await take(movedTo("tip", "2020"));
    await sweep();
    expect(sent[0]?.facts).toMatchObject({ kind: "correction", url: speech.url, corrects: { to: { series: "tip", name: "Trafficking in Persons Report", edition: 2020 } } });
    expect(told()).toEqual(["correction:tip:2021:1"]);
    expect(await stage.editions("tip")).toMatchObject([{ key: "2020", status: "out", basis: "release", url: speech.url, rings: [] }, { key: "2021", status: "mentioned" }]);
    expect(await show(speech)).toEqual([]);
    expect(await show({ ...speech, title: `${speech.title}, mended` })).toEqual([]);
    stage.jump("2021-07-01T11:00:00Z");
    expect(await show(report)).toHaveLength(1);
  });

  test("of another series rings for those who asked for that one", async () => {
    await take(movedTo("resolution", "2021"));
    await sweep();
    expect(told().toSorted()).toEqual(["correction:tip:2021:1", "edition:resolution:2021"]);
    expect(await stage.editions("resolution")).toMatchObject([{ status: "out", title: speech.title, rings: [{ why: [expect.stringMatching(/^a person said on 2021-0\d-\d\d that it is this edition, not Trafficking in Persons Report 2021$/)] }] }]);
    await take(movedTo("resolution", "2021"));
    await sweep();
    expect(told()).toEqual([]);
  });

  test("that is out already becomes one with it, which keeps its title and rings no more", async () => {
    stage.site.feed("/press", [call, other(1)]);
    await stage.poll("press");
    await sweep();
    told();
    const [grant] = await stage.editions("grants");
    await correct(stage.table, { ...falsely, to: { series: "grants", key: grant?.key ?? "", year: 2021 } }, stage.at());
    await sweep();
    expect(told()).toEqual(["correction:tip:2021:1"]);
    expect(await stage.editions("grants")).toMatchObject([{ title: call.title, sightingCount: 2, rings: [{}] }]);
  });

  test("and the correction that ended in the middle is made good by doing it again", async () => {
    for (const writes of [1, 2]) {
      let left = writes;
      const breaking = { ...stage.table, replace: async (record: Parameters<typeof stage.table.replace>[0]) => (left-- > 0 ? stage.table.replace(record) : Promise.reject(new Error("killed"))) };
      await correct(breaking, movedTo("tip", "2020"), stage.at()).catch(() => undefined);
    }
    await take(movedTo("tip", "2020"));
    await sweep();
    expect(told()).toEqual(["correction:tip:2021:1"]);
    expect(await stage.editions("tip")).toMatchObject([{ key: "2020", sightingCount: 1 }, { key: "2021", status: "mentioned", corrections: [{}] }]);
  });
});
