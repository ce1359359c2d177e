import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenTable, openTable } from "../../local/table.ts";
import { type Protocol, subscribe, subscriptionId, subscriptions, unsubscribe, type Wishes } from "../../shared/records/subscriptions.ts";

let folder: string;
let opened: OpenTable;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-subscriptions-"));
  opened = await openTable(folder);
});
afterEach(async () => {
  await opened.close();
  await rm(folder, { recursive: true });
});

const everything: Wishes = { series: [], publishers: [], kinds: [], languages: [] };
const asked = { address: "Anna@Example.org", protocol: "email", wishes: everything, language: "en" } as const;

test("an address has one subscription, and its last wish counts", async () => {
  const { table } = opened;
  await subscribe(table, asked, "2026-01-01T00:00:00Z");
  const wishes = { ...everything, series: ["un-a"] };
  await subscribe(table, { ...asked, address: " anna@example.org", wishes }, "2026-01-02T00:00:00Z");
  expect(await subscriptions(table)).toMatchObject([{ address: "anna@example.org", wishes, state: "active", since: "2026-01-01T00:00:00Z" }]);
});

test("an ended subscription stays on record and can begin again", async () => {
  const { table } = opened;
  await subscribe(table, asked, "2026-01-01T00:00:00Z");
  expect(await unsubscribe(table, "email", "ANNA@example.org", "2026-01-03T00:00:00Z")).toBe(true);
  expect(await unsubscribe(table, "email", asked.address, "2026-01-04T00:00:00Z")).toBe(false);
  expect(await subscriptions(table)).toMatchObject([{ state: "ended", since: "2026-01-03T00:00:00Z" }]);
  expect(await subscribe(table, asked, "2026-01-05T00:00:00Z")).toMatchObject({ state: "active", since: "2026-01-05T00:00:00Z" });
});

test("ending what nobody asked for answers no", async () => {
  expect(await unsubscribe(opened.table, "sms", "+1 555 0100", "2026-01-01T00:00:00Z")).toBe(false);
  expect(await subscriptions(opened.table)).toEqual([]);
});

test.each<[Protocol, string, string, boolean]>([
  ["email", "a@example.org", " A@EXAMPLE.org ", true],
  ["email", "a@example.org", "b@example.org", false],
  ["sms", "+82 2-555-0100", "+8225550100", true],
  ["https", "HTTPS://Example.org", "https://example.org/", true],
  ["https", "https://example.org/A", "https://example.org/a", false],
])("as %s, %s and %s are one address: %s", (protocol, one, other, same) => {
  expect(subscriptionId(protocol, one) === subscriptionId(protocol, other)).toBe(same);
});
