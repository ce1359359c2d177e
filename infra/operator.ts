import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Subscription, SubscriptionProtocol, Topic } from "aws-cdk-lib/aws-sns";
import { Aws, Stack, Validations } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import type { StageNames } from "../shared/stage.ts";
import type { Settings } from "./settings.ts";

/** What reaching the operator needs. */
export interface OperatorProps {
  readonly names: StageNames;
  readonly settings: Settings;
  /** False where CloudFormation knows no budgets: it refuses a stack that has one, whatever its conditions. */
  readonly hasBudget: boolean;
}

/**
 * How the operator hears of trouble. The topic says nothing of readers and is not encrypted, because
 * CloudWatch and Budgets cannot publish under the AWS-managed key and a key of our own costs $1 a month (2026-11).
 */
export class Operator extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { names, settings, hasBudget }: OperatorProps) {
    super(scope, id);
    this.topic = new Topic(this, "Topic", { topicName: names.operatorTopic, displayName: `Rights Almanac ${names.stage}`, enforceSSL: true });
    const email = new Subscription(this, "Email", { topic: this.topic, protocol: SubscriptionProtocol.EMAIL, endpoint: settings.operator });
    Validations.of(email).acknowledge({ id: "Serverless-SNSRedrivePolicy", reason: "Email cannot be delivered from a dead-letter queue later; the alarms stay visible in CloudWatch." });
    const budget = hasBudget ? this.#addBudget(settings) : undefined;
    for (const statement of this.#publishers(names)) {
      // A budget is refused while it may not publish to its topic.
      const { policyDependable } = this.topic.addToResourcePolicy(statement);
      if (policyDependable) budget?.node.addDependency(policyDependable);
    }
  }

  #publishers(names: StageNames): PolicyStatement[] {
    const { topicArn } = this.topic;
    const stack = Stack.of(this);
    const from = (sid: string, service: string, sourceArn: string): PolicyStatement =>
      new PolicyStatement({
        sid,
        principals: [new ServicePrincipal(service)],
        actions: ["sns:Publish"],
        resources: [topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID }, ArnLike: { "aws:SourceArn": sourceArn } },
      });
    return [
      from("Alarms", "cloudwatch.amazonaws.com", stack.formatArn({ service: "cloudwatch", resource: `alarm:${names.monitorStack}-*` })),
      from("Budget", "budgets.amazonaws.com", stack.formatArn({ service: "budgets", region: "", resource: "*" })),
    ];
  }

  /**
   * Of the whole account: a budget of one tag is silent until somebody activates that tag for billing. CloudFormation
   * names it, as names of budgets are the account's, and a stage may be in two regions.
   */
  #addBudget({ monthlyBudgetUsd }: Settings): CfnBudget {
    const told = (notificationType: "ACTUAL" | "FORECASTED"): CfnBudget.NotificationWithSubscribersProperty => ({
      notification: { notificationType, comparisonOperator: "GREATER_THAN", threshold: 100, thresholdType: "PERCENTAGE" },
      subscribers: [{ subscriptionType: "SNS", address: this.topic.topicArn }],
    });
    return new CfnBudget(this, "Budget", {
      budget: { budgetType: "COST", timeUnit: "MONTHLY", budgetLimit: { amount: monthlyBudgetUsd, unit: "USD" } },
      notificationsWithSubscribers: [told("ACTUAL"), told("FORECASTED")],
    });
  }
}
