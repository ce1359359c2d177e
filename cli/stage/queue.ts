import { SQSClient } from "@aws-sdk/client-sqs";
import { systemClock } from "../../shared/clock.ts";
import type { Queue } from "../../shared/queue/queue.ts";
import { sqsQueue } from "../../shared/queue/sqs.ts";
import { awsClient } from "../../shared/aws-client.ts";
import type { Stage } from "./open.ts";

/** Does the work with the queue from which a stage sends its alerts. */
export async function withNotifyQueue<Result>({ names, region, account }: Stage, work: (queue: Queue) => Promise<Result>): Promise<Result> {
  // The address is made from names, so its path counts and its host does not.
  const client = new SQSClient({ ...awsClient, useQueueUrlAsEndpoint: false });
  try {
    return await work(sqsQueue(`https://sqs.${region}.amazonaws.com/${account}/${names.notifyQueue}`, systemClock, client));
  } finally {
    client.destroy();
  }
}
