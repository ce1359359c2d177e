import { S3Client } from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** The rule sets of SES in an account, as its API of 2010-12-01 tells and takes them. */
export interface RuleSets {
  readonly env: Readonly<Record<string, string>>;
  /** What was asked, in order. */
  readonly asked: readonly string[];
  readonly active: () => string | undefined;
  readonly close: () => Promise<void>;
}

const credentials = { accessKeyId: "AKID", secretAccessKey: "secret" };
const refusal = (code: string, message: string): string => `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
const response = (action: string, result: string): string => `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;

async function isSigned({ headers }: IncomingMessage, body: string): Promise<boolean> {
  const { host = "", authorization, "content-type": type = "", "x-amz-date": date } = headers;
  const signingDate = new Date(String(date).replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const { sha256 } = new S3Client({ region: "eu-west-1" }).config;
  const request = { method: "POST", protocol: "http:", hostname: "127.0.0.1", path: "/", headers: { host, "content-type": type }, body };
  const signed = await new SignatureV4({ service: "ses", region: "eu-west-1", credentials, sha256 }).sign(request, { signingDate });
  return signed.headers["authorization"] === authorization;
}

/** Opens them on loopback. `refused` is an action that these credentials may not do. */
export async function openRuleSets(sets: readonly string[], active?: string, refused?: string): Promise<RuleSets> {
  const there = new Set(sets);
  const asked: string[] = [];
  function answer(values: URLSearchParams): { readonly status: number; readonly body: string } {
    const [action, name] = [values.get("Action") ?? "", values.get("RuleSetName") ?? ""];
    asked.push(name ? `${action} ${name}` : action);
    if (action === refused) return { status: 403, body: refusal("AccessDenied", `not authorized to perform ses:${action}`) };
    if (action === "DescribeActiveReceiptRuleSet") {
      const rules = "<Rules><member><Name>a-rule</Name></member></Rules>";
      return { status: 200, body: response(action, active === undefined ? "" : `${rules}<Metadata><CreatedTimestamp>2026-01-01T00:00:00.000Z</CreatedTimestamp><Name>${active}</Name></Metadata>`) };
    }
    if (action === "CreateReceiptRuleSet" && there.has(name)) return { status: 400, body: refusal("AlreadyExists", `Rule set already exists: ${name}`) };
    if (action === "CreateReceiptRuleSet") there.add(name);
    if (action === "SetActiveReceiptRuleSet" && !there.has(name)) return { status: 400, body: refusal("RuleSetDoesNotExist", `Rule set does not exist: ${name}`) };
    if (action === "SetActiveReceiptRuleSet") active = name;
    return { status: 200, body: response(action, "") };
  }
  const server = createServer((request, reply) => {
    void text(request).then(async (body) => {
      const { status, body: said } = (await isSigned(request, body)) ? answer(new URLSearchParams(body)) : { status: 403, body: refusal("SignatureDoesNotMatch", "The signature does not match") };
      reply.writeHead(status, { "content-type": "text/xml" }).end(said);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  return {
    env: { AWS_ENDPOINT_URL_SES: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
    asked,
    active: () => active,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
