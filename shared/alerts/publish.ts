import { PublishCommand, type PublishCommandInput, type PublishCommandOutput, SNSClient, SNSServiceException } from "@aws-sdk/client-sns";
import { awsClient } from "../aws-client.ts";
import { messageOf } from "../fault.ts";
import type { Composed } from "./alert.ts";
import { messageAttributes, type StringAttribute } from "./filter-policy.ts";
import { NotTaken, type Publisher, type To } from "./publisher.ts";
import { safeText } from "./safe-text.ts";

/** SNS takes so many bytes a message, all bodies and attributes together. */
const bytesMost = 262_144;

/** The bodies by protocol; what is for one subscription needs but its own. */
function bodies({ email, sms, json }: Composed, audience: To): Readonly<Record<string, string>> {
  if (typeof audience === "string") return { default: json, email: email.text, sms, sqs: json, https: json, lambda: json };
  return { default: audience.protocol === "email" ? email.text : audience.protocol === "sms" ? sms : json };
}

/** The alert's id, by which a program knows what it had already without opening the message. One that SNS would refuse is left out. */
function idAttribute(id: string): Record<string, StringAttribute> {
  return id !== "" && safeText(id, id.length) === id ? { alert: { DataType: "String", StringValue: id } } : {};
}

/** What SNS is asked to publish: one message with a body for each protocol. Throws a sentence when it is too large. */
export function publishInput(alert: Composed, topicArn: string, audience: To = "everyone"): PublishCommandInput {
  const { facts, email } = alert;
  const attributes = { ...messageAttributes(facts, audience), ...idAttribute(facts.id) };
  const message = JSON.stringify(bodies(alert, audience));
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

/**
 * A client of SNS, with the environment's region and credentials. It asks once, since the SDK would send a message again
 * whose answer was lost, unmarked. Each publish has a connection of its own: one that was kept may be dead when a
 * frozen function wakes, and then nobody knows whether the message came.
 */
export function snsClient(): SNSClient {
  return new SNSClient({ requestHandler: { ...awsClient.requestHandler, httpsAgent: { keepAlive: false } }, maxAttempts: 1 });
}

/** Whether SNS answered that it does not take the message: it was throttled, is not ours to send, or is wrong. */
function isRefused(error: unknown): boolean {
  const status = error instanceof SNSServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
  return status >= 400 && status < 500;
}

/** Publishes by SNS, which keeps the subscriptions and their filter policies itself. */
export function snsPublisher(client: SNSClient, topicArn: string): Publisher {
  const ask = async (command: PublishCommand): Promise<PublishCommandOutput> => {
    try {
      return await client.send(command);
    } catch (error) {
      if (isRefused(error)) throw new NotTaken(`SNS refuses the message: ${messageOf(error)}`, { cause: error });
      throw error;
    }
  };
  return async (alert, audience) => {
    const { MessageId } = await ask(new PublishCommand(publishInput(alert, topicArn, audience)));
    if (MessageId === undefined) throw new Error(`SNS took the alert ${alert.facts.id} without giving a message id`);
    return [MessageId];
  };
}
