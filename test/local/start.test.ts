import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { almanac } from "../cli/almanac.ts";
import { openPublisher, type Publisher } from "./publisher.ts";
import { catalogueFiles, run, type Running } from "./running.ts";

// Several processes start in each of these, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const old = { title: "Travel to Norway", url: "https://state.example/norway" };
const camp = { title: "Human rights in North Korea: prison camp 1", url: "https://state.example/1" };

let folder: string;
let publisher: Publisher;
const running: Running[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-start-"));
  publisher = await openPublisher();
  publisher.feed("/press", [old]);
  publisher.feed("/slow", [old]);
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.end("SIGKILL");
  await publisher.unplug();
  await rm(folder, { recursive: true });
});

const words = (): Promise<string[]> => catalogueFiles(folder, [`${publisher.url}/press`, `${publisher.url}/slow`]);

async function start(...more: string[]): Promise<Running> {
  const one = run(folder, ["start", ...(await words()), "--data", "data", "--port", "0", ...more]);
  running.push(one);
  await one.wrote("Watching 2 sources.");
  return one;
}

async function emails(): Promise<string[]> {
  const outbox = join(folder, "data", "outbox");
  const names = (await readdir(outbox)).filter((name) => name.endsWith(".eml"));
  return Promise.all(names.map((name) => readFile(join(outbox, name), "utf8")));
}

test("while it runs, other commands work on its folder, and a new subscriber gets the next alert", async () => {
  await run(folder, ["poll", ...(await words()), "--data", "data"]).ended();
  publisher.feed("/press", [camp, old]);
  const release = publisher.hold("/press");
  const monitor = await start();
  expect(monitor.text()).toContain("Nobody has subscribed yet");
  const given = ["--data", "data"];
  expect(await almanac(folder, ["subscribe", "ada@example.org", "--pace", "at-once", ...given])).toMatchObject({ code: 0, out: expect.stringContaining("ada@example.org gets") });
  release();
  expect((await almanac(folder, ["subscribers", "--json", ...given])).json()).toMatchObject([{ address: "ada@example.org", state: "active" }]);
  await monitor.wrote("What was due is polled.");
  expect((await almanac(folder, ["query", "--json", ...given])).json()).toMatchObject([{ kind: "item", title: camp.title }]);
  expect(await emails()).toEqual([expect.stringMatching(/^To: ada@example\.org$/m)]);
  expect(await monitor.end("SIGINT")).toBe(0);
});

test("a second one stops with a sentence that names the first", async () => {
  const { child } = await start();
  const { code, said, out } = await almanac(folder, ["start", ...(await words()), "--data", "data", "--port", "0"]);
  expect(code).toBe(1);
  expect(out).toBe("");
  expect(said).toMatch(new RegExp(`^A monitor already runs on \\S+data: process ${child.pid}, since \\S+\\. Stop it first \\(kill ${child.pid}\\), or give this one another folder with --data\\.\n$`));
});

test("it stops when the polls under way are done, however often one keystroke is told", async () => {
  const release = publisher.hold("/slow");
  const monitor = await start();
  monitor.child.kill("SIGINT");
  await monitor.wrote("Stopping when the polls under way are done.");
  monitor.child.kill("SIGINT");
  release();
  expect(await monitor.ended()).toBe(0);
});

test("told to stop a second time it ends at once", async () => {
  publisher.hold("/slow");
  const asked = publisher.nextRequest();
  const monitor = await start();
  await asked;
  const telling = setInterval(() => monitor.child.kill("SIGTERM"), 300);
  expect(await monitor.ended()).toBe(130);
  clearInterval(telling);
});

test("its site says how the sources stand, for people and for programs", async () => {
  publisher.refuse("/slow", 503);
  const monitor = await start();
  await monitor.wrote("What was due is polled. The sources: 1 well, 1 failing.");
  const url = /Site: (\S+)/.exec(monitor.text())?.[1] ?? "";
  const page = await fetch(`${url}sources`);
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(await page.text()).toContain("it answers with status 503");
  expect(await (await fetch(`${url}status.json`)).json()).toMatchObject({ sources: 2, alerts: [] });
  expect((await fetch(`${url}else`)).status).toBe(404);
  expect((await fetch(url, { method: "POST" })).status).toBe(405);
});

test("a port that is taken is said, and nothing is left open", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { code, said } = await almanac(folder, ["start", ...(await words()), "--data", "data", "--port", String(port)]);
  await new Promise((resolve) => server.close(resolve));
  expect(code).toBe(1);
  expect(said).toBe(`Port ${port} is taken by another program. Choose another with --port, or --port 0 for any that is free.\n`);
  expect(publisher.asked()).toEqual([]);
});
