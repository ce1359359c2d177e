import { buffer } from "node:stream/consumers";
import { askBucket, type AwsClient, type ObjectPlace } from "./signed.ts";

/** For the largest mail that SES takes, of 40 MB. */
const patienceMs = 30_000;

/** Reads a mail that SES put into a bucket. Throws a sentence where it is not answered. */
export type ReadMail = (key: string) => Promise<Uint8Array>;

/** Reads mail of a bucket with the credentials of a client that is there anyway. */
export function bucketMail(client: AwsClient, place: Omit<ObjectPlace, "key">): ReadMail {
  return async (key) => {
    const { response, url } = await askBucket(client, { ...place, key }, { method: "GET", headers: {}, patienceMs });
    const body = await buffer(response);
    if (response.statusCode !== 200) throw new Error(`S3 answered ${response.statusCode} for ${url.pathname}`);
    return body;
  };
}
