import { ConfirmSubscriptionCommand, GetSubscriptionAttributesCommand, SNSClient, UnsubscribeCommand } from "@aws-sdk/client-sns";
import { startFauxqs } from "fauxqs";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { type LocalServer, serve } from "../intake/server.ts";

type Fauxqs = Awaited<ReturnType<typeof startFauxqs>>;

/** An SNS on the wire, and what people do with its mails. */
export interface Sns {
  /** Where it answers. */
  readonly url: string;
  readonly fauxqs: Fauxqs;
  readonly client: SNSClient;
  /** The parameters of each request that came in by an action, such as ConfirmSubscription. */
  asked(action: string): readonly Readonly<Record<string, string>>[];
  /** The address opens the link in the mail that asks it to confirm. */
  confirm(endpoint: string): Promise<void>;
  /** The address unsubscribes by the link in a mail, or the 48 hours to confirm have passed. */
  leave(endpoint: string): Promise<void>;
  /** From now on the topic has as many filter policies as it may have. */
  fill(): void;
  close(): Promise<void>;
}

interface Known {
  readonly arn: string;
  readonly endpoint: string;
}

const known = /<SubscriptionArn>([^<]+)<\/SubscriptionArn>[^]*?<Endpoint>([^<]+)<\/Endpoint>/g;
const tooMany =
  '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>FilterPolicyLimitExceeded</Code><Message>Filter policy limit exceeded</Message></Error><RequestId>1</RequestId></ErrorResponse>';

/**
 * Fauxqs, and in front of it what it leaves out: SNS lists an address that has not confirmed without its ARN, takes a
 * phone number and a function of the same account without asking it, and takes so many filter policies a topic.
 */
export async function openSns(): Promise<Sns> {
  const fauxqs = await startFauxqs({ port: 0, logger: false });
  const client = new SNSClient({ endpoint: fauxqs.address, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "none" } });
  let isFull = false;
  let subscriptions: readonly Known[] = [];
  const requests: Readonly<Record<string, string>>[] = [];

  async function isPending(arn: string): Promise<boolean> {
    const { Attributes } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
    return Attributes?.["PendingConfirmation"] === "true";
  }
  async function confirmArn(arn: string): Promise<void> {
    await client.send(new ConfirmSubscriptionCommand({ TopicArn: arn.slice(0, arn.lastIndexOf(":")), Token: arn }));
  }
  async function listed(body: string): Promise<string> {
    const all = [...body.matchAll(known)].map(([, arn = "", endpoint = ""]) => ({ arn, endpoint }));
    subscriptions = all;
    let shown = body;
    for (const { arn } of all) if (await isPending(arn)) shown = shown.replace(`<SubscriptionArn>${arn}<`, "<SubscriptionArn>PendingConfirmation<");
    return shown;
  }
  async function answer(action: URLSearchParams, body: string): Promise<string> {
    if (action.get("Action") === "ListSubscriptionsByTopic") return listed(body);
    if (action.get("Action") !== "Subscribe") return body;
    const [, arn = ""] = /<SubscriptionArn>([^<]+)</.exec(body) ?? [];
    if (arn !== "") subscriptions = [...subscriptions, { arn, endpoint: action.get("Endpoint") ?? "" }];
    if (arn !== "" && ["sms", "lambda"].includes(action.get("Protocol") ?? "")) await confirmArn(arn);
    return body;
  }
  const server: LocalServer = await serve((asked, response) => {
    void (async () => {
      const body = await text(asked);
      const action = new URLSearchParams(body);
      requests.push(Object.fromEntries(action));
      if (isFull && action.get("Action") === "Subscribe") return response.writeHead(403, { "content-type": "text/xml" }).end(tooMany);
      const { status, said } = await forward(fauxqs.port, asked.headers, body);
      return response.writeHead(status, { "content-type": "text/xml" }).end(await answer(action, said));
    })();
  });
  const arnOf = (endpoint: string): string => {
    const found = subscriptions.findLast((one) => one.endpoint === endpoint);
    if (!found) throw new Error(`nobody subscribed ${endpoint}`);
    return found.arn;
  };
  return {
    url: server.url,
    fauxqs,
    client: new SNSClient({ endpoint: server.url, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "none" } }),
    asked: (action) => requests.filter(({ Action }) => Action === action),
    confirm: (endpoint) => confirmArn(arnOf(endpoint)),
    async leave(endpoint) {
      await client.send(new UnsubscribeCommand({ SubscriptionArn: arnOf(endpoint) }));
    },
    fill: () => void (isFull = true),
    async close() {
      client.destroy();
      await server.close();
      await fauxqs.stop();
    },
  };
}

function forward(port: number, headers: Record<string, string | string[] | undefined>, body: string): Promise<{ status: number; said: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, method: "POST", headers }, (incoming) => {
      text(incoming).then((said) => resolve({ status: incoming.statusCode ?? 500, said }), reject);
    });
    outgoing.on("error", reject).end(body);
  });
}
