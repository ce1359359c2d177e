import type { Call } from "./calls.ts";
import type { FunctionOf } from "./deployment.ts";
import { account, region } from "./sandbox.ts";

/**
 * The calls that Lambda itself makes with a function's role, and no code of ours: it writes the log, reads the queue
 * that it feeds from, and keeps the event of an invocation that nobody waited for and that failed.
 */
export function callsByLambda({ short: caller, name, fed }: FunctionOf, failures: string): Call[] {
  const call = (action: string, service: string, place: string): Call => ({ caller, action, resource: `arn:aws:${service}:${region}:${account}:${place}`, context: {} });
  const log = `log-group:/aws/lambda/${name}:log-stream:2026/11/24/[$LATEST]0123456789abcdef0123456789abcdef`;
  const logging = ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => call(action, "logs", log));
  // Whoever asks the site waits for the answer.
  if (caller === "site") return logging;
  if (!fed) return [...logging, call("sqs:SendMessage", "sqs", failures)];
  return [...logging, ...["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"].map((action) => call(action, "sqs", fed.queue))];
}
