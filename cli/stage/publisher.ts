import { snsClient, snsPublisher } from "../../shared/alerts/publish.ts";
import type { Publisher } from "../../shared/alerts/publisher.ts";
import type { Stage } from "./open.ts";
import { topicArn } from "./topic.ts";

/** Does the work with the topic to which a stage publishes its alerts. */
export async function withPublisher<Result>(stage: Stage, work: (publish: Publisher) => Promise<Result>): Promise<Result> {
  const client = snsClient();
  try {
    return await work(snsPublisher(client, topicArn(stage)));
  } finally {
    client.destroy();
  }
}
