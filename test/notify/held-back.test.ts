import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { knownOf } from "../../functions/notify/known.ts";
import type { World } from "../../functions/notify/notify.ts";
import { gather, sweep } from "../../functions/notify/sweep.ts";
import { outboxPublisher } from "../../local/outbox.ts";
import type { OpenTable } from "../../local/table.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { editionKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import { change } from "../../shared/records/records.ts";
import { type AskedFor, subscribe, subscriptions } from "../../shared/records/subscriptions.ts";
import { type LocalServer, serve } from "../intake/server.ts";
import { freshTable } from "../local/fresh-table.ts";
import { postOffice } from "../local/post-office.ts";
import { catalogue } from "../recognition/catalogue.ts";
import { edition } from "../records/parts.ts";

const noon = Date.parse("2026-11-23T12:00:00.000Z");
const hour = 60 * 60_000;
const alert = "edition:tip:2026";

let opened: OpenTable;
let folder: string;
let hooks: LocalServer;
let office: Awaited<ReturnType<typeof postOffice>>;
let world: World;
let now = noon;
let status = 404;
const answers = new Map([["full@example.org", 452]]);

beforeEach(async () => {
  [now, status] = [noon, 404];
  opened = await freshTable();
  folder = await mkdtemp(join(tmpdir(), "held-back-"));
  hooks = await serve((_, response) => void response.writeHead(status).end());
  office = await postOffice(answers);
  const { table } = opened;
  const publish = outboxPublisher({ folder, subscriptions: () => subscriptions(table), smtp: office.settings, webhooks: { secret: "a secret", allowLoopback: true, note: async () => undefined }, say: () => undefined });
  world = { table, known: knownOf(catalogue()), publish, clock: { now: () => now, sleep: async () => undefined } };
  const asked: readonly (Partial<AskedFor> & Pick<AskedFor, "protocol" | "address">)[] = [
    { protocol: "https", address: `${hooks.url}/gone`, pace: "at-once" },
    { protocol: "email", address: "full@example.org", pace: "at-once" },
    { protocol: "email", address: "english@example.org", pace: "at-once" },
    { protocol: "email", address: "korean@example.org", pace: "at-once", language: "ko" },
    { protocol: "email", address: "asleep@example.org", pace: "at-once", quiet: { from: "11:00", to: "14:00" }, zone: "UTC" },
    { protocol: "email", address: "daily@example.org", pace: "daily" },
  ];
  for (const one of asked) await subscribe(table, { language: "en", wishes: allWishes, ...one }, new Date(noon - hour).toISOString());
  const at = new Date(noon).toISOString();
  const ring = { alert, kind: "edition", at, update: false, basis: "release", source: "press", title: "The report", url: "https://state.example/tip", published: at, symbol: null, language: "en", why: [] } as const;
  await change(table, editionKey("tip", "2026"), () => owe({ ...edition, year: 2026, key: "2026", rings: [ring] }, alert, at));
});
afterEach(async () => {
  await Promise.all([hooks.close(), office.close(), opened.close()]);
  await rm(folder, { recursive: true });
});

const reached = (): string[] => office.mails.map(({ to }) => to);

test("one who takes nothing now holds up no reader: not of another language, not in quiet hours, not of a digest", async () => {
  expect((await sweep(world)).failed).toMatchObject([{ alert, error: { message: expect.stringContaining("for 2 of its recipients") } }]);
  expect(reached()).toEqual(["english@example.org", "korean@example.org"]);
  now = noon + 2.5 * hour;
  await gather(world);
  expect(reached().slice(2)).toEqual(["asleep@example.org"]);
  now = noon + 24 * hour;
  await gather(world);
  expect(reached().slice(3)).toEqual(["daily@example.org"]);
  // Among a reader's other mail each lies where it came.
  expect(office.mails.map(({ mail }) => Date.parse(mail.date ?? ""))).toEqual([noon, noon, noon + 2.5 * hour, noon + 24 * hour]);

  answers.clear();
  status = 204;
  expect((await sweep(world)).failed).toEqual([]);
  now = noon + 72 * hour;
  await gather(world);
  expect(reached().slice(4)).toEqual(["full@example.org"]);
  const hooked = (await readdir(join(folder, "sent"))).filter((name) => name.endsWith(".txt"));
  expect(await Promise.all(hooked.map((name) => readFile(join(folder, "sent", name), "utf8")))).toContain("taken: 204\n");
});
