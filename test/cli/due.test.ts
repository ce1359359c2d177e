import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as poll from "../../cli/commands/poll.ts";
import { openSite } from "../poll/site.ts";
import { runHere } from "./in-process.ts";

test("`poll --due` polls everything at first, and from then on what is due since the last time", async () => {
  const site = await openSite();
  const folder = await mkdtemp(join(tmpdir(), "almanac-due-"));
  const sources = join(folder, "sources.json");
  const source = (id: string, everyMinutes: number) => ({ id, publisher: "test", url: `${site.url}/${id}`, read: { as: "feed" }, everyMinutes, quietAfterDays: 9999 });
  await writeFile(sources, JSON.stringify({ sources: [source("often", 10), source("daily", 1440)] }));
  for (const path of ["/often", "/daily"]) site.feed(path, [{ title: "Travel to Norway", url: "https://state.example/norway", at: "2021-06-01" }]);
  const pollAt = async (at: string): Promise<string[]> => {
    await runHere(poll, ["--due", "--allow-loopback", "--json", "--sources", sources, "--data", join(folder, "data"), "--at", at]);
    return site.asked().sort();
  };
  expect(await pollAt("2021-06-20T12:00:00Z")).toEqual(["/daily", "/often"]);
  expect(await pollAt("2021-06-20T12:00:30Z")).toEqual([]);
  expect(await pollAt("2021-06-20T12:10:00Z")).toContain("/often");
  expect(await pollAt("2021-06-21T12:10:00Z")).toEqual(["/daily", "/often"]);
  await site.close();
  await rm(folder, { recursive: true });
});
