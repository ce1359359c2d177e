import { text } from "node:stream/consumers";
import type { ReaderFiles } from "../readers/files.ts";
import { readersPrefix } from "../stage.ts";
import { objectReader } from "./bucket.ts";
import { askBucket, type AwsClient, type ObjectPlace } from "./signed.ts";

const patienceMs = 20_000;

/** The files for readers in a bucket, under the prefix readers/, by signed requests with the credentials of a client that is there anyway. */
export function bucketFiles(client: AwsClient, place: Omit<ObjectPlace, "key">): ReaderFiles {
  const placeOf = (name: string): ObjectPlace => ({ ...place, key: readersPrefix + name });
  return {
    read: (name, tag) => objectReader(client, placeOf(name))(tag),
    async write(name, content) {
      const { response, url } = await askBucket(client, placeOf(name), { method: "PUT", headers: { "content-type": "application/json" }, body: Buffer.from(content), patienceMs });
      const said = await text(response);
      if (response.statusCode !== 200) throw new Error(`S3 answered ${response.statusCode} where ${url.pathname} was to be written: ${said.slice(0, 300)}`);
    },
  };
}
