import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { openPublisher, type Publisher } from "../local/publisher.ts";
import { catalogueFiles, run } from "../local/running.ts";
import { almanac } from "./almanac.ts";
import { lineHere } from "./in-process.ts";

// A process a line, several at a time, takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const main = join(import.meta.dirname, "..", "..", "cli", "main.ts");
let folder: string;
let publisher: Publisher;
let good: string[];
let unplugged: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-trouble-"));
  publisher = await openPublisher();
  publisher.feed("/press", Array.from({ length: 400 }, (_, index) => ({ title: `Human rights in North Korea ${index}`, url: `https://state.example/${index}` })));
  good = await catalogueFiles(folder, [`${publisher.url}/press`, `${publisher.url}/silent`]);
  publisher.hold("/silent");
  unplugged = ["--sources", join(folder, "unplugged.json")];
  await Promise.all([
    writeFile(unplugged[1] ?? "", JSON.stringify({ sources: ["a", "b"].map((id) => ({ id, publisher: "x", url: `http://127.0.0.1:9/${id}`, read: { as: "feed" } })) })),
    writeFile(join(folder, "broken.json"), '{"sources": ['),
    writeFile(join(folder, "misspelt.json"), '{"sources": [{"id": "a", "publisher": "x", "url": "http://127.0.0.1:9/a", "reed": {"as": "feed"}}]}'),
  ]);
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(async () => {
  await publisher.unplug();
  await rm(folder, { recursive: true });
});

/** No sentence for people has a stack, or Node's words for a programmer. */
function isSentence(said: string): void {
  expect(said).not.toMatch(/\n\s+at |node:|TypeError|undefined/);
  expect(said.trim().split("\n").length).toBeLessThanOrEqual(5);
}

describe("bad usage ends with 2 and a sentence that says what to write", () => {
  test.each([
    ["strat", 'Did you mean "start"?'],
    ["frobnicate", "It has: start, poll, replay"],
    ["poll --sorce us-state-press", 'almanac poll has no option --sorce. Did you mean "source"?'],
    ["poll --source us-state-pres", 'Did you mean "us-state-press"?'],
    ["poll --data", "--data needs a value after it. See `almanac poll --help`."],
    ["query --stage test --stage prod", "--stage is given twice. Name one stage."],
    ["poll --at --json", "--at needs a value after it."],
    ["poll --at nonsense", "Write it as 2021-06-30"],
    ["poll --at 1", "Write it as 2021-06-30"],
    ["poll --due=yes", "See `almanac poll --help`"],
    ["poll now", 'takes no words, but got "now"'],
    ["start --port abc", "give a number up to 65535"],
    ["start --port 70000", "give a number up to 65535"],
    ["start now", "usage: almanac start"],
    ["replay --snapshots nowhere --source us-state-press", "Give a folder of recorded polls"],
    ["replay --source us-state-press", "go with --snapshots"],
    ["replay --snapshots . --source us-state-press --from x", "Write it as 2021-06-30"],
  ])("%s", async (words, hint) => {
    const { code, lines, said } = await lineHere(folder, words.split(" "));
    expect(said.join("\n")).toContain(hint);
    isSentence(said.join("\n"));
    expect({ code, lines }).toEqual({ code: 2, lines: [] });
  });

  test.concurrent.each([
    ["nonsense", "line 1 is not JSON"],
    ['{"title": "A"}\n[1]', "line 2 is not a JSON object"],
    ['{"title": 1}\n{}', 'line 1: "title" is a number'],
  ])("match of %j", async (input, hint) => {
    const { code, said } = await almanac(folder, ["match"], input);
    expect(said).toContain(hint);
    isSentence(said);
    expect(code).toBe(2);
  });
});

