import { SNSClient } from "@aws-sdk/client-sns";
import { snsTopic } from "../../shared/alerts/sns-topic.ts";
import type { Topic } from "../../shared/alerts/topic.ts";
import { awsClient } from "../../shared/aws-client.ts";
import type { Stage } from "./open.ts";

/** The topic to which a stage publishes its alerts. */
export function topicArn({ names, partition, region, account }: Stage): string {
  return `arn:${partition}:sns:${region}:${account}:${names.alertsTopic}`;
}

/** The queue for what that topic could not deliver. */
function undeliveredArn({ names, partition, region, account }: Stage): string {
  return `arn:${partition}:sqs:${region}:${account}:${names.undeliveredQueue}`;
}

/** Does the work with the subscriptions of the topic to which a stage publishes its alerts. */
export async function withTopic<Result>(stage: Stage, work: (topic: Topic) => Promise<Result>): Promise<Result> {
  const client = new SNSClient(awsClient);
  try {
    return await work(snsTopic(client, topicArn(stage), undeliveredArn(stage)));
  } finally {
    client.destroy();
  }
}
