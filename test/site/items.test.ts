import { assert, constantFrom, property, string } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { placedAt } from "../../shared/records/history.ts";
import { cursorOf, placeAt } from "../../site/reads/cursor.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse("2026-11-25T12:00:00Z");
  await house.install("2026-01-01T00:00:00Z");
});
afterEach(() => house.close());

interface ItemsJson {
  readonly items: readonly { readonly id: string; readonly at: string }[];
  readonly next: string | null;
}

/** The ids of all items that are reached from page to page, with a limit on how often. */
async function walk(query: string, most = 100): Promise<string[]> {
  const ids: string[] = [];
  let after = "";
  for (let pages = 0; pages < most; pages++) {
    const { items, next }: ItemsJson = JSON.parse(await house.text(`/api/v1/items?${query}${after}`));
    ids.push(...items.map(({ id }) => id));
    if (next === null) return ids;
    after = `&after=${next}`;
  }
  throw new Error("The pages do not end.");
}

test("pages hold every item once, the newest first, however many share a moment", async () => {
  const items = Array.from({ length: 24 }, (_, index) => ({ id: `i${String(index).padStart(2, "0")}`, ...placedAt(index < 12 ? "2026-11-03" : `2026-${String(1 + (index % 10)).padStart(2, "0")}-15T00:00:00Z`) }));
  await house.items(...items);
  for (const limit of [1, 7, 50]) {
    const ids = await walk(`limit=${limit}`, 90);
    expect(ids.toSorted()).toEqual(items.map(({ id }) => id).toSorted());
    const places = ids.map((id) => items.find((one) => one.id === id)?.at ?? "");
    expect(places).toEqual(places.toSorted().toReversed());
  }
});

test("pages go on after an item whose id is as long as ids are, in letters of any script", async () => {
  const ids = ["a", "b", "c"].map((last) => `example.org/${"한".repeat(387)}${last}`);
  await house.items(...ids.map((id) => ({ id, ...placedAt("2026-11-03") })));
  expect(await walk("limit=1")).toEqual(ids);
});

test("a page's place does not move when newer items come", async () => {
  await house.items(...["a", "b", "c"].map((id, index) => ({ id, ...placedAt(`2026-10-0${3 - index}`) })));
  const first: ItemsJson = JSON.parse(await house.text("/api/v1/items?limit=1"));
  await house.items({ id: "new", ...placedAt("2026-11-24") });
  const second: ItemsJson = JSON.parse(await house.text(`/api/v1/items?limit=1&after=${first.next}`));
  expect(second.items.map(({ id }) => id)).toEqual(["b"]);
});

test("the address asks for a month, a publisher, a series, a language and words, alone and together", async () => {
  await house.items(
    { id: "a", ...placedAt("2026-11-03"), title: "Prison camps in the Democratic People’s Republic of Korea", source: "us-state-press", language: "en" },
    { id: "b", ...placedAt("2026-10-03"), title: "북한 인권", source: "yonhap-nk-ko", language: "ko" },
    { id: "c", ...placedAt("2026-10-05"), title: "TIP report", source: "us-state-press", language: "en", relevance: "series", series: "us-state-tip-report", edition: "2026", role: "release" },
  );
  await house.edition({ series: "us-state-tip-report", key: "2026", year: 2026, ...placedAt("2026-10-05") });
  await house.keep();
  expect(await walk("month=2026-10")).toEqual(["c", "b"]);
  expect(await walk("publisher=us-state")).toEqual(["a", "c"]);
  expect(await walk("series=us-state-tip-report")).toEqual(["c"]);
  expect(await walk("series=us-state-tip-report&month=2026-11")).toEqual([]);
  expect(await walk("language=ko")).toEqual(["b"]);
  expect(await walk("text=PRISON%20camps")).toEqual(["a"]);
  expect(await walk("text=DPRK&month=2026-11")).toEqual(["a"]);
  expect(await walk("text=DPRK&month=2026-10")).toEqual(["b"]);
  expect(await walk(`text=${encodeURIComponent("인권")}`)).toEqual(["b"]);
  expect(await walk("text=tip&series=us-state-tip-report")).toEqual(["c"]);
  expect(house.asked()).not.toContain("scan");
  expect(await house.text("/items?publisher=us-state&text=TIP")).toContain("TIP report");
});

