import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { editionsOf } from "../../shared/records/editions.ts";
import { editionKey } from "../../shared/records/keys.ts";
import { change } from "../../shared/records/records.ts";
import type { Monitor } from "./monitor.ts";
import { moment, report, said, year } from "./published.ts";
import { alertsOf, killAt } from "./steps.ts";

/** Tests that compare keeps the document of what came out, and tells what is different in it. */
export function comparing(opened: () => Monitor): void {
  test("the document of what came out is kept in the bucket, with that of the year before, and compared", async () => {
    expect(await opened().function("compare").invoke({ scheduled: moment() })).toEqual({ result: null });
    const [last, now] = await editionsOf(opened().cloud.table, "tip");
    expect([last, now]).toMatchObject([{ year: year - 1, silent: true, versions: [{ url: "http://state.example/last" }] }, { year, versions: [{ url: report.url, type: "text/html; charset=utf-8" }], changes: [{ before: { year: year - 1 } }] }]);
    const [version] = now?.versions ?? [];
    const bytes = await opened().cloud.object(opened().deployment.buckets[0] ?? "", version?.key ?? "");
    expect([bytes.length, createHash("sha256").update(bytes).digest("hex")]).toEqual([version?.bytes, version?.sha256]);
    const changes = await opened().cloud.object(opened().deployment.buckets[0] ?? "", `${now?.changes?.[0]?.key}.md`);
    expect(changes.toString()).toContain("executed six people");
  });

  test("what is different comes to those who asked for it, with the hash of the document", async () => {
    expect(await opened().feed("notify")).toEqual([{ messages: 1, back: [], fault: undefined }]);
    const [body = ""] = await opened().cloud.take("scholars");
    const { default: text }: { default: string } = JSON.parse(body);
    const [, edition] = await editionsOf(opened().cloud.table, "tip");
    expect(JSON.parse(text)).toMatchObject({ alert: `changes:tip:${year}:1`, against: year - 1, changes: expect.arrayContaining([expect.stringContaining("executed six people")]), evidence: { sha256: edition?.versions?.[0]?.sha256 } });
    expect(await alertsOf(opened(), "everybody")).toEqual([`changes:tip:${year}:1`]);
    expect(await opened().owed()).toEqual([]);
  });

  test.each(["before", "after"] as const)("a compare that dies %s it kept the document loses nothing: it looks again, and tells it once", async (when) => {
    const number = when === "before" ? 2 : 3;
    opened().site.page("/tip", [...said, `North Korea executed ${number} hundred people in public.`]);
    const due = () => change(opened().cloud.table, editionKey("tip", String(year)), (edition) => edition && { ...edition, nextAt: moment() });
    await due();
    const killed = killAt(opened(), "compare", when, ({ action }) => action === "s3:PutObject");
    await expect(opened().function("compare").invoke({})).rejects.toThrow("SIGKILL");
    await killed;
    await due();
    for (let times = 0; times < 2; times++) expect(await opened().function("compare").invoke({})).toEqual({ result: null });
    await opened().feed("notify");
    expect(await alertsOf(opened(), "everybody")).toEqual([`changes:tip:${year}:${number}`]);
    expect((await editionsOf(opened().cloud.table, "tip")).map(({ versions }) => versions?.length)).toEqual([1, number]);
  });
}
