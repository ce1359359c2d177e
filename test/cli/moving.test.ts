import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as exporting from "../../cli/commands/export.ts";
import * as importing from "../../cli/commands/import.ts";
import * as poll from "../../cli/commands/poll.ts";
import * as query from "../../cli/commands/query.ts";
import * as subscribe from "../../cli/commands/subscribe.ts";
import * as subscribers from "../../cli/commands/subscribers.ts";
import { openTable } from "../../local/table.ts";
import { footing } from "../../shared/records/lines.ts";
import { itemKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
import { change, type Content, read } from "../../shared/records/records.ts";
import type { Table } from "../../shared/records/table.ts";
import { openPublisher, type Publisher } from "../local/publisher.ts";
import { catalogueFiles } from "../local/running.ts";
import { almanac } from "./almanac.ts";
import { type Cloud, openCloud } from "./cloud.ts";
import { runHere } from "./in-process.ts";

let cloud: Cloud;
let stage: Table;
let publisher: Publisher;
let folder: string;
let catalogue: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-moving-"));
  [cloud, publisher] = await Promise.all([openCloud(), openPublisher()]);
  stage = await cloud.deploy("test");
  catalogue = await catalogueFiles(folder, [`${publisher.url}/press`]);
});
beforeEach(() => {
  for (const [name, value] of Object.entries(cloud.environment)) vi.stubEnv(name, value);
  for (const name of ["AWS_PROFILE", "AWS_ENDPOINT_URL"]) vi.stubEnv(name, undefined);
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(async () => {
  await publisher.unplug();
  await cloud.close();
  await rm(folder, { recursive: true });
});

const local = (name: string): string[] => ["--data", join(folder, name)];
const onStage = ["--stage", "test"];

/** Exports to a file and gives its path. */
async function exportTo(name: string, from: readonly string[]): Promise<{ path: string; lines: readonly string[]; said: readonly string[] }> {
  const { lines, said } = await runHere(exporting, from);
  const path = join(folder, name);
  await writeFile(path, lines.map((line) => `${line}\n`).join(""));
  return { path, lines, said };
}
const press = (...titles: string[]): void => publisher.feed("/press", titles.map((title) => ({ title, url: `https://state.example/${title.replaceAll(" ", "-")}` })));
const polled = async (at: readonly string[]): Promise<unknown> => (await runHere(poll, [...catalogue, ...at, "--json"])).json.at(-1);

describe("moving", () => {
  test("from this machine to AWS and back loses nothing, and what rang does not ring again", async () => {
    press("Human rights in North Korea 1");
    await polled(local("first"));
    press("Human rights in North Korea 2", "Human rights in North Korea 1");
    expect(await polled(local("first"))).toMatchObject({ new: 1, alerts: 1 });
    await runHere(subscribe, ["ada@example.org", ...local("first")]);

    const first = await exportTo("first.jsonl", [...local("first"), "--people"]);
    expect(first.lines[0]).toBe('{"almanac":"records","format":1}');
    expect(first.said).toEqual([expect.stringContaining("on this machine: "), `${first.lines.length - 2} records`, expect.stringContaining("keep it where others cannot read it")]);
    const there = await runHere(importing, [first.path, ...onStage, "--pace", "1000"]);
    expect(there.lines).toEqual([`${first.lines.length - 2} records: ${first.lines.length - 2} added`]);
    expect(there.said.at(-1)).toContain("almanac subscribers --stage test");
    expect(cloud.sns.fauxqs.inspectQueue("rights-almanac-test-notify.fifo")?.messages.ready).toEqual([]);

    const back = await exportTo("back.jsonl", [...onStage, "--people"]);
    expect(back.lines).toEqual(first.lines);
    expect((await runHere(importing, [back.path, ...local("some"), "--only", "SUBSCRIPTIONS", "--only", "INSTALL"])).lines).toEqual(["2 records: 2 added"]);
    await expect(runHere(importing, [back.path, ...local("some"), "--only", "SERIES#none"])).rejects.toThrow('--only "SERIES#none": no record of the file has a key that begins so');
    await runHere(importing, [back.path, ...local("second")]);
    expect(await polled(local("second"))).toMatchObject({ new: 0, alerts: 0 });
    press("Human rights in North Korea 3", "Human rights in North Korea 2");
    expect(await polled(local("second"))).toMatchObject({ new: 1, alerts: 1 });
    expect((await runHere(query, [...catalogue.slice(0, 4), ...local("second"), "--since", "2026-01-01", "--json"])).json).toHaveLength(3);
    // Ada gets what is of no series once a week.
    expect(await readdir(join(folder, "second"))).not.toContain("outbox");
  });

  test("an export has nobody's address in it, unless it is asked for", async () => {
    await runHere(subscribe, ["ada@example.org", ...local("private")]);
    const { lines, said } = await exportTo("private.jsonl", local("private"));
    expect(lines.join("\n")).not.toContain("ada");
    expect(lines.at(-1)).toContain('{"almanac":"end","records":0,');
    expect(said.at(-1)).toBe("1 subscription is left out, as it holds an address. To take people along, as when a table moves, write --people.");
    expect((await exportTo("people.jsonl", [...local("private"), "--people"])).lines[1]).toContain("ada@example.org");
  });

  test("an alert that was owed is sent from where it was owed; who left SNS has left the export too", async () => {
    const { table, close } = await openTable(join(folder, "owing"));
    const key = itemKey("state.example/1");
    const item: Content<ItemRecord> = { id: "state.example/1", title: "One", url: null, published: null, symbol: null, seen: "2026-11-24T10:00:00.000Z", source: "press", language: null, relevance: "about", edition: null, role: null, why: [], earlierTitles: [], month: "2026-11", at: "2026-11-24" };
    await change(table, key, () => owe(item, "about:state.example/1", "2026-11-24T10:00:00.000Z"));
    await close();
    const { path, said } = await exportTo("owing.jsonl", local("owing"));
    expect(said.at(-1)).toContain("1 alert is owed here, and sent from here");
    const moved = await runHere(importing, [path, ...onStage]);
    expect((await runHere(poll, [...catalogue, ...local("owing"), "--json"])).said).toContain("1 alert of those sent was still owed from before");
    expect(moved.said.at(-1)).toContain("1 alert was still owed when the file was written");
    expect((await read(stage, key))?.owed).toBeUndefined();
    expect((await runHere(importing, [path, ...onStage, "--owed"])).lines).toEqual(["1 record: 1 changed"]);
    expect((await read(stage, key))?.owed).toEqual(new Set(["about:state.example/1"]));

    await runHere(subscribe, ["bo@example.org", ...onStage]);
    await cloud.sns.confirm("bo@example.org");
    await runHere(subscribers, onStage);
    await cloud.sns.leave("bo@example.org");
    const { lines } = await exportTo("left.jsonl", [...onStage, "--people"]);
    expect(lines.find((line) => line.includes("bo@example.org"))).toContain('"state":"ended"');
  });

  test("an export from a stage whose SNS may not be read says that those who left are still in it", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_SNS", "http://127.0.0.1:9");
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    const { said } = await runHere(exporting, [...onStage, "--people"]);
    expect(said[1]).toContain("SNS could not be compared with the record");
  });
});

/** The last line of an export of these lines. */
function end(lines: readonly string[]): string {
  const footer = footing();
  for (const line of lines) footer.add(line);
  return JSON.stringify(footer.foot());
}

describe("a file that is no whole export is refused with its line, and nothing is written", () => {
  const head = '{"almanac":"records","format":1}';
  const record = '{"pk":"PLAN","sk":"PLAN","kind":"plan","format":1,"revision":1,"minute":1}';
  test.each([
    ["", "bad.jsonl is empty"],
    ["\n", "bad.jsonl:1 is not the end of the export"],
    ['{"title":"a"}\n', "bad.jsonl:1 is not how an export begins"],
    ['{"almanac":"records","format":2}\n', "bad.jsonl:1 says that the export has format 2"],
    [`${head}\n${record}\n`, "bad.jsonl:2 is not the end of the export: the file was cut off"],
    [`${head}\n${record.slice(0, 30)}`, "bad.jsonl:2 is not JSON"],
    [`${head}\n${record}\n{"title":"a"}\n`, "bad.jsonl:3 is no record"],
    [`${head}\n${record}\n${record}\n`, "bad.jsonl:3 holds the record PLAN PLAN a second time"],
    [`${head}\n${record}\n{"almanac":"end","records":2}\n`, "bad.jsonl:3 says that there are 2 records, and 1 came before it"],
    [`${head}\n${end([])}\n${head}\n`, "bad.jsonl:3 comes after the end"],
    [`${head}\n${record.replace('"minute":1', '"minute":2')}\n${end([record])}\n`, "bad.jsonl:3 has another SHA-256 than the lines before it: the file was changed"],
    [Buffer.from(`\uFEFF${head}\n`, "utf16le").toString("utf8"), "bad.jsonl:1 is not in UTF-8"],
  ])("%j", async (text, hint) => {
    const path = join(folder, "bad.jsonl");
    await writeFile(path, text);
    await expect(runHere(importing, [path, ...local("untouched")])).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining(hint) });
    expect(await readdir(folder)).not.toContain("untouched");
  });

  test("so are a file that is not there, a folder that has no table, and a pace that is none", async () => {
    await expect(runHere(importing, [join(folder, "none.jsonl"), ...local("untouched")])).rejects.toThrow("none.jsonl");
    await expect(runHere(exporting, local("untouched"))).rejects.toThrow("There is no table in");
    await expect(runHere(importing, [join(folder, "none.jsonl"), "--pace", "fast"])).rejects.toThrow("--pace 100");
    expect(await readdir(folder)).not.toContain("untouched");
  });

  test("an export comes in from stdin as well, and a fault in it is named so", async () => {
    const input = `${head}\n${record}\n${end([record])}\n`;
    const [good, bad] = await Promise.all([almanac(folder, ["import", "--data", "piped", "--json"], input), almanac(folder, ["import", "--data", "untouched"], "{}")]);
    expect(good).toMatchObject({ code: 0, said: "on this machine: piped\n" });
    expect(good.json()).toEqual([{ summary: true, added: 1, changed: 0, same: 0, kept: 0, owedElsewhere: 0 }]);
    expect(bad).toMatchObject({ code: 2, out: "", said: expect.stringContaining("stdin:1 is not how an export begins") });
    const { out } = await almanac(folder, ["export", "--data", "piped"]);
    expect(out).toBe(input);
  });
});
