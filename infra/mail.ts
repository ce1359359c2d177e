import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnReceiptRule } from "aws-cdk-lib/aws-ses";
import { Subscription, SubscriptionProtocol, Topic } from "aws-cdk-lib/aws-sns";
import { type IQueue, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Aws, Duration, Stack, Validations } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { mailPrefix, type StageNames } from "../shared/stage.ts";
import type { AlmanacFunction } from "./function.ts";
import type { Kept } from "./kept.ts";
import { sizes } from "./sizes.ts";

/** Where mail comes in. */
export interface MailSettings {
  /** The address that publishers write to, in small letters; its domain receives through SES. */
  readonly address: string;
  /** The rule set of SES that is active in the account. It is somebody's already, or made when we deploy: we add one rule to it. */
  readonly ruleSet: string;
}

/** What taking mail needs from the rest. */
export interface MailProps {
  readonly names: StageNames;
  readonly kept: Kept;
  readonly settings: MailSettings;
  readonly failures: IQueue;
}

/** The rule by which SES takes the mail of a stage. */
export function mailRuleArn(scope: Construct, { mail }: StageNames, { ruleSet }: MailSettings): string {
  return Stack.of(scope).formatArn({ service: "ses", resource: "receipt-rule-set", resourceName: `${ruleSet}:receipt-rule/${mail}` });
}

/** Lets SES do one thing for the rule of this stage, and for no other rule or account. */
export function mayBySes(sid: string, action: string, resource: string, rule: string): PolicyStatement {
  return new PolicyStatement({
    sid,
    principals: [new ServicePrincipal("ses.amazonaws.com")],
    actions: [action],
    resources: [resource],
    conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID }, ArnEquals: { "aws:SourceArn": rule } },
  });
}

/** Six minutes apart, a mail is tried for a day: nobody sends it again. */
const mostReceives = 250;
/** A mail is a run of its own, so that one which breaks it stops no other. */
const atOnce = 2;

/** Takes mail: SES puts it into the bucket and says so by a topic, whose queue is fed to poll. */
export class Mail extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { names, kept, settings, failures }: MailProps) {
    super(scope, id);
    this.queue = new Queue(this, "Queue", {
      queueName: names.mail,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: Duration.seconds(6 * sizes.poll.timeoutSeconds),
      deadLetterQueue: { queue: failures, maxReceiveCount: mostReceives },
    });
    // Not encrypted by the AWS-managed key, under which SES cannot publish. It says no more than who wrote when.
    const topic = new Topic(this, "Topic", { topicName: names.mail, enforceSSL: true });
    const rule = mailRuleArn(this, names, settings);
    const mayPublish = topic.addToResourcePolicy(mayBySes("LetSesTell", "sns:Publish", topic.topicArn, rule));
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        sid: "LetTheTopicSend",
        principals: [new ServicePrincipal("sns.amazonaws.com")],
        actions: ["sqs:SendMessage"],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals: { "aws:SourceArn": topic.topicArn } },
      }),
    );
    const subscription = new Subscription(this, "Subscription", { topic, protocol: SubscriptionProtocol.SQS, endpoint: this.queue.queueArn, rawMessageDelivery: true });
    Validations.of(subscription).acknowledge({ id: "Serverless-SNSRedrivePolicy", reason: "SNS tries a queue of the same account for 23 days; the mail stays in the bucket." });
    // It is put before the others of the set and stops none of them.
    const receipt = new CfnReceiptRule(this, "Rule", {
      ruleSetName: settings.ruleSet,
      rule: { name: names.mail, enabled: true, recipients: [settings.address], tlsPolicy: "Optional", actions: [{ s3Action: { bucketName: kept.bucketName, objectKeyPrefix: mailPrefix, topicArn: topic.topicArn } }] },
    });
    // SES tries both when the rule is made.
    receipt.node.addDependency(...(mayPublish.policyDependable ? [mayPublish.policyDependable] : []));
  }

  /** Feeds the queue to a function. */
  feed({ lambda }: AlmanacFunction): void {
    const mapping = lambda.addEventSourceMapping("MailFeed", { eventSourceArn: this.queue.queueArn, batchSize: 1, reportBatchItemFailures: true, maxConcurrency: atOnce });
    Validations.of(mapping).acknowledge({ id: "Serverless-LambdaEventSourceMappingDestination", reason: "Mappings of SQS queues take no destination; the queue's dead-letter queue is it." });
  }
}
