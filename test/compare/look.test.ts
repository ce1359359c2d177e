import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Evidence } from "../../shared/records/evidence.ts";
import { look } from "../../functions/compare/look.ts";
import { correct } from "../../functions/poll/correct.ts";
import { editionKey } from "../../shared/records/keys.ts";
import { writePdf } from "../changes/pdf-writer.ts";
import { type CompareDesk, openDesk } from "./desk.ts";

const day = 24 * 60;
const same = ["North Korea holds people in camps.", "Guards in the camps of North Korea beat prisoners.", "The government of North Korea forces children to work in mines."];
const before = [...same, "It sent 100 workers abroad in that year."];
const after = [...same, "It sent 300 workers abroad in that year.", "It executed six people in public."];
const titled = (paragraphs: readonly string[]): readonly string[] => ["The Democratic People's Republic of Korea (North Korea), a country of Tier 3.", ...paragraphs];

let desk: CompareDesk;
beforeEach(async () => {
  desk = await openDesk((site) => ({
    series: [{ id: "tip", name: "Trafficking in Persons Report", year: "release", recognise: [{ role: "release", title: ["trafficking"] }], editions: [{ year: 2020, released: "2020-06-25", url: `${site}/2020` }] }],
  }));
  desk.site.page("/2020", titled(before));
  desk.site.page("/2021", titled(after));
});
afterEach(() => desk.close());

const pageOf = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(`${desk.site.url}${path}`)).arrayBuffer());
const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("an edition that is out", () => {
  test("its document is kept as it was found, with hash, time, headers and address, and the edition names it", async () => {
    await desk.release(2021, "/2021");
    expect(await desk.look()).toMatchObject([{ series: "tip", edition: 2021, version: { bytes: expect.any(Number) } }]);
    const bytes = await pageOf("/2021");
    const sha256 = hashOf(bytes);
    const edition = await desk.edition(2021);
    expect(edition?.versions).toMatchObject([{ sha256, at: "2021-07-01T12:01:00.000Z", url: `${desk.site.url}/2021`, type: "text/html; charset=utf-8", bytes: bytes.length, key: `evidence/${sha256}` }]);
    expect(new Uint8Array((await desk.evidence.get(sha256)) ?? [])).toEqual(bytes);
    expect(await desk.files()).toEqual(expect.arrayContaining([sha256, `tip/2021/${sha256}.json`]));
  });

  test("it is compared with the one before, whose document is fetched and kept too, and owes the alert on what is different", async () => {
    await desk.release(2021, "/2021");
    expect(await desk.look()).toMatchObject([{ alert: "changes:tip:2021:1" }]);
    const edition = await desk.edition(2021);
    expect(edition?.owed).toEqual(new Set(["changes:tip:2021:1"]));
    expect(edition?.changes).toMatchObject([{ alert: "changes:tip:2021:1", before: { year: 2020 }, sha256: edition?.versions?.[0]?.sha256 }]);
    expect(edition?.changes?.[0]?.summary.join(" ")).toMatch(/100 to 300.*executed six people/);
    expect(await desk.edition(2020)).toMatchObject({ silent: true, status: "out", published: "2020-06-25", rings: [], versions: [{ url: `${desk.site.url}/2020` }] });
    expect((await desk.edition(2020))?.owed).toBeUndefined();
    expect((await desk.files()).filter((name) => name.includes("changes-")).map((name) => name.split(".").at(-1))).toEqual(["html", "json", "md"]);
  });

  test("without one before it is only kept", async () => {
    desk.site.set("/2020", { status: 404 });
    await desk.release(2021, "/2021");
    expect(await desk.look()).toMatchObject([{ alert: undefined, version: {} }]);
    expect((await desk.edition(2021))?.owed).toBeUndefined();
  });

  test("once the one before can be had, it is told after all", async () => {
    desk.site.set("/2020", { status: 503 });
    await desk.release(2021, "/2021");
    await desk.look();
    desk.site.page("/2020", titled(before));
    expect(await desk.look(day)).toMatchObject([{ alert: "changes:tip:2021:1", version: undefined }]);
    expect(await desk.look(day)).toMatchObject([{ alert: undefined }]);
  });

  test("what only says that it is out is not compared with the report of the year before", async () => {
    desk.site.page("/2020", Array.from({ length: 60 }, (_, index) => `In North Korea prisoner number ${index} told of hunger and of beatings by guards.`));
    desk.site.page("/2021", ["The report on North Korea is out."]);
    await desk.release(2021, "/2021");
    expect(await desk.look()).toMatchObject([{ alert: undefined, version: {} }]);
  });

  test("an address that carries a new edition each year is not compared with itself", async () => {
    await desk.release(2021, "/2020");
    expect(await desk.look()).toMatchObject([{ alert: undefined }]);
    expect(await desk.edition(2020)).toBeUndefined();
  });

  test("a document that nobody can read is kept all the same", async () => {
    desk.site.set("/2021", { body: "%PDF-1.7 broken", type: "application/pdf" });
    await desk.release(2021, "/2021");
    expect(await desk.look()).toMatchObject([{ alert: undefined, version: { type: "application/pdf", bytes: 15 } }]);
  });
});