/** How many items each page of the API has, up to the last. */
async function sizesOf(query: string): Promise<number[]> {
  const sizes: number[] = [];
  for (let after = ""; ; ) {
    const { items, next }: ItemsJson = JSON.parse(await house.text(`/api/v1/items?${query}${after}`));
    sizes.push(items.length);
    if (next === null) return sizes;
    after = `&after=${next}`;
  }
}

test.each([
  ["before there is an index", async () => undefined],
  ["with an index", () => house.keep()],
])("items that are all years old are on the first page, and after the last item is no page more: %s", async (_, keep) => {
  await house.items(...Array.from({ length: 57 }, (_unused, index) => ({ id: `i${index}`, ...placedAt(`20${index < 20 ? "20-10" : index < 56 ? "20-03" : "11-07"}-0${1 + (index % 9)}`), title: `Camp ${index}` })));
  await keep();
  house.reopen();
  house.asked();
  const page = await house.text("/items");
  expect(page).toContain("50 items on this page.");
  expect(page).not.toContain("No item is like that");
  expect((await house.text("/items.csv")).split("\r\n").length).toBeGreaterThan(50);
  expect(await sizesOf("limit=50")).toEqual([50, 7]);
  expect((await sizesOf("limit=3")).every((size) => size > 0)).toBe(true);
});

test("the index spares the table the months of years without items", async () => {
  await house.items({ id: "a", ...placedAt("2011-07-01") });
  await house.keep();
  house.asked();
  expect(await walk("")).toEqual(["a"]);
  expect(house.asked().filter((one) => one === "query month").length).toBeLessThan(20);
});

test("where nothing is on record a list says so, and not that nothing is like what nobody asked", async () => {
  expect(await house.text("/items")).toContain("Nothing is on record yet.");
  expect(await house.text("/items?month=2026-11")).toContain("No item is like that.");
});

test("what cannot be asked is said, and an empty field of the form asks for nothing", async () => {
  for (const query of ["month=2026-13", "month=november", "publisher=none", "series=none", "language=english", "text=%20!%20", "after=nonsense"]) {
    const [page, problem] = [await house.get(`/items?${query}`), await house.get(`/api/v1/items?${query}`)];
    expect([query, page.status, problem.status, problem.headers.get("content-type")]).toEqual([query, 400, 400, "application/problem+json"]);
  }
  expect((await house.get("/items?month=&publisher=&series=&language=&text=")).status).toBe(200);
});

test("what the index finds is in pages that hold each item once, from all years", async () => {
  const items = Array.from({ length: 16 }, (_, index) => ({ id: `i${String(index).padStart(2, "0")}`, ...placedAt(index < 8 ? "2026-11-03" : `${2022 + (index % 4)}-05-15T00:00:00Z`), title: index % 8 < 4 ? "camp" : "famine" }));
  await house.items(...items);
  await house.keep();
  for (const limit of [1, 50]) expect((await walk(`text=camp&limit=${limit}`)).toSorted()).toEqual(items.filter(({ title }) => title === "camp").map(({ id }) => id));
  expect(await walk("text=camp&limit=3")).toEqual(await walk("text=camp"));
});

test("a filter costs the table two questions, whatever it finds and however many items there are", async () => {
  await house.items(...Array.from({ length: 300 }, (_, index) => ({ id: `i${index}`, ...placedAt(`2026-${String(1 + (index % 11)).padStart(2, "0")}-03`), source: "yonhap-nk-ko", title: index === 299 ? "needle" : "hay" })));
  await house.keep();
  for (const query of ["text=needle", "text=hay", "text=nothing", "publisher=us-state", "language=ko&text=hay", "publisher=yonhap&text=needle"]) {
    house.asked();
    expect((await house.get(`/items?${query}`)).status).toBe(200);
    expect([query, house.asked().filter((asked) => asked !== "get").length]).toEqual([query, expect.toSatisfy((count: number) => count <= 1)]);
  }
});

