import { afterEach, beforeEach, expect, test } from "vitest";
import { other, usual } from "./parts.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ parts: usual });
  stage.site.feed("/council", [other(1), other(2)]);
  await stage.poll("council");
  stage.jump("2021-07-01T16:00:00Z");
});
afterEach(() => stage.close());

const title = "Council Adopts 29 Texts";
const adopted = "The resolution on the Democratic People’s Republic of Korea was adopted without a vote.";

/** The council lists a round-up whose page is on its site. */
function list(): void {
  stage.site.feed("/council", [{ title, url: `${stage.site.url}/roundup`, at: "2021-07-01T15:00:00Z" }, other(1)]);
}

/** Paths of pages that were asked for. */
const pages = (): string[] => stage.site.asked().filter((path) => path !== "/council");

test("the page that an item links to decides, and rings", async () => {
  list();
  stage.site.page("/roundup", ["The session ended.", adopted]);
  const [outcome] = await stage.poll("council");
  expect(outcome?.rung).toMatchObject([{ kind: "edition", series: "resolution", edition: 2021, basis: "release" }]);
  expect(await stage.editions("resolution")).toMatchObject([{ status: "out", rings: [{ why: expect.arrayContaining([`the page says: “${adopted}”`]) }] }]);
  expect(pages()).toEqual(["/roundup"]);
  await stage.poll("council");
  expect(pages()).toEqual([]);
});

test("a page that does not tell of it makes the item none of ours, and is not asked again", async () => {
  list();
  stage.site.page("/roundup", ["The resolution on Myanmar was adopted.", "The Democratic People’s Republic of Korea spoke."]);
  expect(await stage.rings("council")).toEqual([]);
  expect(await stage.items()).toEqual([]);
  await stage.poll("council");
  expect(pages()).toEqual(["/roundup"]);
});

test("a text that was postponed is not out", async () => {
  list();
  stage.site.page("/roundup", ["The resolution on North Korea, to be adopted today, was postponed to the spring."]);
  expect(await stage.rings("council")).toEqual([]);
  expect(await stage.editions("resolution")).toEqual([]);
});

test("a page that calls itself an error tells nothing of the item, and is asked for again", async () => {
  list();
  stage.site.set("/roundup", { body: "<!doctype html><title>503 Service Unavailable</title><main><p>Our service is not available just now.</p></main>", type: "text/html" });
  expect(await stage.rings("council")).toEqual([]);
  stage.site.page("/roundup", [adopted]);
  expect(await stage.rings("council")).toEqual([`edition resolution 2021 release “${title}”`]);
});

test("a page that cannot be read leaves the item undecided, and is tried at each poll until it can", async () => {
  list();
  stage.site.set("/roundup", { status: 503 });
  expect(await stage.rings("council")).toEqual([]);
  expect(await stage.items()).toMatchObject([{ title, series: "resolution", role: null, edition: null, why: expect.arrayContaining(["the page could not be read (http-503); it is tried again at the next poll"]) }]);
  expect(await stage.rings("council")).toEqual([]);
  expect(pages()).toEqual(["/roundup", "/roundup"]);
  stage.site.page("/roundup", [adopted]);
  expect(await stage.rings("council")).toEqual([`edition resolution 2021 release “${title}”`]);
  expect(await stage.items()).toMatchObject([{ title, role: "release", edition: "2021" }]);
  expect(await stage.rings("council")).toEqual([]);
});

test("an item without a date rings as well when its page can be read at last, and counts as new once", async () => {
  stage.site.feed("/council", [{ title, url: `${stage.site.url}/roundup` }, other(1)]);
  stage.site.set("/roundup", { status: 503 });
  expect(await stage.poll("council")).toMatchObject([{ fresh: 1, rung: [] }]);
  expect(await stage.poll("council")).toMatchObject([{ fresh: 0, rung: [] }]);
  stage.site.page("/roundup", [adopted]);
  expect(await stage.poll("council")).toMatchObject([{ fresh: 0, rung: [{ kind: "edition", series: "resolution", edition: 2021 }] }]);
});

