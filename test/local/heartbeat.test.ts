import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHeartbeat } from "../../local/heartbeat.ts";
import { openSite, type Site } from "../poll/site.ts";

let folder: string;
let site: Site;
let said: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-heartbeat-"));
  site = await openSite();
  said = [];
});
afterEach(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

const moment = new Date("2026-11-25T04:00:00Z");
const say = (sentence: string): void => void said.push(sentence);

test("each beat leaves its moment in a file, and calls the address that is given", async () => {
  site.feed("/alive", []);
  const heartbeat = createHeartbeat(folder, `${site.url}/alive`, say);
  await heartbeat.beat(new Date("2026-11-25T03:59:00Z"));
  await heartbeat.beat(moment);
  expect(await readFile(join(folder, "heartbeat"), "utf8")).toBe("2026-11-25T04:00:00.000Z\n");
  expect(await readdir(folder)).toEqual(["heartbeat"]);
  expect(site.asked()).toEqual(["/alive", "/alive"]);
  expect(said).toEqual([]);
});

test("one that cannot be given is said once, and that it can again", async () => {
  const heartbeat = createHeartbeat(folder, `${site.url}/alive`, say);
  await heartbeat.beat(moment);
  await heartbeat.beat(moment);
  expect(said).toEqual(["The heartbeat at HEARTBEAT_URL fails, so that whoever looks at it may think the monitor dead: it answered 404"]);
  site.feed("/alive", []);
  await heartbeat.beat(moment);
  expect(said.slice(1)).toEqual(["The heartbeat at HEARTBEAT_URL works again."]);
});

test("a file that cannot be written does not stop the monitor", async () => {
  const heartbeat = createHeartbeat(join(folder, "gone"), undefined, say);
  await heartbeat.beat(moment);
  await heartbeat.beat(moment);
  expect(said).toEqual([expect.stringMatching(/^The file heartbeat fails, .*ENOENT/)]);
});