test("before watch has made the index, who asks for words is told so, and months and series are answered", async () => {
  await house.items({ id: "a", ...placedAt("2026-11-03"), title: "camp" });
  for (const [query, language, said] of [["text=camp", "", "The index of items is not made yet"], ["publisher=us-state", "/ko", "색인이 아직 없어"], ["language=en", "", "ten minutes"]] as const) {
    const page = await house.get(`${language}/items?${query}`);
    expect([page.status, page.headers.get("cache-control"), page.headers.get("retry-after")]).toEqual([503, "no-store", "600"]);
    expect(await page.text()).toContain(said);
    for (const file of ["/api/v1/items", "/items.csv", "/items.json"]) {
      const answer = await house.get(`${file}?${query}`);
      expect([file, answer.status, answer.headers.get("retry-after")]).toEqual([file, 503, "600"]);
    }
  }
  const problem = await house.get("/api/v1/items?text=camp");
  expect([problem.headers.get("content-type"), problem.headers.get("retry-after")]).toEqual(["application/problem+json", "600"]);
  expect((await house.get("/publishers/us-state/feed.atom")).status).toBe(200);
  expect([await walk("month=2026-11"), await walk("")]).toEqual([["a"], ["a"]]);
  await house.keep();
  house.jump("2026-11-25T12:01:00Z");
  expect(await walk("text=camp")).toEqual(["a"]);
});

test("an index that another version wrote is as good as none", async () => {
  await house.items({ id: "a", ...placedAt("2026-11-03"), title: "camp" });
  await house.keep();
  const answer = await house.files.read("items.json");
  await house.files.write("items.json", (answer.kind === "content" ? answer.text : "").replace("minisearch 7", "minisearch 6"));
  expect((await house.get("/items?text=camp")).status).toBe(503);
});

test("a line that is damaged in the index costs a title and not the page", async () => {
  await house.items({ id: "a", ...placedAt("2026-11-03"), title: "camp" }, { id: "b", ...placedAt("2026-11-04"), title: "famine" });
  await house.keep();
  const kept = await house.files.read("items-2026.json");
  await house.files.write("items-2026.json", (kept.kind === "content" ? kept.text : "").replace(/^(\["camp".*)\]$/m, "$1}"));
  expect([await walk("text=camp"), await walk("text=famine")]).toEqual([[], ["b"]]);
});

test("the page of what was found says when it was looked for, and how far the index goes back", async () => {
  await house.items({ id: "a", ...placedAt("2026-11-03"), title: "camp" });
  await house.keep();
  const kept = await house.files.read("items.json");
  await house.files.write("items.json", (kept.kind === "content" ? kept.text : "").replace("1990-01", "2021-10"));
  const page = await house.text("/items?text=camp");
  expect(page).toContain("Looked for in what was on record on 25 November 2026, 12:00 UTC.");
  expect(page).toContain("The index reaches back to 2021-10 so far");
  expect(await house.text("/items?month=2026-11")).not.toContain("Looked for in");
});

test("what came since is found a minute after watch has put it into the index; what has gone or moved in between is not shown", async () => {
  await house.items({ id: "a", ...placedAt("2026-11-03"), title: "camp" }, { id: "b", ...placedAt("2026-11-02"), title: "camp" });
  await house.keep();
  expect(await walk("text=camp")).toEqual(["a", "b"]);
  await house.items({ id: "new", ...placedAt("2026-11-25"), title: "camp" }, { id: "b", ...placedAt("2026-10-02"), title: "camp" });
  await house.table.remove({ pk: "ITEM#a", sk: "ITEM" });
  expect(await walk("text=camp")).toEqual([]);
  await house.keep();
  house.jump("2026-11-25T12:01:00Z");
  expect(await walk("text=camp")).toEqual(["new", "b"]);
});

