import { XMLValidator } from "fast-xml-parser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { editionsOf } from "../../shared/records/editions.ts";
import { placedAt } from "../../shared/records/history.ts";
import { itemKey } from "../../shared/records/keys.ts";
import { toRecord } from "../../shared/records/records.ts";
import { createSite } from "../../site/app.ts";
import { outsideLink } from "../../site/html.ts";
import { jumpingClock } from "../intake/clock.ts";
import { usual } from "../poll/parts.ts";
import { openStage, type Stage } from "../poll/stage.ts";
import { keepItems } from "../../shared/readers/keep-items.ts";
import { memoryFiles } from "../readers/memory-files.ts";
import { catalogue } from "../recognition/catalogue.ts";
import { item as anyItem } from "../records/parts.ts";
import { openChromium } from "./chromium.ts";
import { served } from "./served.ts";

const script = `"><script>document.title="stolen"</script><img src=x onerror=document.title="stolen"><svg onload=document.title="stolen">]]>'\``;
const addresses = ["javascript:document.title='stolen'", "JaVaScRiPt:document.title='stolen'", " javascript:document.title='stolen'", "data:text/html,<script>alert(1)</script>", "vbscript:x", "//evil.example/x", "file:///etc/passwd"];

const browser: Browser | undefined = await openChromium();
let stage: Stage;
let site: Awaited<ReturnType<typeof served>>;
beforeAll(async () => {
  stage = await openStage({ parts: usual });
  stage.site.feed("/press", [{ title: "Travel to Norway", url: "https://state.example/norway", at: "2021-06-19T08:00:00Z" }]);
  await stage.poll("press");
  // What the publisher says, as it comes through the whole path.
  stage.site.feed("/press", [
    { title: `Trafficking in Persons Report 2021: North Korea ${script}`, url: "https://state.example/tip?a=%22%3E%3Cscript%3E", at: "2021-06-20T12:03:00Z", summary: script },
    ...addresses.map((url, index) => ({ title: `Human rights in North Korea ${index} ${script}`, url, guid: `${index}${script}`, at: "2021-06-20T12:04:00Z", summary: script })),
  ]);
  await stage.poll("press");
  // What a table that somebody else wrote could hold.
  await stage.table.putAll(addresses.map((url, index) => toRecord(itemKey(`${script}${index}`), { ...anyItem, ...placedAt("2021-06-21"), id: `${script}${index}`, title: `${script} North Korea`, url, source: "press", language: '"><script>', why: [script], earlierTitles: [script] })));
  const clock = jumpingClock(Date.parse("2021-06-22T12:00:00Z"));
  const known = catalogue(usual(stage.site.url));
  const files = memoryFiles();
  await keepItems({ table: stage.table, files, clock });
  site = await served(createSite({ table: stage.table, files, evidence: { get: async () => undefined }, catalogue: async () => known, clock }));
});
afterAll(async () => {
  await browser?.close();
  await site.close();
  await stage.close();
});

test.each(addresses)("%s is no link", async (address) => {
  expect(String(await outsideLink(address, "label"))).toBe("label");
});

test("an address that is one keeps its quotation marks inside, and tells nobody where it was opened", async () => {
  expect(String(await outsideLink('https://a.example/"onclick="x', "<b>"))).toBe('<a href="https://a.example/&quot;onclick=&quot;x" rel="noopener noreferrer">&lt;b&gt;</a>');
});

const pages = async (): Promise<string[]> => {
  const [edition] = await editionsOf(stage.table, "tip");
  const item = encodeURIComponent(`${script}0`);
  return ["/", "/series/tip", `/series/tip/${edition?.year ?? ""}`, "/items", `/items?text=${encodeURIComponent(script)}`, `/item?id=${item}`, "/sources", `/${encodeURIComponent(script)}`, `/items?month=${encodeURIComponent(script)}`];
};

test("no page has a script, a handler or a link that is none, whatever a feed said", async () => {
  expect(await editionsOf(stage.table, "tip")).toHaveLength(1);
  for (const path of await pages()) {
    const text = await (await fetch(site.url + path)).text();
    expect([path, /<script|<img|<svg on|href="\s*(javascript|data|vbscript|file):|href="\/\//i.exec(text)]).toEqual([path, null]);
  }
  const items = await (await fetch(`${site.url}/items`)).text();
  expect(items).toContain("&lt;script&gt;");
});

test("feeds and files hold it as text", async () => {
  const atom = await (await fetch(`${site.url}/feed.atom`)).text();
  expect(XMLValidator.validate(atom)).toBe(true);
  expect(atom.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, "")).not.toMatch(/<script|<img|javascript:/i);
  const json = await (await fetch(`${site.url}/feed.json`)).text();
  expect(json).not.toMatch(/"(external_)?url":"\s*javascript/i);
  const answer = await fetch(`${site.url}/api/v1/items`);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
});

describe.skipIf(!browser)("in Chromium", () => {
  test("nothing of it is run, on any page", { timeout: 60_000 }, async () => {
    const page = await browser?.newPage();
    if (!page) return;
    const asked: string[] = [];
    page.on("request", (request) => void (request.url().startsWith(`${site.url}/`) || asked.push(request.url())));
    for (const path of await pages()) {
      await page.goto(site.url + path);
      const found = await page.locator("script, img, [onerror], [onload]").count();
      expect({ path, stolen: (await page.title()) === "stolen", found }).toEqual({ path, stolen: false, found: 0 });
    }
    expect(asked).toEqual([]);
  });
});
