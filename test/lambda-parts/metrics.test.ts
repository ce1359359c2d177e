import { expect, test } from "vitest";
import { metricUnits } from "../../shared/lambda/metric-names.ts";
import { spoken } from "./spoken.ts";

const begin = `import { metered } from "./shared/lambda/metrics.ts";`;
const env = { POWERTOOLS_SERVICE_NAME: "rights-almanac-test", POWERTOOLS_METRICS_NAMESPACE: "RightsAlmanac" };
const metrics = (...list: readonly { Name: string; Unit: string }[]) => ({
  _aws: { Timestamp: expect.any(Number), CloudWatchMetrics: [{ Namespace: "RightsAlmanac", Dimensions: [["service"]], Metrics: list }] },
  service: "rights-almanac-test",
});

test("there are at most ten metrics, which is what CloudWatch gives for nothing", () => expect(Object.keys(metricUnits).length).toBeLessThanOrEqual(10));

test("what is counted in an invocation is written in one line, with the stage as its only dimension", async () => {
  const code = `${begin} console.log(await metered(async (meter) => { meter.add("SourcesPolled"); meter.add("SourcesPolled", 2); meter.add("PollsDropped", 0); return "done"; }));`;
  expect(await spoken(code, env)).toEqual([
    { ...metrics({ Name: "SourcesPolled", Unit: "Count" }, { Name: "PollsDropped", Unit: "Count" }), SourcesPolled: 3, PollsDropped: 0 },
    "done",
  ]);
});

test("ages are in seconds", async () => {
  expect(await spoken(`${begin} await metered(async (meter) => meter.add("OldestOwedSeconds", 312));`, env)).toEqual([{ ...metrics({ Name: "OldestOwedSeconds", Unit: "Seconds" }), OldestOwedSeconds: 312 }]);
});

test("what was counted is written also when the work throws, and the error goes on", async () => {
  expect(await spoken(`${begin} await metered(async (meter) => { meter.add("AlertsSent"); throw new Error("away"); });`, env)).toEqual([{ ...metrics({ Name: "AlertsSent", Unit: "Count" }), AlertsSent: 1 }, "it failed"]);
});

test("an invocation that counted nothing writes nothing, and the next one begins at nothing", async () => {
  const code = `${begin} await metered(async () => undefined); for (const value of [1, 2]) await metered(async (meter) => meter.add("AlertsSent", value));`;
  expect((await spoken(code, env)).map((line) => (typeof line === "object" && line !== null && "AlertsSent" in line ? line.AlertsSent : line))).toEqual([1, 2]);
});
