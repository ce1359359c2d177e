import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import type { Protocol } from "../records/subscriptions.ts";
import type { FilterPolicy } from "./filter-policy.ts";
import { isRead } from "./pace.ts";
import type { Address } from "./subscriptions.ts";
import type { Delivery, Topic, TopicSubscription } from "./topic.ts";

/** What SNS says in place of an ARN, in the list of a topic's subscriptions. */
const pending = "PendingConfirmation";
/** It lists one that was ended for some days yet. */
const deleted = "Deleted";

const isNotFound = (error: unknown): boolean => error instanceof Error && error.name === "NotFoundException";
const isOther = (error: unknown): boolean => error instanceof Error && /already exists with different attributes/i.test(error.message);

/** A topic of SNS, and the queue for what it could not deliver to programs. It throws what SNS says: its names are those of the SDK. */
export function snsTopic(client: SNSClient, topicArn: string, undeliveredArn: string): Topic {
  /** What no program took is kept to be sent again; SNS keeps nothing of what it mails. */
  const attributesOf = (protocol: Protocol, policy: FilterPolicy): Record<string, string> => ({
    FilterPolicy: JSON.stringify(policy),
    ...(isRead({ protocol }) ? {} : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: undeliveredArn }) }),
  });

  async function list(): Promise<readonly TopicSubscription[]> {
    const found: TopicSubscription[] = [];
    let next: string | undefined;
    do {
      const page = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken: next }));
      for (const { SubscriptionArn = pending, Protocol: protocol = "", Endpoint: endpoint = "" } of page.Subscriptions ?? []) {
        if (SubscriptionArn === deleted) continue;
        found.push(SubscriptionArn === pending ? { protocol, endpoint, delivery: "pending", arn: undefined } : { protocol, endpoint, delivery: "confirmed", arn: SubscriptionArn });
      }
      next = page.NextToken;
    } while (next);
    return found;
  }

  async function look(arn: string): Promise<Delivery | undefined> {
    try {
      const { Attributes } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
      return Attributes?.["PendingConfirmation"] === "true" ? "pending" : "confirmed";
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async function subscribe({ protocol, address }: Address, policy: FilterPolicy): ReturnType<Topic["subscribe"]> {
    try {
      const asked = new SubscribeCommand({ TopicArn: topicArn, Protocol: protocol, Endpoint: address, Attributes: attributesOf(protocol, policy), ReturnSubscriptionArn: true });
      const { SubscriptionArn: arn } = await client.send(asked);
      if (arn === undefined) throw new Error(`SNS took the subscription of ${address} without giving its ARN.`);
      return { arn, delivery: (await look(arn)) ?? "pending" };
    } catch (error) {
      if (isOther(error)) return undefined;
      throw error;
    }
  }

  return {
    arn: topicArn,
    list,
    subscribe,
    look,
    async change(arn, protocol, policy) {
      for (const [AttributeName, AttributeValue] of Object.entries(attributesOf(protocol, policy))) await client.send(new SetSubscriptionAttributesCommand({ SubscriptionArn: arn, AttributeName, AttributeValue }));
    },
    async confirm(token) {
      const asked = new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token: token, AuthenticateOnUnsubscribe: "true" });
      const { SubscriptionArn: arn } = await client.send(asked);
      if (arn === undefined) throw new Error("SNS took the confirmation without giving the ARN of the subscription.");
      return arn;
    },
    async unsubscribe(arn) {
      await client.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    },
  };
}
