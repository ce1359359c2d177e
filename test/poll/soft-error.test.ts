import { afterEach, beforeEach, expect, test } from "vitest";
import { sourceKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import { series } from "./parts.ts";
import { listing } from "./site.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({
    parts: (site) => ({
      series,
      sources: [
        { id: "press", publisher: "state", url: `${site}/press`, read: { as: "page" } },
        { id: "chapter", publisher: "state", url: `${site}/chapter-{year}`, read: { as: "page" }, mayBeEmpty: true },
      ],
    }),
  });
});
afterEach(() => stage.close());

/** Statements on camps, as many, and before them others. */
const statements = (count: number, ...before: readonly string[]): { title: string; url: string }[] => [...before, ...Array.from({ length: count }, (_, number) => `North Korea: prison camp statement number ${number}`)].map((title) => ({ title, url: `/press/${title.replaceAll(" ", "-")}` }));
const apologies = ["Reports and publications of ours", "Contact the press office today", "Human rights in North Korea", "Search all our documents here"].map((title, number) => ({ title, url: `/x${number}` }));
const news = "North Korea: torture in a prison camp, a new report";

const show = (items: readonly { title: string; url: string }[], title = "Press"): void => stage.site.set("/press", { body: listing(items, title), type: "text/html; charset=utf-8" });

function lead(from: string, to: string): void {
  stage.site.set(to, { body: listing(apologies, "State"), type: "text/html" });
  stage.site.set(from, { status: 302, headers: { location: to } });
}

test.each([
  ["a page that calls itself not found", () => show(apologies, "Page not found | State")],
  ["a page of a site that is closed", () => show(apologies, "Site under maintenance")],
  ["a way to the first page", () => lead("/press", "/")],
])("%s is a failure with a name, rings for nobody, and forgets nothing", async (_, fail) => {
  show(statements(40));
  await stage.poll("press");
  fail();
  expect(await stage.poll("press")).toMatchObject([{ health: "failing", reason: "soft-error", rung: [], items: 0 }]);
  show(statements(40, news));
  expect(await stage.rings("press")).toEqual([`about “${news}”`]);
});

test("an address of this year's edition that shows an error in words is not out yet", async () => {
  stage.site.set("/chapter-2021", { body: listing(apologies, "Page not found"), type: "text/html" });
  expect(await stage.poll("chapter")).toMatchObject([{ health: "well", items: 0, rung: [] }]);
  expect(await read(stage.table, sourceKey("chapter"))).toMatchObject({ seen: "" });
});

test("an error's page that nobody takes for one is forgotten for the list that comes back, which tells what is new alone", async () => {
  show(statements(40));
  await stage.poll("press");
  for (const title of ["Welcome", "Hello"]) {
    show(apologies.filter(({ title: said }) => !said.startsWith("Human")).map(({ url, ...one }) => ({ ...one, url: url + title })), title);
    expect(await stage.rings("press")).toEqual([]);
  }
  show(statements(40, news));
  expect(await stage.poll("press")).toMatchObject([{ health: "well", reason: undefined, items: 41, fresh: 1, rung: [{ title: news }] }]);
});

test("a list at new addresses tells what is new in it alone", async () => {
  show(statements(12));
  await stage.poll("press");
  show(statements(12, news).map(({ title, url }) => ({ title, url: `/new${url}` })));
  expect(await stage.poll("press")).toMatchObject([{ reason: undefined, fresh: 1, rung: [{ title: news }] }]);
});

test("a list of which nothing was there before tells of nothing: nobody can tell a new layout from news", async () => {
  show(statements(12));
  await stage.poll("press");
  show(statements(30).slice(12));
  expect(await stage.poll("press")).toMatchObject([{ reason: "overflow", rung: [] }]);
});
