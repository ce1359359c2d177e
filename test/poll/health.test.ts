import { afterEach, describe, expect, test } from "vitest";
import { sourceKey } from "../../shared/records/keys.ts";
import { change, read } from "../../shared/records/records.ts";
import type { Parts } from "../recognition/catalogue.ts";
import { feedAt, other, series } from "./parts.ts";
import type { Listed } from "./site.ts";
import { openStage, type Setting, type Stage } from "./stage.ts";

const stages: Stage[] = [];
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close();
});

async function open(sources: (site: string) => NonNullable<Parts["sources"]>, more: Partial<Setting> = {}): Promise<Stage> {
  const stage = await openStage({ parts: (site) => ({ series, sources: sources(site) }), ...more });
  stages.push(stage);
  return stage;
}

const onePress = (site: string): NonNullable<Parts["sources"]> => [feedAt(site, "/press")];
const withFallback = (site: string): NonNullable<Parts["sources"]> => [feedAt(site, "/press", { fallbacks: [`${site}/press-2`, `${site}/press-3`] })];
const withFallbacks = (site: string): NonNullable<Parts["sources"]> => [{ ...feedAt(site, "/press"), url: `${site}/press?app={APP_NAME}`, fallbacks: [`${site}/press-2?app={APP_NAME}`], credential: "APP_NAME" }];
const withCredential = (site: string): NonNullable<Parts["sources"]> => [{ ...feedAt(site, "/press"), url: `${site}/press?app={APP_NAME}`, credential: "APP_NAME" }];
const state = (stage: Stage, id = "press") => read(stage.table, sourceKey(id));

describe("an answer that is not what was asked for", () => {
  test("is a failure: a page, a challenge, an empty list", async () => {
    const stage = await open(onePress);
    stage.site.page("/press", ["Welcome to our new site."]);
    expect(await stage.poll()).toMatchObject([{ health: "failing", reason: "not-a-feed" }]);
    stage.site.set("/press", { body: "<rss><channel><title>Feed</title></channel></rss>" });
    const [empty] = await stage.poll();
    expect(empty).toMatchObject({ health: "failing", reason: "empty" });
    expect(empty?.detail).toBe(`it lists nothing, and it never is empty. Look at ${stage.site.url}/press; if it may be empty, say so with "mayBeEmpty" in the catalogue.`);
  });

  test("is none where the source may be empty", async () => {
    const stage = await open((site) => [feedAt(site, "/press", { mayBeEmpty: true })]);
    stage.site.set("/press", { body: "<rss><channel><title>Feed</title></channel></rss>" });
    expect(await stage.poll()).toMatchObject([{ health: "well", reason: undefined, items: 0 }]);
    stage.site.feed("/press", [{ title: "North Korea: prison camp", url: "https://state.example/camp" }]);
    expect(await stage.rings()).toEqual(["about “North Korea: prison camp”"]);
  });

  test("an entry that cannot be read is skipped and said, and the others are read", async () => {
    const stage = await open(onePress);
    stage.site.feed("/press", [other(1), { title: "", url: "https://state.example/2" }]);
    const [outcome] = await stage.poll();
    expect(outcome).toMatchObject({ health: "well", reason: "partial", items: 1 });
    expect(outcome?.skipped).toHaveLength(1);
    expect(outcome?.detail).toMatch(/^1 entries could not be read, the first because /);
  });
});

/** Twelve items without dates, numbered from there. */
const long = (from: number): Listed[] => Array.from({ length: 12 }, (_, index) => ({ title: `North Korea: prison camp ${from + index}`, url: `https://state.example/${from + index}` }));

