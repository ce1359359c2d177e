import { afterEach, expect, test } from "vitest";
import { editionsOf } from "../../shared/records/editions.ts";
import { openStation, type Station } from "./station.ts";

let station: Station | undefined;
afterEach(() => station?.close());

const said = ["North Korea holds people in camps.", "Guards in the camps of North Korea beat prisoners."];
const old = { title: "Travel to Norway", url: "https://state.example/norway", at: "2021-06-19T08:00:00Z" };
const body = (paragraphs: readonly string[]): string => `<!doctype html><title>Report</title><main><p>${paragraphs.join("</p><p>")}</p></main>`;

test("the monitor keeps the document of an edition that comes out, and tells what is different", async () => {
  station = await openStation((url) => ({
    series: [{ id: "tip", name: "Trafficking in Persons Report", year: "release", recognise: [{ role: "release", title: ["trafficking in persons report"] }], editions: [{ year: 2020, released: "2020-06-25", url: `${url}/2020` }] }],
    sources: [{ id: "press", publisher: "state", url: `${url}/press`, read: { as: "feed" }, everyMinutes: 1 }],
  }));
  station.publisher.page("/2020", body(said));
  station.publisher.page("/2021", body([...said, "North Korea executed six people in public."]));
  station.publisher.feed("/press", [old]);
  await station.pass();
  station.publisher.feed("/press", [{ title: "2021 Trafficking in Persons Report", url: `${station.publisher.url}/2021`, at: "2021-06-20T12:00:30Z" }, old]);
  for (let minutes = 0; minutes < 4; minutes++) await station.pass();
  expect(station.rung()).toEqual(["2021 Trafficking in Persons Report", "2021 Trafficking in Persons Report"]);
  expect(station.said()).toEqual([expect.stringMatching(/^The document of tip 2021 is kept as evidence: [\d,]+ bytes, SHA-256 [\da-f]{64}\.$/)]);
  expect(await editionsOf(station.stack.poll.table, "tip")).toMatchObject([{ year: 2020, versions: [{}] }, { year: 2021, versions: [{}], changes: [{ alert: "changes:tip:2021:1" }] }]);
  expect(await station.owed()).toEqual([]);
  expect(await station.emails()).toBe(2);
});