test("an address looks for anything, and is told what it may not", async () => {
  await house.items({ id: "a", ...placedAt("2026-11-03"), title: "camp" });
  await house.keep();
  for (const text of ["(a+)+$", ".*", "[", "\\", "__proto__", "constructor", "a".repeat(100), "a ".repeat(49), "💥camp", "\u0000camp", "'; DROP TABLE items", "인".repeat(100)]) expect([text, [200, 400]]).toEqual([text, expect.arrayContaining([(await house.get(`/api/v1/items?text=${encodeURIComponent(text)}`)).status])]);
  expect((await house.get(`/items?text=${"a".repeat(101)}`)).status).toBe(400);
  expect(house.faults).toEqual([]);
});

test("a list goes into a file and into a spreadsheet, where nothing of it is run", async () => {
  await house.items({ id: "a", ...placedAt("2026-11-03"), title: '=cmd|"x", and more' });
  const csv = await house.get("/items.csv");
  expect(csv.headers.get("content-type")).toContain("text/csv");
  expect(await csv.text()).toContain(`"'=cmd|""x"", and more"`);
  expect(JSON.parse(await house.text("/items.json"))).toMatchObject({ items: [{ id: "a" }] });
});

test("a file of items is named by what was asked for, and Excel can tell that it is UTF-8", async () => {
  await house.items({ id: "a", ...placedAt("2026-11-03"), title: "북한 인권", source: "us-state-press", language: "en" });
  await house.keep();
  const named = async (path: string): Promise<string | null> => (await house.get(path)).headers.get("content-disposition");
  expect(await named("/items.csv")).toBe('attachment; filename="rights-almanac-items.csv"');
  expect(await named("/items.json?month=2026-11&series=us-state-tip-report")).toBe('inline; filename="rights-almanac-items-2026-11-us-state-tip-report.json"');
  expect(await named(`/items.csv?publisher=us-state&text=${encodeURIComponent('인권 "x"\r\n')}&after=${cursorOf({ at: "2026-11-25T10:00:00Z", id: "z" })}`)).toBe(`attachment; filename="rights-almanac-items-us-state-x-until-2026-11-25.csv"; filename*=UTF-8''rights-almanac-items-us-state-${encodeURIComponent("인권")}-x-until-2026-11-25.csv`);
  const bytes = Buffer.from(await (await house.get("/items.csv")).arrayBuffer());
  expect(bytes.toString("latin1", 0, 5)).toBe("\u00ef\u00bb\u00bfat");
  expect((await house.text("/items.csv")).startsWith("at,title,")).toBe(true);
});

test("an item has a page of its own, whatever its id", async () => {
  await house.items({ id: "example.org/a?b=c&d=é#x", ...placedAt("2026-11-03"), title: "Camp", why: ["it names a camp"], earlierTitles: ["Camps"] });
  const [path = ""] = /\/item\?id=[^"]+/.exec(await house.text("/items")) ?? [];
  const page = await house.text(path.replaceAll("&amp;", "&"));
  for (const words of ["Camp", "it names a camp", "Camps"]) expect(page).toContain(words);
});

test("a cursor names the place that it was made from, and nonsense names none", () => {
  assert(property(constantFrom("2026-11-03", "2026-11-03T10:00:00Z", "2026-11"), string().filter((id) => !id.includes("\n") && id.isWellFormed()), (at, id) => {
    expect(placeAt(cursorOf({ at, id }))).toEqual({ at, id });
  }));
  assert(property(string(), (text) => void placeAt(text)));
});

test("a cursor that somebody made up asks the table for nothing that is no day or moment", async () => {
  for (const at of [`2026-11-03${"x".repeat(2000)}`, "2026-11-03~", "2026-99", "9999-13-01", "2026-11-3", "2026-11-03T10:00:00+09:00"]) expect([at, placeAt(cursorOf({ at, id: "a" }))]).toEqual([at, undefined]);
  expect(placeAt(cursorOf({ at: "2026-11-03", id: "x".repeat(10_000) }))).toBeUndefined();
  for (const path of ["/items", "/items.csv", "/api/v1/items"]) expect((await house.get(`${path}?after=${cursorOf({ at: `2026-11-03${"x".repeat(600)}`, id: "a" })}`)).status).toBe(400);
});
