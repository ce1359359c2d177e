import { CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import { CfnOutput, Stack } from "aws-cdk-lib/core";
import type { Construct } from "constructs";
import type { StageNames } from "../shared/stage.ts";
import { Alarms } from "./alarms.ts";
import { Alerting } from "./alerting.ts";
import { Comparing } from "./comparing.ts";
import { Dashboard } from "./dashboard.ts";
import { keptOf } from "./kept.ts";
import type { MailSettings } from "./mail.ts";
import { Operator } from "./operator.ts";
import { Polling } from "./polling.ts";
import { DeadQueue } from "./queues.ts";
import { addSettings } from "./settings.ts";
import { Site } from "./site.ts";
import { Watching } from "./watching.ts";

/** What a monitor is made of. */
export interface MonitorProps {
  readonly names: StageNames;
  /** The folder in which every function has its bundle, in a folder of its name. */
  readonly bundles: string;
  /** The variables that sources of the catalogue name as their credential. */
  readonly credentials: readonly string[];
  readonly hasBudget: boolean;
  readonly hasSite: boolean;
  /** The address of the site where editions have pages, as people were told it. */
  readonly site?: string | undefined;
  /** Where mail comes in; left out where it does not. */
  readonly mail?: MailSettings | undefined;
}

/** The monitor of a stage: all that can be thrown away and deployed again. */
export class MonitorStack extends Stack {
  constructor(scope: Construct, { names, bundles, credentials, hasBudget, hasSite, site, mail }: MonitorProps) {
    super(scope, names.monitorStack, { description: `Rights Almanac, stage ${names.stage}: what reads and alerts.`, analyticsReporting: false });
    const settings = addSettings(this, credentials);
    const kept = keptOf(this, names);
    const operator = new Operator(this, "Operator", { names, settings, hasBudget });
    const failures = new DeadQueue(this, "Failures", names.deadQueue);
    const scheduleGroup = new CfnScheduleGroup(this, "Schedules", { name: names.monitorStack });
    const alerting = new Alerting(this, "Alerting", { names, bundles, kept, contact: settings.contact, site });
    const notifyQueue = alerting.queue.queue;
    const polling = new Polling(this, "Polling", { names, bundles, kept, settings, scheduleGroup, notifyQueue, failures, mail });
    const watching = new Watching(this, "Watching", { names, bundles, kept, scheduleGroup, notifyQueue, failures });
    const comparing = new Comparing(this, "Comparing", { names, bundles, kept, settings, scheduleGroup, notifyQueue, failures });
    const shown = hasSite ? new Site(this, "Site", { names, bundles, kept, site }) : undefined;
    if (shown) new CfnOutput(this, "SiteAddress", { value: shown.address, description: "Where the site is." });
    const deadQueues = { poll: polling.queue.dead, notify: alerting.queue.dead, rest: failures };
    const pollQueue = polling.queue.queue;
    const alarms = new Alarms(this, "Alarms", { names, settings, pollQueue, deadQueues, operator: operator.topic });
    const functions = [polling.plan, polling.poll, alerting.notify, watching.watch, comparing.compare, ...(shown ? [shown.pages] : [])];
    new Dashboard(this, "Dashboard", { names, alarms: alarms.all, functions, pollQueue, notifyQueue, deadQueues: Object.values(deadQueues) });
  }
}