describe("a document that is looked at again", () => {
  beforeEach(async () => {
    await desk.release(2021, "/2021");
    await desk.look();
  });

  test("daily for a month, then weekly, and no more after a year", async () => {
    const looks: number[] = [];
    for (let passed = 1; passed < 420; passed++) if ((await desk.look(day)).length > 0) looks.push(passed);
    expect(looks.slice(0, 30)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(new Set(looks.slice(30).map((passed, index) => passed - (looks[29 + index] ?? 0)))).toEqual(new Set([7]));
    expect(looks.at(-1)).toBeLessThan(380);
    expect((await desk.edition(2021))?.nextAt).toBeUndefined();
  });

  test("is no new version where only its frame changed", async () => {
    const [held] = (await desk.edition(2021))?.versions ?? [];
    desk.site.set("/2021", { body: `<!doctype html><title>Page</title><script>nonce = 2</script><main>${titled(after).map((text) => `<p>${text}</p>`).join("")}</main>`, type: "text/html" });
    expect(await desk.look(day)).toMatchObject([{ version: undefined, alert: undefined }]);
    expect((await desk.edition(2021))?.versions).toEqual([held]);
  });

  test("is a new version beside the old where it says something else, and that is told", async () => {
    const [first] = (await desk.edition(2021))?.versions ?? [];
    desk.site.page("/2021", titled(after.slice(0, -1)));
    expect(await desk.look(day)).toMatchObject([{ alert: "changes:tip:2021:2", version: {} }]);
    const edition = await desk.edition(2021);
    expect(edition?.versions).toMatchObject([first, { at: "2021-07-02T12:01:00.000Z" }]);
    expect(edition?.changes?.at(-1)).toMatchObject({ before: { year: 2021, sha256: first?.sha256 }, summary: expect.arrayContaining(["What is at its address on 2021-07-02, against what was there on 2021-07-01.", expect.stringContaining("executed six people")]) });
    expect(await desk.evidence.get(first?.sha256 ?? "")).toBeDefined();
  });

  test("is a new version after a month too, but tells nobody", async () => {
    await desk.look(40 * day);
    desk.site.page("/2021", titled(after.slice(0, -1)));
    expect(await desk.look(7 * day)).toMatchObject([{ alert: undefined, version: {} }]);
    expect((await desk.edition(2021))?.changes).toHaveLength(2);
  });

  test("is not at its address on that day, where it is not there", async () => {
    desk.site.set("/2021", { status: 404 });
    expect(await desk.look(day)).toMatchObject([{ reason: "http-404" }]);
    await desk.look(day);
    expect(await desk.edition(2021)).toMatchObject({ document: { reason: "http-404", notThereSince: "2021-07-02T12:01:00.000Z" }, versions: [{}] });
    desk.site.page("/2021", titled(after));
    await desk.look(day);
    expect((await desk.edition(2021))?.document).toEqual({ failures: 0, lookedAt: "2021-07-04T12:01:00.000Z", url: `${desk.site.url}/2021`, validators: {} });
  });

  test("stays the one to compare with where a page without a word on the DPRK stood in its place for a day", async () => {
    const [first] = (await desk.edition(2021))?.versions ?? [];
    desk.site.page("/2021", ["We are working on this page."]);
    expect(await desk.look(day)).toMatchObject([{ alert: undefined, version: {} }]);
    desk.site.page("/2021", titled(after.slice(0, -1)));
    expect(await desk.look(day)).toMatchObject([{ alert: "changes:tip:2021:3" }]);
    expect((await desk.edition(2021))?.changes?.at(-1)).toMatchObject({ before: { year: 2021, sha256: first?.sha256 } });
  });

  test("is asked for only if it changed, where its publisher knows", async () => {
    desk.site.set("/2021", { body: `<main><p>${titled(after).join("</p><p>")}</p></main>`, type: "text/html", etag: '"a"' });
    await desk.look(day);
    expect(await desk.look(day)).toMatchObject([{ version: undefined }]);
    expect((await desk.edition(2021))?.document).toMatchObject({ failures: 0, validators: { etag: '"a"' } });
  });
});

const pdf = (paragraphs: readonly string[]) => ({ body: writePdf(titled(paragraphs).map((text) => ({ text }))), type: "application/pdf" });
const front = (words = "Our report is out.") => ({ body: `<!doctype html><title>Report</title><main><p>${words}</p><a href="/files/report-2021.pdf">Download</a><a href="/files/accounts.pdf">Accounts</a></main>`, type: "text/html" });

describe("a page in front of the document", () => {
  const path = "/files/report-2021.pdf";
  beforeEach(async () => {
    desk.site.set("/2021", front());
    desk.site.set(path, pdf(after));
    await desk.release(2021, "/2021");
  });

  test("leads to the one PDF that fits, which is kept and compared; the page is kept beside it", async () => {
    expect(await desk.look()).toMatchObject([{ alert: "changes:tip:2021:1", version: { url: `${desk.site.url}${path}`, type: "application/pdf" } }]);
    const edition = await desk.edition(2021);
    expect(edition?.versions).toHaveLength(1);
    expect(await desk.files()).toContain(`tip/2021/${hashOf(await pageOf("/2021"))}.json`);
    desk.site.set("/2021", front("Our report is out. See also our other pages."));
    expect(await desk.look(day)).toMatchObject([{ version: undefined, alert: undefined }]);
  });

  test("is kept itself while the PDF cannot be had", async () => {
    desk.site.set(path, { status: 404 });
    expect(await desk.look()).toMatchObject([{ alert: undefined, version: { type: "text/html" } }]);
    desk.site.set(path, pdf(after));
    expect(await desk.look(day)).toMatchObject([{ alert: "changes:tip:2021:2", version: { type: "application/pdf" } }]);
  });

  test("does not stand in for a PDF that was there before", async () => {
    await desk.look();
    desk.site.set(path, { status: 404 });
    expect(await desk.look(day)).toMatchObject([{ reason: "http-404" }]);
    expect((await desk.edition(2021))?.versions).toHaveLength(1);
  });

  test("with much to say on the DPRK is the document itself", async () => {
    desk.site.set("/2021", front(Array.from({ length: 60 }, (_, index) => `North Korea held prisoner ${index} in a camp.`).join(" ")));
    desk.site.asked();
    await desk.look();
    expect(desk.site.asked()).not.toContain(path);
  });
});

describe("what goes wrong", () => {
  test("an address that fails is asked again after ten minutes, then ever more rarely, and stops nobody", async () => {
    desk.site.set("/2021", { status: 500 });
    await desk.release(2021, "/2021");
    const asked: number[] = [];
    for (let minutes = 0; minutes < 40 * 60; minutes += 10) if ((await desk.look(10)).length > 0) asked.push(minutes);
    expect(asked.map((at, index) => at - (asked[index - 1] ?? 0)).slice(1)).toEqual([10, 30, 120, 360, 1440]);
  });

  test("a fault of ours puts it off and is said; nothing of it is on record", async () => {
    await desk.release(2021, "/2021");
    const full: Evidence = { ...desk.evidence, put: () => Promise.reject(new Error("the disk is full")) };
    await expect(look({ ...desk.world, evidence: full, clock: { ...desk.world.clock, now: () => desk.world.clock.now() + 1 } }, editionKey("tip", "2021"))).rejects.toThrow("the disk is full");
    expect((await desk.edition(2021))?.versions).toBeUndefined();
    expect(await desk.look()).toEqual([]);
    expect(await desk.look(10)).toMatchObject([{ alert: "changes:tip:2021:1" }]);
  });

  test("what a person took back while it was looked at is not told", async () => {
    await desk.release(2021, "/2021");
    const word = { series: "tip", key: "2021", to: null, why: null, name: "Trafficking in Persons Report 2021" };
    const note: Evidence["note"] = async (...args) => {
      await correct(desk.table, word, "2021-07-01T12:00:30.000Z");
      return desk.evidence.note(...args);
    };
    await look({ ...desk.world, evidence: { ...desk.evidence, note } }, editionKey("tip", "2021"));
    const edition = await desk.edition(2021);
    expect([edition?.status, edition?.changes, edition?.versions, edition?.owed]).toEqual(["mentioned", undefined, undefined, undefined]);
  });

  test("two that look at once look once", async () => {
    await desk.release(2021, "/2021");
    desk.site.asked();
    const key = editionKey("tip", "2021");
    const looked = await Promise.all([look(desk.world, key), look(desk.world, key)]);
    expect(looked.filter((one) => one !== undefined)).toHaveLength(1);
    expect(desk.site.asked().filter((path) => path === "/2021")).toHaveLength(1);
  });

  test("evidence that was changed where it is kept is not believed", async () => {
    const bytes = new TextEncoder().encode("one");
    const record = { series: "tip", edition: "2021", sha256: hashOf(bytes), at: "2021-07-01", url: null, type: null, bytes: 3, headers: {} };
    await desk.evidence.put(new TextEncoder().encode("two"), record);
    await expect(desk.evidence.get(record.sha256)).rejects.toThrow("was changed where it is kept");
  });

  test("what is kept is never overwritten", async () => {
    const bytes = new TextEncoder().encode("one");
    const record = { series: "tip", edition: "2021", sha256: hashOf(bytes), at: "2021-07-01", url: null, type: null, bytes: 3, headers: {} };
    await desk.evidence.put(bytes, record);
    await desk.evidence.put(new TextEncoder().encode("two"), record);
    expect(Buffer.from((await desk.evidence.get(record.sha256)) ?? "").toString()).toBe("one");
  });
});
