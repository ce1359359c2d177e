import { describe, expect, test } from "vitest";
import { metricUnits } from "../../shared/lambda/metric-names.ts";
import { anchors, doc } from "../docs/markdown.ts";
import { inside, isObject, textOf } from "../lambda/json.ts";
import { resourcesOf, textsIn } from "./resources.ts";
import { monitor, names } from "./template.ts";

const alarms = resourcesOf(monitor, "AWS::CloudWatch::Alarm").map(({ properties }) => properties);
const named = (runbook: string) => alarms.find(({ AlarmName }) => AlarmName === `${names.monitorStack}-${runbook}`);
const [, text = ""] = doc("docs/operating.md").text.split(/^## Runbooks$/m);
const runbooks = anchors({ path: "", text });

describe("alarms", () => {
  test("are ten at most, with one metric each, as CloudWatch gives for nothing", () => {
    expect(alarms.length).toBeLessThanOrEqual(10);
    expect(alarms.filter((alarm) => "Metrics" in alarm)).toEqual([]);
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

  test("tell the operator when they begin and when they end", () => {
    const [topic] = resourcesOf(monitor, "AWS::SNS::Topic");
    for (const { AlarmActions, OKActions } of alarms) expect([AlarmActions, OKActions]).toEqual([[{ Ref: topic?.id }], [{ Ref: topic?.id }]]);
  });

  test.each(["nothing-planned", "alerts-owed"])("%s breaches where nothing is heard, within 15 minutes", (runbook) => {
    expect(named(runbook)).toMatchObject({ TreatMissingData: "breaching", Period: 900, EvaluationPeriods: 1 });
  });

  test.each([
    ["alerts-owed", "OldestOwedSeconds", "GreaterThanThreshold", 600],
    ["nothing-planned", "MinutesPlanned", "LessThanThreshold", 1],
    ["sources-lost", "SourcesLost", "GreaterThanThreshold", 0],
    ["alerts-refused", "PublishFailures", "GreaterThanThreshold", 0],
    ["polling-behind", "ApproximateAgeOfOldestMessage", "GreaterThanThreshold", 780],
    ["alerts-undelivered", "NumberOfNotificationsFailed", "GreaterThanThreshold", 0],
  ])("%s looks at %s: %s %d", (runbook, metric, comparison, threshold) => expect(named(runbook)).toMatchObject({ MetricName: metric, ComparisonOperator: comparison, Threshold: threshold }));

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
    const own = alarms.filter(({ Namespace }) => Namespace === "RightsAlmanac");
    expect(own.length).toBeGreaterThan(0);
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

  test("has the name of the stage", () => expect(isObject(dashboard?.properties) && dashboard.properties["DashboardName"]).toBe(names.monitorStack));
});
