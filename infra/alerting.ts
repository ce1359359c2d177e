import { Duration } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { alertKey, itemKey, seriesPartition, sourceKey, subscriptionPartition, watchKey } from "../shared/records/keys.ts";
import type { StageNames } from "../shared/stage.ts";
import { AlmanacFunction } from "./function.ts";
import { mayBeFed, mayPublish, mayQueryIndex, mayReadCatalogue, mayUseRecords } from "./grants.ts";
import type { Kept } from "./kept.ts";
import { OrderedQueue } from "./queues.ts";
import { sizes } from "./sizes.ts";

/** What alerting needs from the rest. */
export interface AlertingProps {
  readonly names: StageNames;
  readonly bundles: string;
  readonly kept: Kept;
  /** The email address to which readers write to end their messages. */
  readonly contact: string;
  /** The address of the site where editions have pages, for the links of SMS. */
  readonly site?: string | undefined;
}

/** Sends owed alerts, one at a time: its queue has one group. */
export class Alerting extends Construct {
  readonly notify: AlmanacFunction;
  readonly queue: OrderedQueue;

  constructor(scope: Construct, id: string, { names, bundles, kept, contact, site }: AlertingProps) {
    super(scope, id);
    this.queue = new OrderedQueue(this, "Queue", {
      queueName: names.notifyQueue,
      deadQueueName: names.notifyDeadQueue,
      // The record owes the alert, and watch asks for it again: kept longer, copies would heap up while sending fails.
      retention: Duration.hours(1),
      timeout: Duration.seconds(sizes.notify.timeoutSeconds),
      // An alert that cannot be sent does not come again. One that ends the function itself does, and holds up those
      // behind it: at 0 and 6 minutes; at 12 it goes to the dead-letter queue.
      maxReceiveCount: 2,
    });
    const alertable = [itemKey("*").pk, seriesPartition("*"), sourceKey("*").pk, watchKey.pk];
    this.notify = new AlmanacFunction(this, "Notify", {
      names,
      name: "notify",
      description: "Composes owed alerts and publishes them, at most 8 a second.",
      bundles,
      environment: { TABLE_NAME: kept.tableName, BUCKET_NAME: kept.bucketName, TOPIC_ARN: kept.alertsTopicArn, ALMANAC_CONTACT: contact, ...(site === undefined ? {} : { ALMANAC_SITE: site }) },
      may: [
        mayReadCatalogue(kept),
        mayUseRecords(kept, { sid: "SettleAlerts", actions: ["GetItem", "PutItem"], partitions: [...alertable, alertKey("*").pk, subscriptionPartition] }),
        mayQueryIndex(kept, "month"),
        mayUseRecords(kept, { sid: "ReadWhatDigestsTell", actions: ["BatchGetItem"], partitions: [alertKey("*").pk] }),
        mayUseRecords(kept, { sid: "ReadEarlierEditions", actions: ["Query"], partitions: [seriesPartition("*")] }),
        mayUseRecords(kept, { sid: "ReadSubscriptions", actions: ["Query"], partitions: [subscriptionPartition] }),
        mayPublish(kept.alertsTopicArn),
        mayBeFed(this.queue.queue.queueArn),
      ],
    });
    this.queue.feed(this.notify);
  }
}
