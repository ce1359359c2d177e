import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Command } from "../../cli/command.ts";
import * as explain from "../../cli/commands/explain.ts";
import * as health from "../../cli/commands/health.ts";
import * as match from "../../cli/commands/match.ts";
import * as preview from "../../cli/commands/preview.ts";
import * as query from "../../cli/commands/query.ts";
import * as record from "../../cli/commands/record.ts";
import * as subscribe from "../../cli/commands/subscribe.ts";
import * as subscribers from "../../cli/commands/subscribers.ts";
import * as unsubscribe from "../../cli/commands/unsubscribe.ts";
import { readCatalogue } from "../../cli/paths.ts";
import { almanac } from "./almanac.ts";
import { lineHere, runHere } from "./in-process.ts";

const commands: Record<string, { command: Command }> = { query, preview, subscribe, unsubscribe, subscribers, health, record, match, explain };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-usage-"));
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(() => rm(folder, { recursive: true }));

describe("--help", () => {
  test.each(Object.entries(commands))("%s has an example, and lines that fit", (name, { command: { help, usage, summary } }) => {
    expect(help).toMatch(/\nexamples?:\n/);
    expect(help).toContain(`almanac ${name}`);
    expect(summary.length).toBeLessThanOrEqual(60);
    expect(usage.length).toBeLessThanOrEqual(200);
  });

  test("of no command names a series of the project's catalogue, which another's may not have", async () => {
    const { series } = await readCatalogue();
    const names = (await readdir(join(import.meta.dirname, "../../cli/commands"))).map((file) => file.replace(/\.ts$/, ""));
    const named: string[] = [];
    for (const name of names) {
      const { command }: { command: Command } = await import(`../../cli/commands/${name}.ts`);
      named.push(...series.filter(({ id }) => command.help.includes(id)).map(({ id }) => `${name}: ${id}`));
    }
    expect(named).toEqual([]);
  });

  test("the overview names every command, and a command's help is its usage and its text", async () => {
    const [overview, one] = [await lineHere(folder, ["--help"]), await lineHere(folder, ["query", "--help"])];
    for (const name of Object.keys(commands)) expect(overview.lines[0]).toMatch(new RegExp(`^  ${name} +\\S`, "m"));
    expect(one).toMatchObject({ code: 0, said: [], lines: [`usage: almanac query ${query.command.usage}\n\n${query.command.help}`] });
  });
});

describe("bad usage is answered with a sentence that says what to write", () => {
  test.each([
    ["query --format xml", "table, json, csv"],
    ["query --kind report", "item, edition"],
    ["query --json --format csv", "Give one of them"],
    ["query --series us-state-tip", 'Did you mean "us-state-tip-report"?'],
    ["query --source us-state-pres", 'Did you mean "us-state-press"?'],
    ["query --since tomorrow", "Write it as 2021-06-30"],
    ["query --since 2021-02-01 --until 2021-01-01", "Change them round"],
    ["query --text !!!", "Write a word of the title"],
    ["subscribe", "almanac subscribe name@example.org"],
    ["subscribe ada", "give an email address"],
    ["subscribe a@example.org --email b@example.org", "takes one address"],
    ["subscribe ada@example.org --series tip-report --kind editions", "did you mean us-state-tip-report"],
    ["unsubscribe eve@example.org", "almanac subscribers"],
    ["health --source us-state-pres", 'Did you mean "us-state-press"?'],
    ["preview", "--series us-state-human-rights-report"],
    ["preview --series us-state-tip-report", "such as --edition 20"],
    ["preview --series us-state-tip-report --edition 1999", "It has 2015, 2016"],
    ["preview --series us-state-tip-report --edition 2021 --as fax", "email, sms, json"],
    ["preview --series us-state-tip-report --edition 2021 --texts fr", "is none of en, ko"],
    ["explain https://example.org/a", "--fetch"],
    ["explain --fetch some title", "https://"],
    ["record us-state-tip-report 26 https://example.org/a", "Write it as 2021"],
    ["record us-state-tip-report 1999 https://example.org/a", "between 2000"],
    ["record us-state-tip-report 2026 example.org/a", "https:// in front"],
    ["record us-state-tip-report 2026 https://me:secret@example.org/a", "without a name or password"],
    ["record us-state-tip-report 2019 https://example.org/a --published 2025-01-01", "one of the two years is wrong"],
    ["record us-state-tip-report 2026 https://example.org/a --published 2199-01-01", "has not come yet"],
  ])("%s", async (words, hint) => {
    const [name = "", ...rest] = words.split(" ");
    const command = commands[name];
    if (!command) throw new Error(`there is no ${name}`);
    const data = "data" in command.command.options ? ["--data", join(folder, "none")] : [];
    await expect(runHere(command, [...rest, ...data])).rejects.toThrow(expect.objectContaining({ name: "UsageError", message: expect.stringContaining(hint) }));
    expect(await readdir(folder)).toEqual([]);
  });

  test("and ends with exit code 2", async () => {
    const ran = await Promise.all(["query --series us-state-tip", "query --frm table", "record us-state-tip-report 2026"].map((words) => almanac(folder, words.split(" "))));
    expect(ran.map(({ code, out }) => ({ code, out }))).toEqual(Array.from({ length: 3 }, () => ({ code: 2, out: "" })));
    expect(ran.map(({ said }) => said)).toEqual([expect.stringContaining('Did you mean "us-state-tip-report"?'), expect.stringContaining("almanac query --help"), expect.stringContaining("usage: almanac record SERIES YEAR URL")]);
    for (const { said } of ran) expect(said).not.toMatch(/^\s+at /m);
  });
});

test("preview takes the language of the message as subscribing does, and by the name that it had", async () => {
  for (const option of ["--texts", "--language"]) expect((await runHere(preview, ["--series", "us-state-tip-report", "--edition", "2021", option, "ko"])).lines[0]).toContain("Subject: 발간: 인신매매보고서 2021");
});

test("looking makes no data folder, and says how to begin one", async () => {
  const looks: Awaited<ReturnType<typeof lineHere>>[] = [];
  for (const words of ["query", "subscribers", "health --source us-state-press"]) looks.push(await lineHere(folder, words.split(" ")));
  expect(looks.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(looks.map(({ said }) => said.join("\n"))).toEqual([expect.stringContaining("almanac poll"), expect.stringContaining("almanac subscribe ADDRESS"), expect.stringContaining("almanac poll")]);
  expect(await readdir(folder)).toEqual([]);
});

test("a data folder that cannot be used ends with 1 and a sentence", async () => {
  const { code, said } = await lineHere(folder, ["subscribe", "ada@example.org", "--data", join(import.meta.dirname, "usage.test.ts")]);
  expect(code).toBe(1);
  expect(said.join("\n")).toContain("--data");
  expect(said.join("\n")).not.toMatch(/^\s+at /m);
});

/** Root may write everywhere but where the system itself forbids it. */
const isRoot = process.getuid?.() === 0;
test.skipIf(process.platform !== "linux" && isRoot)("a place in which nothing may be written ends with 1 and a sentence", async () => {
  const place = isRoot ? "/proc" : folder;
  if (!isRoot) await chmod(folder, 0o555);
  const { code, said } = await almanac(folder, ["subscribe", "ada@example.org", "--data", join(place, "almanac")]);
  if (!isRoot) await chmod(folder, 0o755);
  expect(code).toBe(1);
  expect(said).toMatch(/The data folder .* cannot be made: .* Give a folder that you may write to with --data\./);
});