describe("what of ours cannot be used ends with 1 and a sentence that says what to do", () => {
  test.each([
    ["--sources nowhere.json", "cannot read nowhere.json: there is no such file. Give the file's path with --events or --sources."],
    ["--sources .", "cannot read .: it is a folder."],
    ["--sources broken.json", "broken.json is not JSON: "],
    ["--sources misspelt.json", '"reed" is no field here. Did you mean "read"?'],
    ["--data /proc/x", "The data folder /proc/x cannot be made: "],
    ["--data /proc/self", "Give a folder that you may write to with --data."],
    ["--data broken.json/x", "Give a folder that you may write to with --data."],
    ["--data broken.json", "Give a folder that you may write to with --data."],
  ])("poll %s", async (words, hint) => {
    const { code, lines, said } = await lineHere(folder, ["poll", ...unplugged, ...words.split(" ")]);
    expect(said.join("\n")).toContain(hint);
    isSentence(said.join("\n"));
    expect({ code, lines }).toEqual({ code: 1, lines: [] });
  });

  test.each([
    [{ SMTP_URL: "mail.example.org" }, "SMTP_URL is not an SMTP address: write it as smtps://"],
    [{ SMTP_URL: "smtps://ada:50%@mail.example.org", SMTP_FROM: "a@example.org" }, "write % as %25"],
    [{ SMTP_HOST: "mail.example.org" }, "SMTP_FROM is"],
    [{ SMTP_HOST: "mail.example.org", SMTP_FROM: "a@example.org", SMTP_PORT: "x" }, "give a port number"],
    [{ SMTP_FROM: "a@example.org" }, "neither SMTP_HOST nor SMTP_URL names a server"],
  ])("start with %j", async (env, hint) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const { code, said } = await lineHere(folder, ["start", ...unplugged, "--data", "unused", "--port", "0"]);
    expect(said.join("\n")).toContain(hint);
    isSentence(said.join("\n"));
    expect(code).toBe(1);
  });
});

test("a process ends with the code, its words on stderr and nothing on stdout", async () => {
  const ran = await Promise.all(["strat", "poll --sources nowhere.json"].map((words) => almanac(folder, words.split(" "))));
  expect(ran.map(({ code, out }) => ({ code, out }))).toEqual([{ code: 2, out: "" }, { code: 1, out: "" }]);
  for (const { said } of ran) isSentence(said);
});

describe("without a network", () => {
  test.concurrent("poll says so in one sentence, and ends with 0", async () => {
    const { code, said, out } = await almanac(folder, ["poll", ...unplugged, "--allow-loopback", "--data", "offline", "--json"]);
    expect(said).toBe("None of the 2 sources could be reached: is this machine online? Nothing is lost that is still there later: run it again once the network is back.\n");
    expect(out.trim().split("\n")).toHaveLength(3);
    expect(code).toBe(0);
  });

  test.concurrent("start says so once, and goes on", async () => {
    const monitor = run(folder, ["start", ...unplugged, "--allow-loopback", "--data", "offline-start", "--port", "0"]);
    await monitor.wrote("What was due is polled. The sources: 2 failing.");
    expect(monitor.text().match(/None of 2 sources in a row could be reached: is this machine online\?/g)).toHaveLength(1);
    expect(await monitor.end("SIGTERM")).toBe(0);
  });
});

describe("stopped early", () => {
  test("Ctrl-C during a poll leaves the table as far as it came", async () => {
    const words = ["poll", ...good, "--data", "stopped"];
    const polling = run(folder, words);
    await polling.wrote("press");
    expect(await polling.end("SIGINT")).toBe("SIGINT");
    expect((await almanac(folder, ["query", "--data", "stopped", "--json"])).json()).toHaveLength(400);
    const again = await almanac(folder, ["poll", ...good, "--source", "press", "--data", "stopped", "--json"]);
    expect(again.json()[0]).toMatchObject({ source: "press", health: "well", items: 400, new: 0 });
  });

  test("a reader that wants one line of what that poll recorded is given it, quietly", async () => {
    const data = join(folder, "stopped");
    for (const words of ["--json", "--format csv", ""]) {
      const { stdout, stderr } = await promisify(execFile)("sh", ["-c", `"$0" "$1" query --data "$2" ${words} | head -1`, process.execPath, main, data], { cwd: folder });
      expect(stdout.trim().split("\n")).toHaveLength(1);
      expect(stderr).toMatch(/^on this machine: \S*stopped\n(0 editions and 400 items, the newest first\n)?$/);
    }
    const both = await promisify(execFile)("sh", ["-c", `"$0" "$1" query --data "$2" 2>&1 | head -1`, process.execPath, main, data], { cwd: folder });
    expect(both.stderr).toBe("");
  });

  test("Ctrl-C during a replay leaves the table fine", async () => {
    const playing = run(folder, ["replay", "--data", "played"]);
    await vi.waitFor(async () => expect((await almanac(folder, ["query", "--data", "played", "--json"])).json().length).toBeGreaterThan(0), { timeout: 30_000, interval: 500 });
    expect(["SIGINT", 0]).toContain(await playing.end("SIGINT"));
    const { code, json } = await almanac(folder, ["query", "--data", "played", "--json"]);
    expect(code).toBe(0);
    expect(json().length).toBeGreaterThan(0);
  });
});
