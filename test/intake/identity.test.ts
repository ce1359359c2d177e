import { describe, expect, test } from "vitest";
import { fingerprint, itemId } from "../../shared/intake/identity.ts";
import type { Item } from "../../shared/intake/item.ts";

const blank: Item = { title: "A title", url: null, published: null, summary: null, guid: null, symbol: null, language: null };
const press = { id: "us-state-press", url: "https://www.state.gov/rss-feed/press-releases/feed/" };
const list = { id: "kinu-reports", url: "https://www.kinu.or.kr/main/module/report/index.do?menuIdx=1" };
const reused = { ...press, id: "hrw-chapter", reused: true };

/**
 * What items are called in every table there is. A line of this table is never changed and never taken out: another
 * id for the same item makes it new again, and everybody is told once more.
 */
const golden: readonly (readonly [what: string, source: typeof press & { readonly reused?: boolean }, item: Partial<Item>, edition: number | null, id: string])[] = [
  ["an address", press, { url: "https://www.state.gov/reports/2020-trafficking-in-persons-report/north-korea/" }, null, "state.gov/reports/2020-trafficking-in-persons-report/north-korea"],
  ["the same address by http, with a tracker", press, { url: "http://www.state.gov/reports/2020-trafficking-in-persons-report/north-korea?utm_source=rss" }, null, "state.gov/reports/2020-trafficking-in-persons-report/north-korea"],
  ["the same address in the archive", press, { url: "https://2017-2021.state.gov/reports/2020-trafficking-in-persons-report/north-korea/index.html" }, null, "state.gov/reports/2020-trafficking-in-persons-report/north-korea"],
  ["an address beside a guid", press, { url: "https://www.state.gov/a/", guid: "https://www.state.gov/?post_type=state_briefing&p=1" }, null, "state.gov/a"],
  ["a press release of the UN", press, { url: "https://static.un.org/press/en/2021/gashc4339.doc.htm" }, null, "press.un.org/GA/SHC/4339"],
  ["an address with a query", list, { url: "https://www.kinu.or.kr/main/module/report/view.do?idx=2020&fbclid=x" }, null, "kinu.or.kr/main/module/report/view.do?idx=2020"],
  ["an address with a port", press, { url: "http://58.232.95.82:8282/?p=2926" }, null, "58.232.95.82:8282?p=2926"],
  ["an address in Korean", list, { url: "https://nkdb.org/%EB%B6%81%ED%95%9C/1" }, null, "nkdb.org/북한/1"],
  ["a guid alone", press, { guid: " tag:state.gov,2021:1 " }, null, "us-state-press!guid:tag:state.gov,2021:1"],
  ["a guid where the address is the site's own", press, { url: "https://www.state.gov/", guid: "7" }, null, "us-state-press!guid:7"],
  ["a guid where the address is the list's own", press, { url: "http://state.gov/rss-feed/press-releases/feed", guid: "7" }, null, "us-state-press!guid:7"],
  ["title and day", press, { title: "On Korea’s “Day”", published: "2021-06-30T12:00:00Z" }, null, "us-state-press!title:on korea day!2021-06-30"],
  ["title and day, the day alone given", press, { title: "On Korea's 'Day'", published: "2021-06-30" }, 2021, "us-state-press!title:on korea day!2021-06-30"],
  ["a title without a day", press, { title: "북한인권백서 2020" }, null, "us-state-press!title:dprk 인권백서 2020!"],
  ["a mail address", press, { url: "mailto:a@example.org", title: "Write" }, null, "us-state-press!title:write!"],
  ["a reused address with its edition", reused, { url: "https://www.hrw.org/world-report/north-korea" }, 2021, "hrw.org/world-report/north-korea@2021"],
  ["a reused address with a date alone", reused, { url: "https://www.hrw.org/world-report/north-korea", published: "2022-01-13" }, null, "hrw.org/world-report/north-korea@2022"],
  ["a reused address with neither", reused, { url: "https://www.hrw.org/world-report/north-korea" }, null, "hrw.org/world-report/north-korea@"],
  ["a reused guid", reused, { guid: "7" }, 2021, "hrw-chapter!guid:7@2021"],
  ["a very long address", press, { url: `https://www.state.gov/${"long/".repeat(100)}` }, null, `state.gov/${"long/".repeat(69)}long~d961937949d9e253e517aef6c38b1e0cc140db5f`],
];

describe("an item's id, for ever", () => {
  test.each(golden)("by %s", (_, source, item, edition, id) => expect(itemId({ ...blank, ...item }, source, edition)).toBe(id));

  test("is at most 400 characters long, and differs where the addresses differ at their ends", () => {
    const ids = ["a", "b"].map((end) => itemId({ ...blank, url: `https://www.state.gov/${"x".repeat(900)}${end}` }, press, null));
    expect(ids.map(({ length }) => length)).toEqual([400, 400]);
    expect(new Set(ids).size).toBe(2);
  });

  test("does not rest on the title where there is an address", () =>
    expect(itemId({ ...blank, title: "Edited", url: "https://www.state.gov/a" }, press, null)).toBe(itemId({ ...blank, url: "https://www.state.gov/a" }, press, null)));
});

describe("what a source's state remembers of an item", () => {
  const item: Item = { ...blank, url: "https://www.state.gov/a", published: "2021-06-30" };
  test("is two times eight characters", () => expect(Object.values(fingerprint(item, press)).map(({ length }) => length)).toEqual([8, 8]));
  test("is the same for the same item", () => expect(fingerprint({ ...item, url: "http://state.gov/a/", summary: "other", guid: "1" }, press)).toEqual(fingerprint(item, press)));
  test.each([{ title: "Edited" }, { published: "2021-07-01" }, { symbol: "A/HRC/43/58" }])("has another content where %j", (edit) => {
    const edited = fingerprint({ ...item, ...edit }, press);
    expect(edited.id).toBe(fingerprint(item, press).id);
    expect(edited.content).not.toBe(fingerprint(item, press).content);
  });
});
