import { SNSClient } from "@aws-sdk/client-sns";
import { snsTopic } from "../../shared/alerts/sns-topic.ts";
import type { Topic } from "../../shared/alerts/topic.ts";
import { awsClient } from "../../shared/aws-client.ts";
import type { Stage } from "./open.ts";

/** The topic to which a stage publishes its alerts. */
export function topicArn({ names, partition, region, account }: Stage): string {
  return `arn:${partition}:sns:${region}:${account}:${names.alertsTopic}`;
}

/** Does the work with the subscriptions of the topic to which a stage publishes its alerts. */
export async function withTopic<Result>(stage: Stage, work: (topic: Topic) => Promise<Result>): Promise<Result> {
  const client = new SNSClient(awsClient);
  try {
    return await work(snsTopic(client, topicArn(stage)));
  } finally {
    client.destroy();
  }
}
