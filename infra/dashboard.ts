import { AlarmStatusWidget, type Alarm, Dashboard as CloudWatchDashboard, GraphWidget, type IMetric, type IWidget, PeriodOverride, Stats, TextWidget } from "aws-cdk-lib/aws-cloudwatch";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Aws, Duration } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import type { StageNames } from "../shared/stage.ts";
import { alertsTopicMetric, ownMetric, smsSpend } from "./alarms.ts";
import type { AlmanacFunction } from "./function.ts";

/** What the dashboard shows. */
export interface DashboardProps {
  readonly names: StageNames;
  readonly alarms: readonly Alarm[];
  readonly functions: readonly AlmanacFunction[];
  readonly pollQueue: IQueue;
  readonly notifyQueue: IQueue;
  readonly deadQueues: readonly IQueue[];
}

const period = Duration.minutes(15);
const fullWidth = 24;

function words(markdown: string, height = 2): TextWidget {
  return new TextWidget({ markdown, width: fullWidth, height });
}

function graph(title: string, metrics: readonly IMetric[], of = 3): GraphWidget {
  return new GraphWidget({ title, left: [...metrics], width: fullWidth / of, height: 6, leftYAxis: { min: 0, showUnits: false } });
}

function waiting(queue: IQueue, label: string): IMetric {
  return queue.metricApproximateAgeOfOldestMessage({ statistic: Stats.MAXIMUM, period, label });
}

function rows({ names, alarms, functions, pollQueue, notifyQueue, deadQueues }: DashboardProps): IWidget[][] {
  return [
    [words(`# Rights Almanac: ${names.stage}\nGreen means that sources are read and alerts go out. Each alarm's description names its runbook.`), new AlarmStatusWidget({ title: "Alarms", alarms: [...alarms], width: fullWidth, height: 3 })],
    [words("## Are the sources read?\nFifteen minutes should be planned in fifteen minutes. Polls that wait or are dropped mean that reading does not keep up.", 3)],
    [
      graph("Minutes planned, sources polled", [ownMetric(names, "MinutesPlanned", Stats.SUM, "minutes planned"), ownMetric(names, "SourcesPolled", Stats.SUM, "sources polled")], 4),
      graph("Last planned minute, seconds ago", [ownMetric(names, "PlanAgeSeconds", Stats.MAXIMUM, "seconds ago")], 4),
      graph("Left to a later turn", [ownMetric(names, "TicksDropped", Stats.SUM, "late ticks"), ownMetric(names, "PollsDropped", Stats.SUM, "old polls")], 4),
      graph("Sources blocked or dead", [ownMetric(names, "SourcesLost", Stats.MAXIMUM, "sources"), ownMetric(names, "SourcesNewlyLost", Stats.MAXIMUM, "of them since a day")], 4),
    ],
    [words("## Do alerts reach people?\nNothing should be owed for longer than a few minutes. One alert is delivered once to each who wants it.", 3)],
    [
      graph("Alerts", [ownMetric(names, "AlertsSent", Stats.SUM, "taken by SNS"), alertsTopicMetric(names, "NumberOfNotificationsDelivered", "delivered"), ownMetric(names, "PublishFailures", Stats.SUM, "refused"), alertsTopicMetric(names, "NumberOfNotificationsFailed", "not delivered")]),
      graph("Oldest alert that is owed, seconds", [ownMetric(names, "OldestOwedSeconds", Stats.MAXIMUM, "owed for")]),
      graph("SMS", [smsSpend().with({ label: "US dollars this month" })]),
    ],
    [words("## Is the machinery well?\nErrors should be none; waiting should be seconds; a message among those given up wants a look.", 3)],
    [
      graph("Errors", functions.map(({ lambda, node }) => lambda.metricErrors({ period, label: node.id })), 4),
      graph("Longest run, milliseconds", functions.map(({ lambda, node }) => lambda.metricDuration({ period, statistic: Stats.MAXIMUM, label: node.id })), 4),
      graph("Longest wait, seconds", [waiting(pollQueue, "poll"), waiting(notifyQueue, "notify")], 4),
      graph("Given up", deadQueues.map((queue) => queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM, label: queue.node.path.split("/").slice(1, 2).join("") })), 4),
    ],
  ];
}

/** One page that answers, in this order: are the sources read, do alerts reach people, is the machinery well. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    // Names of dashboards are the account's, not the region's.
    const dashboardName = `${props.names.monitorStack}-${Aws.REGION}`;
    new CloudWatchDashboard(this, "Page", { dashboardName, defaultInterval: Duration.days(1), periodOverride: PeriodOverride.INHERIT, widgets: rows(props) });
  }
}
