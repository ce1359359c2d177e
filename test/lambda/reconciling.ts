import { expect, test } from "vitest";
import { editionKey } from "../../shared/records/keys.ts";
import { change, read } from "../../shared/records/records.ts";
import type { Monitor } from "./monitor.ts";
import { year } from "./published.ts";

/** The test of what watch says where the two sides differ. */
export function reconciling(monitor: () => Monitor): void {
  test("what rang and was never sent is said by watch, although no record owes it", async () => {
    const { cloud } = monitor();
    const [lost, alert, at] = [editionKey("tip", String(year - 2)), `edition:tip:${year - 2}`, new Date(Date.now() - 30 * 60_000).toISOString()];
    const edition = await read(cloud.table, editionKey("tip", String(year)));
    await change(cloud.table, lost, () => edition && { ...edition, key: String(year - 2), year: year - 2, rings: edition.rings.map((ring) => ({ ...ring, alert, at })) });
    const before = cloud.recorder.count("notify", "sns:Publish");
    expect(await monitor().function("watch").invoke({})).toEqual({ result: null });
    await monitor().function("watch").kill();
    const line = monitor().function("watch").said().findLast((text) => text.includes("Alerts rang and were never sent."));
    expect(JSON.parse(line ?? "{}")).toMatchObject({ level: "ERROR", alerts: [alert], oldest: at });
    expect([cloud.recorder.count("notify", "sns:Publish"), await monitor().owed()]).toEqual([before, []]);
    await cloud.table.remove(lost);
  });
}
