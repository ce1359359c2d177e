import { PublishCommand, type PublishCommandInput, SNSClient } from "@aws-sdk/client-sns";
import { awsClient } from "../aws-client.ts";
import type { Composed } from "./alert.ts";
import { messageAttributes, type Wishes } from "./filter.ts";

/** What a publisher needs to know of a subscription. Nothing is sent to one that has ended. */
export interface SubscriptionLike {
  readonly address: string;
  /** One of email, sms and https; others are kept as JSON. */
  readonly protocol: string;
  readonly wishes: Wishes;
  readonly state: "active" | "ended";
}

/**
 * Sends an alert to those who subscribed to such and gives the ids of the messages. Throws when it may be that
 * somebody did not get it and trying again can help: the alert then stays owed.
 */
export type Publisher = (alert: Composed) => Promise<readonly string[]>;

/** SNS takes so many bytes a message, all bodies and attributes together. */
const bytesMost = 262_144;

/** What SNS is asked to publish: one message with a body for each protocol. Throws a sentence when it is too large. */
export function publishInput({ facts, email, sms, json }: Composed, topicArn: string): PublishCommandInput {
  const attributes = messageAttributes(facts);
  const message = JSON.stringify({ default: json, email: email.text, sms, sqs: json, https: json, lambda: json });
  const bytes = Buffer.byteLength(message + JSON.stringify(attributes) + email.subject);
  if (bytes > bytesMost)
    throw new Error(`the alert ${facts.id} has ${bytes} bytes and SNS takes at most ${bytesMost}: its facts are too long`);
  return {
    TopicArn: topicArn,
    Subject: email.subject,
    Message: message,
    MessageStructure: "json",
    MessageAttributes: attributes,
  };
}

/** A client of SNS, with the environment's region and credentials. */
export function snsClient(): SNSClient {
  return new SNSClient(awsClient);
}

/** Publishes by SNS, which keeps the subscriptions and their filter policies itself. */
export function snsPublisher(client: SNSClient, topicArn: string): Publisher {
  return async (alert) => {
    const { MessageId } = await client.send(new PublishCommand(publishInput(alert, topicArn)));
    if (MessageId === undefined) throw new Error(`SNS took the alert ${alert.facts.id} without giving a message id`);
    return [MessageId];
  };
}
