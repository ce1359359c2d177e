import type { CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Duration, Validations } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { installKey, itemKey, planKey, seriesPartition, sourceKey, watchKey } from "../shared/records/keys.ts";
import { mailPrefix, type StageNames } from "../shared/stage.ts";
import { AlmanacFunction } from "./function.ts";
import { mayBeFed, mayQueryIndex, mayReadCatalogue, mayReadMail, maySend, mayUseRecords } from "./grants.ts";
import type { Kept } from "./kept.ts";
import { Mail, type MailSettings } from "./mail.ts";
import { OrderedQueue } from "./queues.ts";
import { Schedule } from "./schedule.ts";
import type { Settings } from "./settings.ts";
import { pollRetentionMinutes, pollsSideBySide, sizes } from "./sizes.ts";

/** What polling needs from the rest. */
export interface PollingProps {
  readonly names: StageNames;
  readonly bundles: string;
  readonly kept: Kept;
  readonly settings: Settings;
  readonly scheduleGroup: CfnScheduleGroup;
  /** Where owed alerts go. */
  readonly notifyQueue: IQueue;
  readonly failures: IQueue;
  /** Where mail comes in; left out where it does not. */
  readonly mail?: MailSettings | undefined;
}

/** Plans every minute which sources are due, and polls them, host by host. */
export class Polling extends Construct {
  readonly plan: AlmanacFunction;
  readonly poll: AlmanacFunction;
  readonly queue: OrderedQueue;

  constructor(scope: Construct, id: string, props: PollingProps) {
    super(scope, id);
    const { names, scheduleGroup, failures } = props;
    this.queue = new OrderedQueue(this, "Queue", {
      queueName: names.pollQueue,
      deadQueueName: names.pollDeadQueue,
      retention: Duration.minutes(pollRetentionMinutes),
      timeout: Duration.seconds(sizes.poll.timeoutSeconds),
      // At 0 and 6 minutes; at 12 it goes to the dead-letter queue, before it would be forgotten at 15.
      maxReceiveCount: 2,
    });
    this.plan = addPlan(this, props, this.queue.queue);
    const mail = props.mail && new Mail(this, "Mail", { ...props, settings: props.mail });
    this.poll = addPoll(this, props, this.queue.queue, mail?.queue);
    this.queue.feed(this.poll, pollsSideBySide);
    mail?.feed(this.poll);
    new Schedule(this, "EveryMinute", { names, name: "plan", target: this.plan, group: scheduleGroup, everyMinutes: 1, failures });
  }
}

function addPlan(scope: Construct, { names, bundles, kept, failures }: PollingProps, pollQueue: IQueue): AlmanacFunction {
  return new AlmanacFunction(scope, "Plan", {
    names,
    name: "plan",
    description: "Says every minute which sources are due.",
    bundles,
    failures,
    environment: { TABLE_NAME: kept.tableName, BUCKET_NAME: kept.bucketName, POLL_QUEUE_URL: pollQueue.queueUrl },
    may: [
      mayReadCatalogue(kept),
      mayQueryIndex(kept, "deviating"),
      mayUseRecords(kept, { sid: "NotePlan", actions: ["GetItem", "PutItem"], partitions: [planKey.pk] }),
      mayUseRecords(kept, { sid: "ReadWhatIsInSeason", actions: ["GetItem"], partitions: [watchKey.pk] }),
      maySend("SendToPoll", pollQueue.queueArn),
    ],
  });
}

function addPoll(scope: Construct, { names, bundles, kept, settings, notifyQueue }: PollingProps, pollQueue: IQueue, mailQueue: IQueue | undefined): AlmanacFunction {
  const partitions = [installKey.pk, itemKey("*").pk, seriesPartition("*"), sourceKey("*").pk];
  const poll = new AlmanacFunction(scope, "Poll", {
    names,
    name: "poll",
    description: "Reads the sources of a host that are due, and records what they show.",
    bundles,
    environment: { TABLE_NAME: kept.tableName, BUCKET_NAME: kept.bucketName, POLL_QUEUE_URL: pollQueue.queueUrl, NOTIFY_QUEUE_URL: notifyQueue.queueUrl, ALMANAC_CONTACT: settings.contact, ...(mailQueue && { MAIL_QUEUE_ARN: mailQueue.queueArn }), ...settings.credentials },
    may: [
      mayReadCatalogue(kept),
      mayUseRecords(kept, { sid: "Record", actions: ["GetItem", "BatchGetItem", "PutItem"], partitions }),
      maySend("SendToNotify", notifyQueue.queueArn),
      maySend("SendBackToPoll", pollQueue.queueArn),
      ...(mailQueue ? [mayReadMail(kept), mayBeFed(pollQueue.queueArn, mailQueue.queueArn)] : [mayBeFed(pollQueue.queueArn)]),
    ],
  });
  const reason = "SES names the mail that it puts there.";
  if (mailQueue) Validations.of(poll).acknowledge({ id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${names.bucket("<AWS::AccountId>", "<AWS::Region>")}/${mailPrefix}*]`, reason });
  return poll;
}
