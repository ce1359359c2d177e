import type { Address } from "../shared/alerts/subscriptions.ts";

/** What the owner of a queue or function must do before SNS can reach it from this topic; nothing for other addresses. */
export function snsPermission({ protocol, address }: Address, topicArn: string): string | undefined {
  if (protocol === "sqs") {
    const statement = { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: address, Condition: { ArnEquals: { "aws:SourceArn": topicArn } } };
    return `The queue gets nothing before its policy lets SNS send. Add this to the statements of that policy: ${JSON.stringify(statement)} If the queue is encrypted by a key of yours, let sns.amazonaws.com use kms:Decrypt and kms:GenerateDataKey of that key as well.`;
  }
  if (protocol !== "lambda") return undefined;
  return `The function gets nothing before SNS may call it: aws lambda add-permission --function-name ${address} --statement-id rights-almanac --action lambda:InvokeFunction --principal sns.amazonaws.com --source-arn ${topicArn}`;
}
