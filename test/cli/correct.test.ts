import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as correct from "../../cli/commands/correct.ts";
import * as evaluate from "../../cli/commands/evaluate.ts";
import * as query from "../../cli/commands/query.ts";
import * as record from "../../cli/commands/record.ts";
import * as subscribe from "../../cli/commands/subscribe.ts";
import { idByHand } from "../../functions/poll/by-hand.ts";
import { openTable } from "../../local/table.ts";
import { itemKey } from "../../shared/records/keys.ts";
import { change } from "../../shared/records/records.ts";
import { serve } from "../intake/server.ts";
import { type Gave, lineHere, runHere } from "./in-process.ts";

const tip = ["us-state-irf-report", "2026"] as const;
const url = "https://www.state.gov/speech-on-religious-freedom";

let folder: string;
let data: string;
let cases: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-correct-"));
  [data, cases] = [join(folder, "data"), join(folder, "corrections.jsonl")];
  vi.stubEnv("INIT_CWD", folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const take = (...words: readonly string[]): Promise<Gave> => runHere(correct, [...words, "--cases", cases, "--data", data]);
const enter = (year: string, address = url, ...more: readonly string[]): Promise<Gave> => runHere(record, [tip[0], year, address, "--title", `The ${year} report`, "--data", data, ...more]);
/** As if a source had shown it, and a rule had taken it. */
async function asIfRead(address: string): Promise<void> {
  const { table, close } = await openTable(data);
  await change(table, itemKey(idByHand(address)), (item) => item && { ...item, source: "us-state-press" });
  await close();
}
async function failed(...words: readonly string[]): Promise<string> {
  const { code, said } = await lineHere(folder, ["correct", ...words, "--cases", cases, "--data", data]);
  return `${code} ${said.at(-1)}`;
}
const outbox = async (): Promise<string[]> => (await readdir(join(data, "outbox"))).filter((name) => name.endsWith(".eml")).toSorted();
async function mails(kind: string): Promise<string[]> {
  const names = (await outbox()).filter((name) => name.includes(`-${kind}-`));
  return Promise.all(names.map((name) => readFile(join(data, "outbox", name), "utf8")));
}
const editions = async (): Promise<unknown[]> => (await runHere(query, ["--series", tip[0], "--json", "--data", data])).json.filter((row) => typeof row === "object" && row !== null && "kind" in row && row.kind === "edition");

test("a correction reaches a web address on this machine where that is let", async () => {
  const hook = await serve((_, response) => void response.writeHead(204).end());
  await runHere(subscribe, [`${hook.url}/a`, "--pace", "at-once", "--allow-loopback", "--data", data]);
  await enter("2026", url, "--allow-loopback");
  await take(...tip, "--false", "--allow-loopback");
  expect(hook.requests).toHaveLength(2);
  await hook.close();
});

describe("correct", () => {
  beforeEach(async () => {
    await runHere(subscribe, ["ada@example.org", "--series", tip[0], "--data", data]);
    await runHere(subscribe, ["hana@example.org", "--texts", "ko", "--data", data]);
    await runHere(subscribe, ["other@example.org", "--series", "kinu-white-paper", "--data", data]);
    await enter("2026");
    await asIfRead(url);
  });

  test("takes a false alert back, tells those who got it in their language, and keeps the case", async () => {
    const gave = await take(...tip, "--false", "--why", "It was a speech.");
    expect(gave.said.at(-1)).toBe(`The correction is in ${join(data, "outbox")}.`);
    expect(gave.lines[0]).toBe("us-state-irf-report 2026  taken back  The 2026 report");
    const sent = await mails("correction");
    expect(sent.map((mail) => /^To: (\S+)/m.exec(mail)?.[1] ?? "").toSorted()).toEqual(["ada@example.org", "hana@example.org"]);
    expect(sent.find((mail) => mail.includes("To: ada"))).toMatch(/Why:\s+It was a speech\./);
    expect(sent.find((mail) => mail.includes("To: hana"))).toContain("=?UTF-8?");
    expect(await editions()).toMatchObject([{ status: "mentioned", url: null }]);
    const line = { source: "us-state-press", title: "The 2026 report", url, published: null, symbol: null, label: "related", edition: null };
    expect((await readFile(cases, "utf8")).trim().split("\n").map((one): unknown => JSON.parse(one))).toEqual([line]);
    expect(gave.lines[1]).toBe(JSON.stringify(line));
    expect((await runHere(evaluate, ["--file", cases, "--json"])).json.at(-1)).toMatchObject({ labelled: 1 });
  });

  test("done twice changes nothing and tells nobody again; the real one rings later", async () => {
    await take(...tip, "--false");
    const [table, files, kept] = [await editions(), await outbox(), await readFile(cases, "utf8")];
    const again = await take(...tip, "--false", "--json");
    expect(again.json).toEqual([{ series: tip[0], edition: "2026", known: true, takenBack: [], to: null, alert: null, cases: [] }]);
    expect(again.said.at(-1)).toMatch(/^It was corrected already, on \d{4}-\d\d-\d\d; nothing was changed\.$/);
    expect([await editions(), await outbox(), await readFile(cases, "utf8")]).toEqual([table, files, kept]);
    expect((await enter("2026", "https://www.state.gov/reports/2026-report")).lines[0]).toContain("edition");
    expect(await mails("edition")).toHaveLength(4);
  });

  test("moves what was of another year, and labels it so", async () => {
    const { json } = await take(...tip, "--to", "2025", "--json");
    expect(json).toMatchObject([{ known: false, takenBack: ["edition:us-state-irf-report:2026"], to: { series: tip[0], edition: "2025" }, alert: "correction:us-state-irf-report:2026:1", cases: [{ label: tip[0], edition: 2025 }] }]);
    expect(await editions()).toMatchObject([{ edition: 2025, status: "out", url }, { edition: 2026, status: "mentioned" }]);
    expect(await mails("correction")).toHaveLength(2);
    // Nothing that was told for the right one rings again, nor does it ring at all: the correction names it.
    await enter("2025");
    expect(await mails("edition")).toHaveLength(2);
  });

  test("says what it cannot do, and what to write instead", async () => {
    expect(await failed(...tip)).toMatch(/^2 /);
    expect(await failed(...tip)).toContain("either --false, where it was no edition, or --to");
    expect(await failed(...tip, "--false", "--to", "2025")).toContain("Not both");
    expect(await failed(...tip, "--to", "2026")).toContain("the edition that you call wrong");
    expect(await failed(tip[0], "2024", "--false")).toContain("there is no edition 2024 of us-state-irf-report on record");
    expect(await failed(...tip, "--to", "last")).toContain("Write --to 2026");
    expect(await failed(...tip, "--to", "kinu-white-papers:2026")).toContain('Did you mean "kinu-white-paper"?');
    expect(await editions()).toMatchObject([{ status: "out" }]);
  });

  test("does not add to a file that is no labelled set", async () => {
    await writeFile(cases, "{");
    const { code, said } = await lineHere(folder, ["correct", ...tip, "--false", "--cases", cases, "--data", data]);
    expect([code, said.at(-1)]).toEqual([2, expect.stringContaining("line 1 is not JSON")]);
    expect(await editions()).toMatchObject([{ status: "out" }]);
  });
});

test("what a person entered is no case for the rules", async () => {
  await enter("2026");
  expect((await take(...tip, "--false", "--json")).json).toMatchObject([{ alert: "correction:us-state-irf-report:2026:1", cases: [] }]);
  await expect(readFile(cases)).rejects.toThrow("ENOENT");
});

test("what was recorded in silence is corrected in silence", async () => {
  await enter("2026", url, "--no-alert");
  expect((await take(...tip, "--false")).said.at(-1)).toContain("nobody is told, because us-state-irf-report 2026 was recorded in silence");
});
