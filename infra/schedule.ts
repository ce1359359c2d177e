import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule, type CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Aws, Stack } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import type { FunctionName, StageNames } from "../shared/stage.ts";
import type { AlmanacFunction } from "./function.ts";
import { maySend } from "./grants.ts";

/** When a function is started, and what becomes of a start that failed. */
export interface ScheduleProps {
  readonly names: StageNames;
  readonly name: FunctionName;
  readonly target: AlmanacFunction;
  readonly group: CfnScheduleGroup;
  readonly everyMinutes: number;
  readonly failures: IQueue;
}

/** Starts a function every so many minutes, and tells it the minute that was meant. */
export class Schedule extends Construct {
  constructor(scope: Construct, id: string, { names, name, target, group, everyMinutes, failures }: ScheduleProps) {
    super(scope, id);
    const { functionArn } = target.lambda;
    const groupArn = Stack.of(this).formatArn({ service: "scheduler", resource: "schedule-group", resourceName: names.monitorStack });
    const role = new Role(this, "Role", {
      description: `What EventBridge Scheduler may do to start ${names.function(name)}.`,
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", { conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID, "aws:SourceArn": groupArn } } }),
      inlinePolicies: {
        start: new PolicyDocument({
          statements: [new PolicyStatement({ sid: "Start", actions: ["lambda:InvokeFunction"], resources: [functionArn] }), maySend("ReportFailures", failures.queueArn)],
        }),
      },
    });
    new CfnSchedule(this, "Schedule", {
      name: names.function(name),
      groupName: group.ref,
      // At full minutes, unlike rate(1 minute), which counts from the second in which it was made.
      scheduleExpression: `cron(0/${everyMinutes} * * * ? *)`,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify({ scheduled: "<aws.scheduler.scheduled-time>" }),
        // By default a start is tried again for a day; the next minute makes a lost one good.
        retryPolicy: { maximumRetryAttempts: 1, maximumEventAgeInSeconds: 60 },
        deadLetterConfig: { arn: failures.queueArn },
      },
    });
  }
}