describe("a feed that was overrun", () => {
  test("says how long it was not read, once", async () => {
    const stage = await open(onePress);
    stage.site.feed("/press", [1, 2, 3].map(other));
    expect(await stage.poll()).toMatchObject([{ reason: undefined }]);
    stage.jump("2021-06-23T12:10:00Z");
    stage.site.feed("/press", [4, 5, 6].map(other));
    expect(await stage.poll()).toMatchObject([{ health: "well", reason: "overflow", fresh: 3, detail: "all 3 items are new since the last reading 3 days ago: others may have come and gone unseen" }]);
    stage.site.feed("/press", [7, 6, 5].map(other));
    expect(await stage.poll()).toMatchObject([{ reason: undefined, detail: undefined }]);
  });

  test("keeps until when something may have come unseen: also where it was not read for more than a week", async () => {
    const stage = await open(onePress);
    const gap = async (moment: string): Promise<string | undefined> => {
      stage.jump(moment);
      await stage.poll();
      return (await state(stage))?.gapUntil?.slice(0, 10);
    };
    stage.site.feed("/press", [1, 2, 3].map(other));
    expect([await gap("2021-06-20T12:00:00Z"), await gap("2021-06-27T12:00:00Z"), await gap("2021-07-05T12:00:00Z"), await gap("2021-07-06T12:00:00Z")]).toEqual([undefined, undefined, "2021-07-05", "2021-07-05"]);
    stage.site.feed("/press", [4, 5, 6].map(other));
    expect(await gap("2021-07-07T12:00:00Z")).toBe("2021-07-07");
    stage.site.set("/press", { status: 503 });
    expect(await gap("2021-07-20T12:00:00Z")).toBe("2021-07-07");
    stage.site.feed("/press", [4, 5, 6].map(other));
    expect(await gap("2021-07-21T12:00:00Z")).toBe("2021-07-21");
  });

  test("still rings for what is there", async () => {
    const stage = await open(onePress);
    stage.site.feed("/press", [1, 2, 3].map(other));
    await stage.poll();
    stage.site.feed("/press", [other(4), other(5), { title: "2021 Trafficking in Persons Report", url: "https://state.example/tip", at: "2021-06-20T12:06:00Z" }]);
    expect(await stage.rings()).toEqual(["edition tip 2021 release “2021 Trafficking in Persons Report”"]);
  });

  test("without dates is a new layout where it is long: what it lists is told to nobody", async () => {
    const stage = await open(onePress);
    stage.site.feed("/press", long(0));
    await stage.poll();
    stage.site.feed("/press", long(100));
    const [outcome] = await stage.poll();
    expect(outcome).toMatchObject({ reason: "overflow", rung: [] });
    stage.site.feed("/press", [{ title: "North Korea: the thirteenth prison camp", url: "https://state.example/200" }, ...long(100)]);
    expect(await stage.rings()).toEqual(["about “North Korea: the thirteenth prison camp”"]);
  });
});

describe("other addresses", () => {
  test("are asked in turn, and the one that works is remembered", async () => {
    const stage = await open(withFallback);
    stage.site.feed("/press-3", [other(1)]);
    expect(await stage.poll()).toMatchObject([{ health: "well", items: 1 }]);
    expect(stage.site.asked()).toEqual(["/press", "/press-2", "/press-3"]);
    expect((await state(stage))?.url).toBe(`${stage.site.url}/press-3`);
    await stage.poll();
    expect(stage.site.asked()).toEqual(["/press-3"]);
    stage.site.set("/press-3", { status: 404 });
    stage.site.feed("/press", [other(1), other(2)]);
    expect(await stage.poll()).toMatchObject([{ health: "well", items: 2, fresh: 1 }]);
    expect(stage.site.asked()).toEqual(["/press-3", "/press"]);
  });

  test("that all fail give the failure of the first", async () => {
    const stage = await open(withFallback);
    stage.site.set("/press", { status: 503 });
    expect(await stage.poll()).toMatchObject([{ health: "failing", reason: "http-503" }]);
    expect((await state(stage))?.url).toBe(`${stage.site.url}/press`);
  });
});

test("a source whose credential is missing is disabled, and read once it is there", async () => {
  const without = await open(withCredential);
  expect(await without.poll()).toMatchObject([{ health: "disabled", reason: "credential", rung: [], detail: "it needs APP_NAME: set that variable in the environment" }]);
  expect(without.site.asked()).toEqual([]);
  expect((await state(without))?.nextAt).toBeUndefined();
  const withIt = await open(withCredential, { credentials: { APP_NAME: "almanac & co" } });
  withIt.site.feed("/press?app=almanac%20%26%20co", [other(1)]);
  expect(await withIt.poll()).toMatchObject([{ health: "well", items: 1 }]);
});

/** Whatever a record or an outcome holds, as one text. */
const everything = async (stage: Stage, ...more: unknown[]): Promise<string> => {
  const records: unknown[] = [];
  for await (const record of stage.table.scan()) records.push(record);
  return JSON.stringify([...records, ...more], (_key, value: unknown) => (value instanceof Set ? [...value] : value));
};

