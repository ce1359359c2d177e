import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SignatureV4 } from "@smithy/signature-v4";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";

/** A client of the SDK that is there anyway: its region and credentials are used. */
export interface AwsClient {
  readonly config: Pick<DynamoDBClient["config"], "credentials" | "region" | "sha256">;
}

/** Where an object lies. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
  /** Instead of S3's own, as in AWS_ENDPOINT_URL_S3. */
  readonly endpoint?: string | undefined;
}

/** What is asked of S3. */
export interface ObjectQuestion {
  readonly method: "GET" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly patienceMs: number;
}

/** What S3 answered, and where it was asked. */
export interface ObjectResponse {
  readonly response: IncomingMessage;
  readonly url: URL;
}

function addressOf({ bucket, key, endpoint }: ObjectPlace, region: string): URL {
  return endpoint === undefined ? new URL(`https://${bucket}.s3.${region}.amazonaws.com/${key}`) : new URL(`${endpoint.replace(/\/$/, "")}/${bucket}/${key}`);
}

/**
 * Asks S3 for one object. A signed request by Node's own client does it: the SDK's for S3 would weigh another 100 KB in
 * each function.
 */
export async function askBucket({ config }: AwsClient, place: ObjectPlace, { method, headers, body, patienceMs }: ObjectQuestion): Promise<ObjectResponse> {
  const { credentials, region, sha256 } = config;
  const signer = new SignatureV4({ service: "s3", region, credentials, sha256, uriEscapePath: false });
  const url = addressOf(place, await region());
  const all: Record<string, string> = { host: url.host, ...headers };
  if (body) all["content-length"] = String(body.length);
  const signed = await signer.sign({ method, protocol: url.protocol, hostname: url.hostname, path: url.pathname, headers: all, body });
  return { response: await ask(url, method, signed.headers, body, patienceMs), url };
}

function ask(url: URL, method: string, headers: Readonly<Record<string, string>>, body: Uint8Array | undefined, patienceMs: number): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // Only a test's endpoint is asked without TLS. An import of node:http would make Node load its fetch as well.
  const request = url.protocol === "https:" ? httpsRequest : process.getBuiltinModule("node:http").request;
  request(url, { method, headers, signal: AbortSignal.timeout(patienceMs) }, resolve).once("error", reject).end(body);
  return promise;
}
