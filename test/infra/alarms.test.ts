import { describe, expect, test } from "vitest";
import { metricUnits } from "../../shared/lambda/metric-names.ts";
import { anchors, doc } from "../docs/markdown.ts";
import { inside, objectsOf, type Properties, textOf } from "../lambda/json.ts";
import { resourcesOf, textsIn } from "./resources.ts";
import { monitor, names } from "./template.ts";

const alarms = resourcesOf(monitor, "AWS::CloudWatch::Alarm").map(({ properties }) => properties);
/** The one metric that an alarm looks at, by itself or filled where it is silent. */
function metricOf(alarm: (typeof alarms)[number] = {}): Properties {
  const filled = objectsOf(alarm["Metrics"]).find((one) => "MetricStat" in one);
  return filled ? { ...objectsOf([inside(filled, "MetricStat", "Metric")])[0], Period: inside(filled, "MetricStat", "Period") } : alarm;
}
const named = (runbook: string) => alarms.find(({ AlarmName }) => AlarmName === `${names.monitorStack}-${runbook}`);
const [, text = ""] = doc("docs/operating.md").text.split(/^## Runbooks$/m);
const runbooks = anchors({ path: "", text });

describe("alarms", () => {
  test("are ten at most, with one metric each: CloudWatch gives ten for nothing", () => {
    expect(alarms.length).toBeLessThanOrEqual(10);
    for (const alarm of alarms) expect(objectsOf(alarm["Metrics"]).filter((one) => "MetricStat" in one).length).toBe("Metrics" in alarm ? 1 : 0);
  });

  test.each(alarms.map(({ AlarmName, AlarmDescription }) => [textOf(AlarmName), textOf(AlarmDescription)]))("%s leads to its runbook", (name, description) => {
    const [, link = ""] = /\. Runbook: (docs\/operating\.md#\S+)$/.exec(description) ?? [];
    expect(link).toBe(`docs/operating.md#${name.slice(names.monitorStack.length + 1)}`);
    expect(runbooks).toContain(link.split("#")[1]);
  });

  test("every runbook is of an alarm, or of the budget, and says what it means, how to look and how to mend", () => {
    const headings = runbooks.filter((runbook) => !named(runbook));
    expect(headings).toEqual(["over-budget"]);
    const sections = text.split(/^### /m).slice(1).filter((section) => !section.startsWith("Over budget"));
    for (const section of sections) for (const part of ["What it means.", "How to look.", "How to mend."]) expect(section).toContain(`**${part}**`);
  });

  test("tell the operator when they begin, and those on silence when they end", () => {
    const [topic] = resourcesOf(monitor, "AWS::SNS::Topic");
    for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([{ Ref: topic?.id }]);
    const ending = alarms.filter(({ OKActions }) => OKActions !== undefined);
    expect(ending.map(({ AlarmName }) => AlarmName)).toEqual(["nothing-planned", "alerts-owed"].map((runbook) => `${names.monitorStack}-${runbook}`));
    for (const { OKActions } of ending) expect(OKActions).toEqual([{ Ref: topic?.id }]);
  });

  test.each([
    ["nothing-planned", 60, 0],
    ["alerts-owed", 300, 999_999_999],
  ])("%s takes each of %d silent seconds for %d, leaves no point missing, and rings after 15 minutes", (runbook, seconds, silence) => {
    const alarm = named(runbook);
    expect(alarm).toMatchObject({ TreatMissingData: "breaching", EvaluationPeriods: 900 / seconds });
    expect(alarm).not.toHaveProperty("DatapointsToAlarm");
    const [filled, ...others] = objectsOf(alarm?.["Metrics"]).filter((one) => "Expression" in one);
    expect(others).toEqual([]);
    expect(filled).toMatchObject({ Expression: `FILL(heard, ${silence})` });
    expect(metricOf(alarm)).toMatchObject({ Period: seconds });
    const { ComparisonOperator, Threshold } = alarm ?? {};
    expect(ComparisonOperator === "LessThanThreshold" ? silence < Number(Threshold) : silence > Number(Threshold)).toBe(true);
  });

  test.each([
    ["alerts-owed", "OldestOwedSeconds", "GreaterThanThreshold", 600],
    ["nothing-planned", "MinutesPlanned", "LessThanThreshold", 1],
    ["sources-lost", "SourcesNewlyLost", "GreaterThanThreshold", 0],
    ["alerts-refused", "PublishFailures", "GreaterThanThreshold", 0],
    ["polling-behind", "ApproximateAgeOfOldestMessage", "GreaterThanThreshold", 780],
    ["alerts-undelivered", "NumberOfNotificationsFailed", "GreaterThanThreshold", 0],
  ])("%s looks at %s: %s %d", (runbook, metric, comparison, threshold) => {
    expect(metricOf(named(runbook))).toMatchObject({ MetricName: metric });
    expect(named(runbook)).toMatchObject({ ComparisonOperator: comparison, Threshold: threshold });
  });

  test("sms-spend is told at what the operator set", () => expect(named("sms-spend")).toMatchObject({ MetricName: "SMSMonthToDateSpentUSD", Threshold: { Ref: "SmsAlarm" } }));

  test("every dead-letter queue has one", () => {
    const dead = resourcesOf(monitor, "AWS::SQS::Queue").filter(({ properties }) => /-dead(\.fifo)?$/.test(textOf(properties["QueueName"])));
    const watched = alarms.filter(({ MetricName }) => MetricName === "ApproximateNumberOfMessagesVisible").map(({ Dimensions }) => textsIn(Dimensions));
    expect(dead.map(({ id }) => watched.filter((texts) => texts.includes(id)).length)).toEqual([1, 1, 1]);
  });
});

describe("metrics of our own", () => {
  test("are ten at most, as each is one series", () => expect(Object.keys(metricUnits).length).toBeLessThanOrEqual(10));

  test("have one dimension, which is the same for all functions of a stage", () => {
    const services = resourcesOf(monitor, "AWS::Lambda::Function").map(({ properties }) => inside(properties, "Environment", "Variables", "POWERTOOLS_SERVICE_NAME"));
    expect(new Set(services)).toEqual(new Set([names.monitorStack]));
    const own = alarms.map(metricOf).filter(({ Namespace }) => Namespace === "RightsAlmanac");
    expect(own.map(({ MetricName }) => MetricName)).toEqual(["MinutesPlanned", "OldestOwedSeconds", "SourcesNewlyLost", "PublishFailures"]);
    for (const { Dimensions } of own) expect(Dimensions).toEqual([{ Name: "service", Value: names.monitorStack }]);
  });
});

describe("the dashboard", () => {
  const [dashboard] = resourcesOf(monitor, "AWS::CloudWatch::Dashboard");
  const body = textsIn(dashboard?.properties["DashboardBody"]).join("");

  test("shows fifty metrics at most, as a free one may", () => {
    const metrics = [...body.matchAll(/\["(AWS\/[A-Za-z]+|RightsAlmanac)",/g)];
    expect(metrics.length).toBeGreaterThan(20);
    expect(metrics.length).toBeLessThanOrEqual(50);
  });

  test("shows every metric of our own, and says what to see in them", () => {
    for (const metric of Object.keys(metricUnits)) expect(body).toContain(`"${metric}"`);
    for (const question of ["Are the sources read?", "Do alerts reach people?", "Is the machinery well?"]) expect(body).toContain(question);
  });

  test("has the name of the stage and the region, as names of dashboards are the account's", () => {
    expect(dashboard?.properties["DashboardName"]).toEqual({ "Fn::Join": ["", [`${names.monitorStack}-`, { Ref: "AWS::Region" }]] });
  });
});
