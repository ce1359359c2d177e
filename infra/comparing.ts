import type { CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Validations } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { seriesPartition } from "../shared/records/keys.ts";
import { evidencePrefix, type StageNames } from "../shared/stage.ts";
import { AlmanacFunction } from "./function.ts";
import { mayKeepEvidence, mayQueryIndex, mayReadCatalogue, maySend, mayUseRecords } from "./grants.ts";
import type { Kept } from "./kept.ts";
import { Schedule } from "./schedule.ts";
import type { Settings } from "./settings.ts";

/** What comparing needs from the rest. */
export interface ComparingProps {
  readonly names: StageNames;
  readonly bundles: string;
  readonly kept: Kept;
  readonly settings: Settings;
  readonly scheduleGroup: CfnScheduleGroup;
  readonly notifyQueue: IQueue;
  readonly failures: IQueue;
}

/** Looks every ten minutes for editions whose documents are to be kept and compared. */
export class Comparing extends Construct {
  readonly compare: AlmanacFunction;

  constructor(scope: Construct, id: string, { names, bundles, kept, settings, scheduleGroup, notifyQueue, failures }: ComparingProps) {
    super(scope, id);
    this.compare = new AlmanacFunction(this, "Compare", {
      names,
      name: "compare",
      description: "Keeps the documents of editions as evidence, and says what is different in them.",
      bundles,
      failures,
      environment: { TABLE_NAME: kept.tableName, BUCKET_NAME: kept.bucketName, NOTIFY_QUEUE_URL: notifyQueue.queueUrl, ALMANAC_CONTACT: settings.contact },
      may: [
        mayReadCatalogue(kept),
        mayKeepEvidence(kept),
        mayQueryIndex(kept, "deviating"),
        mayUseRecords(kept, { sid: "NoteDocuments", actions: ["GetItem", "PutItem", "Query"], partitions: [seriesPartition("*")] }),
        maySend("SendToNotify", notifyQueue.queueArn),
      ],
    });
    const reason = "Documents are called by their hashes, which nobody knows before.";
    Validations.of(this.compare).acknowledge({ id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${names.bucket("<AWS::AccountId>", "<AWS::Region>")}/${evidencePrefix}*]`, reason });
    new Schedule(this, "EveryTenMinutes", { names, name: "compare", target: this.compare, group: scheduleGroup, everyMinutes: 10, failures });
  }
}
