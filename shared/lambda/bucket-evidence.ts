import { buffer } from "node:stream/consumers";
import { type Evidence, evidenceKey, recordText, unchanged } from "../records/evidence.ts";
import { askBucket, type AwsClient, type ObjectPlace } from "./signed.ts";

/** For the largest document that is kept. */
const patienceMs = 60_000;

/** Evidence in a bucket, under the prefix evidence/, by signed requests with the credentials of a client that is there anyway. */
export function bucketEvidence(client: AwsClient, place: Omit<ObjectPlace, "key">): Evidence {
  async function putOnce(key: string, body: Uint8Array, type: string): Promise<void> {
    const headers = { "content-type": type, "if-none-match": "*" };
    const { response, url } = await askBucket(client, { ...place, key }, { method: "PUT", headers, body, patienceMs });
    const said = await buffer(response);
    // 412 says that it is there already; 409 that another puts it there at this moment.
    if (response.statusCode === 200 || response.statusCode === 412) return;
    throw new Error(`S3 answered ${response.statusCode} where ${url.pathname} was to be kept: ${said.toString("utf8").slice(0, 300)}`);
  }
  return {
    async put(bytes, record) {
      await putOnce(evidenceKey(record.sha256), bytes, record.type ?? "application/octet-stream");
      const { name, text } = recordText(record);
      await putOnce(name, Buffer.from(text), "application/json");
    },
    async get(sha256) {
      const { response, url } = await askBucket(client, { ...place, key: evidenceKey(sha256) }, { method: "GET", headers: {}, patienceMs });
      const body = await buffer(response);
      if (response.statusCode === 200) return unchanged(body, sha256);
      // Who may not list a bucket is told 403 of what is not there.
      if (response.statusCode === 403 || response.statusCode === 404) return undefined;
      throw new Error(`S3 answered ${response.statusCode} for ${url.pathname}`);
    },
    note: (name, text, type) => putOnce(name, Buffer.from(text), type),
  };
}
