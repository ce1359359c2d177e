import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import * as replay from "../../cli/commands/replay.ts";
import { alertKey } from "../../shared/records/keys.ts";
import type { Stored, Table } from "../../shared/records/table.ts";
import { type Cloud, openCloud } from "./cloud.ts";
import { runHere } from "./in-process.ts";

const item = (title: string, path: string, day: string): string => `<item><title>${title}</title><link>https://www.state.gov/${path}/</link><pubDate>${new Date(day).toUTCString()}</pubDate></item>`;
const feed = (...items: string[]): string => `<?xml version="1.0"?><rss version="2.0"><channel><title>Press</title>${items.join("")}</channel></rss>`;

let cloud: Cloud;
let table: Table;
let folder: string;
let recorded: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-dry-"));
  cloud = await openCloud();
  table = await cloud.deploy("test");
  const [old, tip, about] = [item("Remarks", "old", "2021-06-01T10:00:00Z"), item("2021 Trafficking in Persons Report: North Korea", "reports/2021-tip/north-korea", "2021-07-01T15:00:00Z"), item("Human rights in North Korea", "about", "2021-07-02T10:00:00Z")];
  const polls = [["2021-07-01T12:00:00Z", feed(old)], ["2021-07-01T16:00:00Z", feed(tip, old)], ["2021-07-02T12:00:00Z", feed(about, tip, old)]];
  const path = join(folder, "polls.jsonl");
  await writeFile(path, polls.map(([t, body]) => `${JSON.stringify({ t, source: "us-state-press", body })}\n`).join(""));
  recorded = ["--snapshots", path, "--source", "us-state-press"];
});
beforeEach(() => {
  for (const [name, value] of Object.entries(cloud.environment)) vi.stubEnv(name, value);
  for (const name of ["AWS_PROFILE", "AWS_ENDPOINT_URL"]) vi.stubEnv(name, undefined);
  vi.stubEnv("TMPDIR", join(folder, "not-there"));
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(async () => {
  await cloud.close();
  await rm(folder, { recursive: true });
});

test("a dry replay says what would ring, and writes nothing", async () => {
  const { json } = await runHere(replay, [...recorded, "--dry", "--json"]);
  expect(json).toEqual([
    expect.objectContaining({ alert: "edition:us-state-tip-report:2021", at: "2021-07-01T16:00:00.000Z" }),
    expect.objectContaining({ kind: "about", title: "Human rights in North Korea" }),
    expect.objectContaining({ summary: true, polls: 3, alerts: 2, outbox: null }),
  ]);
  const { lines } = await runHere(replay, [...recorded, "--dry"]);
  expect(lines.at(-1)).toBe("Nothing was written, and nobody was told.");
  expect(await readdir(folder)).toEqual(["polls.jsonl"]);
});

test("compared with a stage, it says of each alert whether the stage has told it", async () => {
  const sent: object = { id: "edition:us-state-tip-report:2021", facts: { at: "2021-07-01T15:05:00Z" }, composed: {}, sent: "2021-07-01T15:05:01Z", messageIds: [] };
  const record: Stored = { ...sent, ...alertKey("edition:us-state-tip-report:2021"), format: 1, revision: 1 };
  await table.putNew(record);
  const { json, said } = await runHere(replay, [...recorded, "--dry", "--stage", "test", "--json"]);
  expect(json.slice(0, 2)).toMatchObject([{ kind: "edition", told: "2021-07-01T15:05:00Z" }, { kind: "about", told: null }]);
  expect(said.at(-1)).toContain("on AWS: stage test");
  const { lines } = await runHere(replay, [...recorded, "--dry", "--stage", "test"]);
  expect(lines.slice(0, 2)).toEqual([expect.stringMatching(/ {2}\(told 2021-07-01\)$/), expect.stringMatching(/ {2}\(new\)$/)]);
  expect(lines).toContain("1 of them are new there.");
  expect((await runHere(replay, [...recorded, "--dry", "--data", join(folder, "none"), "--json"])).json[0]).toMatchObject({ told: null });
  expect(await readdir(folder)).toEqual(["polls.jsonl"]);
});

test("a replay is not played into a stage", async () => {
  await expect(runHere(replay, [...recorded, "--stage", "test"])).rejects.toThrow("Add --dry");
});