test("a page that stays unreadable is given up after a day", async () => {
  list();
  stage.site.set("/roundup", { status: 503 });
  await stage.poll("council");
  stage.jump("2021-07-02T17:00:00Z");
  await stage.poll("council");
  expect(pages()).toHaveLength(2);
  stage.site.feed("/council", [{ title, url: `${stage.site.url}/roundup`, at: "2021-07-01T15:00:00Z" }, other(3), other(1)]);
  await stage.poll("council");
  expect(pages()).toEqual([]);
});

test("an item whose page was given up is told once, however often it is edited", async () => {
  list();
  stage.site.set("/roundup", { status: 503 });
  await stage.poll("council");
  stage.jump("2021-07-02T17:00:00Z");
  expect(await stage.rings("council")).toEqual([`about resolution “${title}”`]);
  stage.site.feed("/council", [{ title: `Corrected: ${title}`, url: `${stage.site.url}/roundup`, at: "2021-07-01T15:00:00Z" }, other(1)]);
  expect(await stage.rings("council")).toEqual([]);
  expect(pages()).toHaveLength(3);
  expect(await stage.items()).toMatchObject([{ title: `Corrected: ${title}`, role: null }]);
});

test("an item that is edited when its page is gone stays with its edition", async () => {
  list();
  stage.site.page("/roundup", [adopted]);
  expect(await stage.rings("council")).toHaveLength(1);
  stage.site.set("/roundup", { status: 503 });
  stage.jump("2021-07-03T17:00:00Z");
  stage.site.feed("/council", [{ title: `Corrected: ${title}`, url: `${stage.site.url}/roundup`, at: "2021-07-01T15:00:00Z" }, other(1)]);
  expect(await stage.rings("council")).toEqual([]);
  expect(await stage.items()).toMatchObject([{ title: `Corrected: ${title}`, edition: "2021" }]);
});

test("an item without an address is told as undecided, and costs no request", async () => {
  stage.site.feed("/council", [{ title, guid: "1", at: "2021-07-01T15:00:00Z" }, other(1)]);
  expect(await stage.rings("council")).toEqual([`about resolution “${title}”`]);
  expect(pages()).toEqual([]);
  expect(await stage.items()).toMatchObject([{ role: null, why: expect.arrayContaining(["its page could not be read, so a person must look"]) }]);
  stage.written();
  await stage.poll("council");
  expect(stage.written()).toEqual([]);
});

test("an item of a series without years rings when its page can be read", async () => {
  const item = { title: "Council Publishes Findings", url: `${stage.site.url}/findings`, at: "2021-07-01T15:00:00Z" };
  stage.site.feed("/council", [item, other(1)]);
  stage.site.set("/findings", { status: 500 });
  expect(await stage.rings("council")).toEqual([]);
  stage.site.page("/findings", ["A camp in North Korea was found."]);
  expect(await stage.rings("council")).toEqual(["about findings “Council Publishes Findings”"]);
  expect(await stage.rings("council")).toEqual([]);
});

test("the page of an item that is older than the install is not read", async () => {
  stage.site.feed("/council", [{ title, url: `${stage.site.url}/roundup`, at: "2021-03-01T15:00:00Z" }, other(1)]);
  stage.site.page("/roundup", [adopted]);
  expect(await stage.rings("council")).toEqual([]);
  expect(pages()).toEqual([]);
});

test.each([
  ["the cloud's metadata", "http://169.254.169.254/latest/meta-data/"],
  ["a private network", "http://10.0.0.1/roundup"],
  ["a private network as a number in IPv6", "http://[::ffff:a00:1]/roundup"],
])("a link to the inside is not followed, straight or by a redirect: %s", async (_, address) => {
  stage.site.set("/roundup", { status: 302, headers: { location: address } });
  for (const url of [address, `${stage.site.url}/roundup`]) {
    stage.site.feed("/council", [{ title, url, at: "2021-07-01T15:00:00Z" }, other(1)]);
    expect(await stage.rings("council")).toEqual([]);
  }
  const refused = { role: null, why: expect.arrayContaining(["the page could not be read (bad-address); it is tried again at the next poll"]) };
  expect(await stage.items()).toMatchObject([refused, refused]);
  expect(pages()).toEqual(["/roundup"]);
});