describe("a credential", () => {
  const secret = "s3cret & more";
  const filled = "s3cret%20%26%20more";

  test("is in the request, and nowhere in what is kept, told or said: neither where it works nor where it fails", async () => {
    const stage = await open(withFallbacks, { credentials: { APP_NAME: secret } });
    const told: unknown[] = [];
    const path = `/press-2?app=${filled}`;
    stage.site.feed(path, [other(1)]);
    told.push(await stage.poll());
    expect(stage.site.asked()).toEqual([`/press?app=${filled}`, path]);
    expect((await state(stage))?.url).toBe(`${stage.site.url}/press-2?app={APP_NAME}`);
    // The publisher puts the address that was asked into its own list.
    stage.site.feed(path, [{ title: "North Korea: prison camp", url: `${stage.site.url}/camp?app=${filled}`, guid: `${stage.site.url}/?app=${filled}` }, { title: "North Korea: another prison camp", url: "?page=2", guid: "2" }, { title: "", url: `/untitled?app=${filled}` }, other(1)]);
    told.push(await stage.poll());
    expect(stage.site.asked()).toEqual([path]);
    stage.site.set(path, { body: "<rss><channel><title>Feed</title></channel></rss>" });
    stage.site.set(`/press?app=${filled}`, { body: "<rss><channel><title>Feed</title></channel></rss>" });
    told.push(await stage.poll());
    expect(await state(stage)).toMatchObject({ reason: "empty", url: `${stage.site.url}/press-2?app={APP_NAME}` });
    for (const address of [path, `/press?app=${filled}`]) stage.site.set(address, { status: 410 });
    told.push(await stage.poll(), await stage.poll());
    const { sent } = await stage.sweep((alert) => void told.push(alert));
    expect(sent).toBe(3);
    const all = await everything(stage, told);
    expect(all).toContain("app={APP_NAME}");
    expect(all).not.toMatch(/s3cret/);
  });

  test("that an earlier version kept in a state is taken out of it, and the address that works is still remembered", async () => {
    const stage = await open(withFallbacks, { credentials: { APP_NAME: secret } });
    const path = `/press-2?app=${filled}`;
    stage.site.feed(path, [other(1)]);
    await stage.poll();
    const keep = (url: string) => change(stage.table, sourceKey("press"), (before) => before && { ...before, url, told: { alert: "a", at: stage.at(), title: "Lost", why: [`Look at ${stage.site.url}${path};`], health: "well" as const } });
    await keep(`${stage.site.url}${path}`);
    stage.site.asked();
    expect(await stage.poll()).toMatchObject([{ health: "well", fresh: 0 }]);
    expect(stage.site.asked()).toEqual([path]);
    expect(await state(stage)).toMatchObject({ url: `${stage.site.url}/press-2?app={APP_NAME}`, told: { why: [`Look at ${stage.site.url}/press-2?app={APP_NAME};`] } });
    await keep(`${stage.site.url}${path}`);
    stage.site.set(path, { status: 503 });
    await stage.poll();
    expect(await everything(stage)).not.toMatch(/s3cret/);
    // One that was changed since is not known any more, so the address goes with it.
    await keep(`${stage.site.url}/press?app=0lder`);
    stage.site.feed(path, [other(1)]);
    await stage.poll();
    expect(await state(stage)).toMatchObject({ url: `${stage.site.url}/press-2?app={APP_NAME}` });
  });
});

test("a source that shows nothing new for longer than is usual is quiet", async () => {
  const stage = await open((site) => [feedAt(site, "/press", { quietAfterDays: 30 })]);
  stage.site.feed("/press", [other(1)]);
  await stage.poll();
  stage.jump("2021-07-19T12:00:00Z");
  expect(await stage.poll()).toMatchObject([{ health: "well" }]);
  stage.jump("2021-07-21T12:00:00Z");
  expect(await stage.poll()).toMatchObject([{ health: "quiet", rung: [] }]);
  stage.site.feed("/press", [other(1), other(2)]);
  expect(await stage.poll()).toMatchObject([{ health: "well" }]);
});

test("a source that never answers stops no other, and none waits for it", async () => {
  const stage = await open((site) => [feedAt(site, "/silent"), feedAt(site, "/broken"), feedAt(site, "/press"), feedAt(site, "/reports")], { headersMs: 1000 });
  stage.site.set("/silent", "silence");
  stage.site.set("/broken", { body: `<rss>${"<a>".repeat(50_000)}` });
  stage.site.feed("/press", [other(1)]);
  stage.site.feed("/reports", [other(2)]);
  const outcomes = await stage.poll();
  expect(outcomes.at(-1)).toMatchObject({ source: "silent", health: "failing", reason: "timeout" });
  expect(new Map(outcomes.map(({ source, health }) => [source, health]))).toEqual(new Map([["broken", "failing"], ["press", "well"], ["reports", "well"], ["silent", "failing"]]));
});
