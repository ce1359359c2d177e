import { buffer } from "node:stream/consumers";
import { askBucket, type AwsClient, type ObjectPlace, type ObjectResponse } from "./signed.ts";

/** An object of a bucket, as it was answered; `same` where it is the one with the given ETag. */
export type ObjectAnswer =
  | { readonly kind: "content"; readonly text: string; readonly etag: string | undefined }
  | { readonly kind: "same" }
  /** Not there; or, which S3 does not tell apart for who may not list, not to be read. */
  | { readonly kind: "absent" };

/** Asks for one object, with the ETag of what is held already. Throws a sentence where it is not answered. */
export type ReadObject = (etag: string | undefined) => Promise<ObjectAnswer>;

const patienceMs = 5000;

/** Reads an object of S3 with the region and the credentials of a client that is there anyway. */
export function objectReader(client: AwsClient, place: ObjectPlace): ReadObject {
  return async (etag) => answerOf(await askBucket(client, place, { method: "GET", headers: etag === undefined ? {} : { "if-none-match": etag }, patienceMs }));
}

async function answerOf({ response, url }: ObjectResponse): Promise<ObjectAnswer> {
  const body = await buffer(response);
  const { statusCode: status } = response;
  if (status === 200) return { kind: "content", text: body.toString("utf8"), etag: response.headers.etag };
  if (status === 304) return { kind: "same" };
  if (status === 403 || status === 404) return { kind: "absent" };
  throw new Error(`S3 answered ${status} for ${url.pathname}`);
}
