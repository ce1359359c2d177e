import { afterEach, describe, expect, test } from "vitest";
import { sourceKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import { feedAt, other, series } from "./parts.ts";
import { openStage, type Stage } from "./stage.ts";

const stages: Stage[] = [];
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.close();
});

/** A stage with three sources of one host, of which the first fails. */
async function open(status: number, retryAfter: string): Promise<Stage> {
  const stage = await openStage({ host: "https://www.state.example", parts: (site) => ({ series, sources: [feedAt(site, "/press"), feedAt(site, "/reports"), feedAt(site, "/briefings")] }) });
  stages.push(stage);
  for (const path of ["/press", "/reports", "/briefings"]) stage.site.feed(path, [other(1)]);
  stage.site.set("/press", { status, headers: { "retry-after": retryAfter } });
  return stage;
}

const told = async (stage: Stage): Promise<string[]> => (await stage.poll()).map(({ source, health, reason }) => `${source} ${reason ?? health}`);

describe("a source that fails", () => {
  test("with 503 and Retry-After keeps nothing else of its host from being read", async () => {
    const stage = await open(503, "3600");
    expect(await told(stage)).toEqual(["press http-503", "reports well", "briefings well"]);
    expect(await told(stage)).toEqual(["press waiting", "reports well", "briefings well"]);
  });

  test("with 429 makes the whole host wait, and comes last when that is over", async () => {
    const stage = await open(429, "3600");
    expect(await told(stage)).toEqual(["press http-429", "reports waiting", "briefings waiting"]);
    expect(stage.site.asked()).toEqual(["/press"]);
    expect(await told(stage)).toEqual(["reports waiting", "briefings waiting", "press waiting"]);
    // Their slots are gone, so they are due again when the wait is over.
    expect((await read(stage.table, sourceKey("reports")))?.nextAt).toBe("2021-06-20T13:05:00.000Z");
    for (const moment of ["2021-06-20T14:00:00Z", "2021-06-20T16:00:00Z"]) {
      stage.jump(moment);
      expect(await told(stage)).toEqual(["reports well", "briefings well", "press http-429"]);
    }
  });

  test("with 429 keeps one that failed otherwise, or with 429 before, from being asked no longer than that", async () => {
    const stage = await open(429, "3600");
    stage.site.set("/reports", { status: 500 });
    const times: string[] = [];
    for (const hour of [13, 15, 17, 19]) {
      stage.jump(`2021-06-20T${hour}:00:00Z`);
      times.push(...(await told(stage)));
      if (hour === 15) stage.site.set("/briefings", { status: 429, headers: { "retry-after": "3600" } });
    }
    expect(times).toEqual([
      "press http-429", "reports waiting", "briefings waiting",
      "reports http-500", "briefings well", "press http-429",
      "reports http-500", "briefings http-429", "press waiting",
      "reports http-500", "press http-429", "briefings waiting",
    ]);
  });
});
