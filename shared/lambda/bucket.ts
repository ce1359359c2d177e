import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SignatureV4 } from "@smithy/signature-v4";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { buffer } from "node:stream/consumers";

/** An object of a bucket, as it was answered; `same` where it is the one with the given ETag. */
export type ObjectAnswer =
  | { readonly kind: "content"; readonly text: string; readonly etag: string | undefined }
  | { readonly kind: "same" }
  /** Not there; or, which S3 does not tell apart for who may not list, not to be read. */
  | { readonly kind: "absent" };

/** Asks for one object, with the ETag of what is held already. Throws a sentence where it is not answered. */
export type ReadObject = (etag: string | undefined) => Promise<ObjectAnswer>;

/** Where an object lies. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
  /** Instead of S3's own, as in AWS_ENDPOINT_URL_S3. */
  readonly endpoint?: string | undefined;
}

const patienceMs = 5000;

function addressOf({ bucket, key, endpoint }: ObjectPlace, region: string): URL {
  return endpoint === undefined ? new URL(`https://${bucket}.s3.${region}.amazonaws.com/${key}`) : new URL(`${endpoint.replace(/\/$/, "")}/${bucket}/${key}`);
}

/**
 * Reads an object of S3 with the region and the credentials of a client that is there anyway. One signed GET by Node's
 * own client does it: the SDK's for S3 would weigh another 100 KB in each function.
 */
export function objectReader({ config }: Pick<DynamoDBClient, "config">, place: ObjectPlace): ReadObject {
  const { credentials, region, sha256 } = config;
  const signer = new SignatureV4({ service: "s3", region, credentials, sha256, uriEscapePath: false });
  return async (etag) => {
    const url = addressOf(place, await region());
    const { headers } = await signer.sign({
      method: "GET",
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      headers: { host: url.host, ...(etag === undefined ? {} : { "if-none-match": etag }) },
    });
    return answerOf(await ask(url, headers), url);
  };
}

async function answerOf(response: IncomingMessage, url: URL): Promise<ObjectAnswer> {
  const body = await buffer(response);
  const { statusCode: status } = response;
  if (status === 200) return { kind: "content", text: body.toString("utf8"), etag: response.headers.etag };
  if (status === 304) return { kind: "same" };
  if (status === 403 || status === 404) return { kind: "absent" };
  throw new Error(`S3 answered ${status} for ${url.pathname}`);
}

function ask(url: URL, headers: Readonly<Record<string, string>>): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // Only a test's endpoint is asked without TLS. An import of node:http would make Node load its fetch as well.
  const request = url.protocol === "https:" ? httpsRequest : process.getBuiltinModule("node:http").request;
  request(url, { headers, signal: AbortSignal.timeout(patienceMs) }, resolve).once("error", reject).end();
  return promise;
}
