import { Alarm, ComparisonOperator, type IMetric, MathExpression, Metric, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Duration } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import type { MetricName } from "../shared/lambda/metric-names.ts";
import type { StageNames } from "../shared/stage.ts";
import type { Settings } from "./settings.ts";

/** What is watched, and who hears of it. */
export interface AlarmsProps {
  readonly names: StageNames;
  readonly settings: Settings;
  readonly pollQueue: IQueue;
  readonly deadQueues: { readonly poll: IQueue; readonly notify: IQueue; readonly rest: IQueue };
  readonly operator: ITopic;
}

/** Metrics of our own: one series each, as their one dimension is the stage. */
export function ownMetric({ monitorStack }: StageNames, metricName: MetricName, statistic: string, label?: string): Metric {
  return new Metric({ namespace: "RightsAlmanac", metricName, dimensionsMap: { service: monitorStack }, statistic, period, label });
}

/** What SNS counts of the alerts that it took. */
export function alertsTopicMetric({ alertsTopic }: StageNames, metricName: string, label?: string): Metric {
  return new Metric({ namespace: "AWS/SNS", metricName, dimensionsMap: { TopicName: alertsTopic }, statistic: Stats.SUM, period, label });
}

/** What SMS cost since the month began, in the whole account and this region. */
export function smsSpend(): Metric {
  return new Metric({ namespace: "AWS/SNS", metricName: "SMSMonthToDateSpentUSD", statistic: Stats.MAXIMUM, period });
}

/** So long that a run every ten minutes is in each of them, although CloudWatch moves it on by the minute. */
const period = Duration.minutes(15);

/** After so long a silence an alarm rings that waits for something to be heard. */
const longestSilenceMinutes = 15;

/** What an alarm on silence looks at: periods that together are as long as the longest silence. */
interface Heard {
  readonly metric: IMetric;
  readonly periods: number;
}

/**
 * A metric of our own in periods of some minutes, with a value in place of silence. Missing points are not left to the
 * alarm: it looks back further than it judges, and there an old point that is well would keep it quiet (45 minutes and
 * more where one period of 15 is judged).
 */
function heard(names: StageNames, metricName: MetricName, statistic: string, minutes: number, silence: number): Heard {
  const each = Duration.minutes(minutes);
  const metric = new MathExpression({ expression: `FILL(heard, ${silence})`, usingMetrics: { heard: ownMetric(names, metricName, statistic).with({ period: each }) }, period: each });
  return { metric, periods: longestSilenceMinutes / minutes };
}

/** Longer than any alert is ever owed. */
const owedForEver = 999_999_999;

interface Watched {
  /** The name of its heading among the runbooks in docs/operating.md, as a link has it. */
  readonly runbook: string;
  readonly says: string;
  readonly metric: IMetric;
  readonly breach: ">" | ">=" | "<";
  readonly threshold: number;
  /** How many periods in a row must breach; one unless given. Given where hearing nothing means that something stopped. */
  readonly periods?: number;
}

const comparisons: Readonly<Record<Watched["breach"], ComparisonOperator>> = {
  ">": ComparisonOperator.GREATER_THAN_THRESHOLD,
  ">=": ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  "<": ComparisonOperator.LESS_THAN_THRESHOLD,
};

function notEmpty(runbook: string, says: string, queue: IQueue): Watched {
  const metric = queue.metricApproximateNumberOfMessagesVisible({ statistic: Stats.MAXIMUM, period: Duration.minutes(5) });
  return { runbook, says, metric, breach: ">", threshold: 0 };
}

/** A poll that fails twice is among those given up after 12 minutes, and that has an alarm of its own. */
const longestWaitSeconds = 13 * 60;

/** Ten, which CloudWatch gives for nothing. */
function watched({ names, settings, pollQueue, deadQueues }: AlarmsProps): Watched[] {
  return [
    { runbook: "nothing-planned", says: "Nothing was planned for 15 minutes, so no source is read.", ...heard(names, "MinutesPlanned", Stats.SUM, 1, 0), breach: "<", threshold: 1 },
    { runbook: "polling-behind", says: "Polls have waited for more than 13 minutes. After 15 they are forgotten.", metric: pollQueue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period: Duration.minutes(5) }), breach: ">", threshold: longestWaitSeconds },
    { runbook: "alerts-owed", says: "An alert has been owed for more than 10 minutes, or nobody looks any more.", ...heard(names, "OldestOwedSeconds", Stats.MAXIMUM, 5, owedForEver), breach: ">", threshold: 600 },
    notEmpty("polls-given-up", "A poll failed twice by a fault of ours.", deadQueues.poll),
    notEmpty("alerts-given-up", "Sending an alert broke off twice. It stays owed.", deadQueues.notify),
    notEmpty("runs-given-up", "A run of plan, watch or compare failed.", deadQueues.rest),
    { runbook: "sources-lost", says: "Within the last day a source could no longer be read.", metric: ownMetric(names, "SourcesNewlyLost", Stats.MAXIMUM), breach: ">", threshold: 0 },
    { runbook: "alerts-refused", says: "An alert could not be sent. It stays owed, and is tried again.", metric: ownMetric(names, "PublishFailures", Stats.SUM), breach: ">", threshold: 0 },
    { runbook: "alerts-undelivered", says: "SNS could not deliver an alert to somebody.", metric: alertsTopicMetric(names, "NumberOfNotificationsFailed"), breach: ">", threshold: 0 },
    { runbook: "sms-spend", says: "SMS of this month cost more than was allowed for. At the account's limit they stop.", metric: smsSpend(), breach: ">=", threshold: settings.smsAlarmUsd },
  ];
}

/** Silence is a failure: what stops is told as what breaks is. Each alarm names the page that says what to do. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const tell = new SnsAction(props.operator);
    this.all = watched(props).map(({ runbook, says, metric, breach, threshold, periods }) => {
      const alarm = new Alarm(this, runbook, {
        alarmName: `${props.names.monitorStack}-${runbook}`,
        alarmDescription: `${says} Runbook: docs/operating.md#${runbook}`,
        metric,
        comparisonOperator: comparisons[breach],
        threshold,
        evaluationPeriods: periods ?? 1,
        treatMissingData: periods ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(tell);
      // That the others end says no more than that time went by: what broke is still to be looked at.
      if (periods) alarm.addOkAction(tell);
      return alarm;
    });
  }
}
