import type { CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { alertKey, installKey, itemKey, planKey, seriesPartition, sourceKey, subscriptionPartition, watchKey } from "../shared/records/keys.ts";
import type { StageNames } from "../shared/stage.ts";
import { AlmanacFunction } from "./function.ts";
import { acknowledgeReaders, mayKeepForReaders, mayQueryIndex, mayReadCatalogue, maySend, mayUseRecords } from "./grants.ts";
import type { Kept } from "./kept.ts";
import { Schedule } from "./schedule.ts";

/** What watching needs from the rest. */
export interface WatchingProps {
  readonly names: StageNames;
  readonly bundles: string;
  readonly kept: Kept;
  readonly scheduleGroup: CfnScheduleGroup;
  readonly notifyQueue: IQueue;
  readonly failures: IQueue;
}

/** Looks every ten minutes for alerts that stayed owed and for sources that cannot be read, and every hour at where editions stand. */
export class Watching extends Construct {
  readonly watch: AlmanacFunction;

  constructor(scope: Construct, id: string, { names, bundles, kept, scheduleGroup, notifyQueue, failures }: WatchingProps) {
    super(scope, id);
    this.watch = new AlmanacFunction(this, "Watch", {
      names,
      name: "watch",
      description: "Tells what is late, looks for alerts that stayed owed, counts sources that cannot be read, and keeps what readers look for items in.",
      bundles,
      failures,
      environment: { TABLE_NAME: kept.tableName, BUCKET_NAME: kept.bucketName, NOTIFY_QUEUE_URL: notifyQueue.queueUrl },
      may: [
        mayReadCatalogue(kept),
        mayKeepForReaders(kept),
        mayQueryIndex(kept, "owed"),
        mayQueryIndex(kept, "deviating"),
        mayUseRecords(kept, { sid: "ReadOwedAndPlan", actions: ["GetItem"], partitions: [installKey.pk, itemKey("*").pk, planKey.pk, seriesPartition("*"), sourceKey("*").pk, watchKey.pk] }),
        mayUseRecords(kept, { sid: "ReadHealthAndStandings", actions: ["BatchGetItem"], partitions: [sourceKey("*").pk, seriesPartition("*")] }),
        mayUseRecords(kept, { sid: "ReadEditions", actions: ["Query"], partitions: [seriesPartition("*")] }),
        mayUseRecords(kept, { sid: "NoteStandings", actions: ["PutItem"], partitions: [seriesPartition("*"), watchKey.pk] }),
        mayQueryIndex(kept, "month"),
        mayUseRecords(kept, { sid: "PlanDigests", actions: ["GetItem", "PutItem", "Query"], partitions: [subscriptionPartition] }),
        mayUseRecords(kept, { sid: "ReadWhatWaits", actions: ["BatchGetItem"], partitions: [alertKey("*").pk] }),
        maySend("SendToNotify", notifyQueue.queueArn),
      ],
    });
    acknowledgeReaders(this.watch, names);
    new Schedule(this, "EveryTenMinutes", { names, name: "watch", target: this.watch, group: scheduleGroup, everyMinutes: 10, failures });
  }
}
