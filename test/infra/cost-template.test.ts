import { expect, test } from "vitest";
import { billOf } from "../../infra/cost/bill.ts";
import { figures } from "../../infra/cost/prices.ts";
import { resourceCosts } from "../../infra/cost/resources.ts";
import { settingsFor } from "../../infra/cost/settings.ts";
import { functionNames } from "../../shared/stage.ts";
import { monitor, names, records } from "./template.ts";

const settings = settingsFor({ subscribers: 10, https: 0, sms: 0, smsCountry: "US", keys: 0 });
const bill = billOf({ name: "a month", minutes: 43_800, sources: 1, polls: 1, messages: 1, sends: 1, editions: 1, abouts: 1, times: 1 }, settings);

type Resource = { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> };
const resources: Resource[] = [records, monitor].flatMap((template): Resource[] => Object.values(template.toJSON()["Resources"] ?? {}));
const all = (type: string): Resource[] => resources.filter(({ Type }) => Type === type);

test("every type of resource is billed by a line, or is known to cost nothing", () => {
  expect([...new Set(resources.map(({ Type }) => Type))].filter((type) => !Object.hasOwn(resourceCosts, type))).toEqual([]);
});

test("every line that a resource names is on the bill, and every line is somebody's", () => {
  const named = new Set(Object.values(resourceCosts).flatMap((billed) => ("lines" in billed ? billed.lines : [])));
  const ids = bill.charges.map(({ id }) => id);
  expect([...named].filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids.filter((id) => !named.has(id))).toEqual([]);
});

test("functions have the memory that is billed", () => {
  const memory = all("AWS::Lambda::Function").map(({ Properties }) => [Properties?.["FunctionName"], Properties?.["MemorySize"]]);
  expect(Object.fromEntries(memory)).toEqual(Object.fromEntries(functionNames.map((name) => [names.function(name), settings.memoryMB[name]])));
});

test("Lambda waits at two queues, runs poll as often side by side as is billed, and may rest at the other", () => {
  const mappings = all("AWS::Lambda::EventSourceMapping");
  expect(mappings).toHaveLength(2);
  expect(mappings.map(({ Properties }) => Properties?.["ScalingConfig"])).toEqual(expect.arrayContaining([undefined, { MaximumConcurrency: figures.pollEnvironments.value }]));
  expect(mappings.filter(({ Properties }) => Properties?.["ProvisionedPollerConfig"] !== undefined)).toEqual([]);
});

test("schedules run every minute and every ten", () => {
  const minutes = all("AWS::Scheduler::Schedule").map(({ Properties }) => Number(/(?:rate\(|cron\(0\/)(\d+) /.exec(String(Properties?.["ScheduleExpression"]))?.[1]));
  expect(minutes.toSorted((a, b) => a - b)).toEqual([1, 1440 / figures.watchRunsADay.value, 1440 / figures.compareRunsADay.value]);
});

test("alarms look at as many metrics as are billed, and all of standard resolution", () => {
  const metrics = all("AWS::CloudWatch::Alarm").flatMap(({ Properties }) => {
    const list = Properties?.["Metrics"];
    return Array.isArray(list) ? list.filter((one: object) => "MetricStat" in one) : [Properties];
  });
  expect(metrics).toHaveLength(figures.alarmMetrics.value);
  expect(JSON.stringify(metrics)).not.toMatch(/"Period":(10|20|30)\b/);
});

test("there is one dashboard, small enough for the allowance", () => {
  const [dashboard, ...others] = all("AWS::CloudWatch::Dashboard");
  expect(others).toEqual([]);
  const series = JSON.stringify(dashboard).match(/\\"AWS\/\w+\\"|\\"RightsAlmanac\\"/g) ?? [];
  expect(series.length).toBeGreaterThan(10);
  expect(series.length).toBeLessThanOrEqual(50);
});

test("logs are kept as long as is billed, the table is on demand with its backup, and no key is our own", () => {
  expect(all("AWS::Logs::LogGroup").map(({ Properties }) => Properties?.["RetentionInDays"])).toEqual(functionNames.map(() => 30));
  expect(all("AWS::DynamoDB::GlobalTable").map(({ Properties }) => Properties?.["BillingMode"])).toEqual(["PAY_PER_REQUEST"]);
  expect(JSON.stringify(all("AWS::DynamoDB::GlobalTable"))).toContain('"PointInTimeRecoveryEnabled":true');
  expect(all("AWS::KMS::Key")).toEqual([]);
});
