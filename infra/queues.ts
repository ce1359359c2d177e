import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Duration, Validations } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import type { AlmanacFunction } from "./function.ts";
import { messagesABatch } from "./sizes.ts";

const longestRetention = Duration.days(14);

/** A queue for what failed for good, kept for as long as SQS keeps anything. */
export class DeadQueue extends Queue {
  constructor(scope: Construct, id: string, queueName: string) {
    super(scope, id, {
      queueName,
      fifo: queueName.endsWith(".fifo") || undefined,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: longestRetention,
    });
    const reason = "It is a dead-letter queue itself.";
    Validations.of(this).acknowledge({ id: "AwsSolutions-SQS3", reason }, { id: "Serverless-SQSRedrivePolicy", reason });
  }
}

/** A queue and how its messages are read. */
export interface OrderedQueueProps {
  readonly queueName: string;
  readonly deadQueueName: string;
  /** After which nobody wants a message any more. */
  readonly retention: Duration;
  /** The timeout of the function that reads it. */
  readonly timeout: Duration;
  readonly maxReceiveCount: number;
}

/** A FIFO queue with its dead-letter queue. Deduplication is by the sender's id: by content, the same hosts due again would be swallowed. */
export class OrderedQueue extends Construct {
  readonly queue: Queue;
  readonly dead: DeadQueue;

  constructor(scope: Construct, id: string, { queueName, deadQueueName, retention, timeout, maxReceiveCount }: OrderedQueueProps) {
    super(scope, id);
    this.dead = new DeadQueue(this, "Dead", deadQueueName);
    this.queue = new Queue(this, "Queue", {
      queueName,
      fifo: true,
      contentBasedDeduplication: false,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: retention,
      // Six times the timeout, as Lambda asks for: it may hold messages back while it is throttled.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      deadLetterQueue: { queue: this.dead, maxReceiveCount },
    });
  }

  /**
   * Feeds the queue to a function, in batches of 10, the most that FIFO allows. At most so many run side by side:
   * what Lambda takes from the queue and may not run counts as received, and so comes nearer to the dead-letter
   * queue. One group is never in two at once, so a queue of one group needs no maximum, and without one Lambda may
   * poll an idle queue less ($0.16 a month, 2026-11).
   */
  feed({ lambda }: AlmanacFunction, maxConcurrency?: number): EventSourceMapping {
    const mapping = lambda.addEventSourceMapping("Feed", { eventSourceArn: this.queue.queueArn, batchSize: messagesABatch, reportBatchItemFailures: true, maxConcurrency });
    Validations.of(mapping).acknowledge({ id: "Serverless-LambdaEventSourceMappingDestination", reason: "Mappings of SQS queues take no destination; the queue's dead-letter queue is it." });
    return mapping;
  }
}
