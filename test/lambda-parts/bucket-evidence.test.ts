import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { startFauxqs } from "fauxqs";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bucketEvidence } from "../../shared/lambda/bucket-evidence.ts";
import type { EvidenceRecord } from "../../shared/records/evidence.ts";
import { serve } from "../intake/server.ts";

const client = new DynamoDBClient({ region: "eu-west-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" } });
const bucket = "almanac-test";
const bytes = Buffer.from("<p>북한인권백서</p>");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const record: EvidenceRecord = { series: "tip", edition: "2021", sha256, at: "2021-07-01T12:00:00Z", url: "https://state.example/tip", type: "text/html", bytes: bytes.length, headers: { etag: '"a"' } };

describe("on a server that speaks as S3 does", () => {
  let server: Awaited<ReturnType<typeof startFauxqs>>;
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
    server.createBucket(bucket);
  });
  afterAll(() => server.stop());

  test("what is put is there byte for byte, and what is not is absent", async () => {
    const evidence = bucketEvidence(client, { bucket, endpoint: server.address });
    expect(await evidence.get(sha256)).toBeUndefined();
    await evidence.put(bytes, record);
    await evidence.put(bytes, record);
    expect(await evidence.get(sha256)).toEqual(bytes);
  });
});

test("a put is on the condition that nothing is there; what is there stays, and is no fault", async () => {
  const server = await serve((_, response) => void response.writeHead(412).end());
  await bucketEvidence(client, { bucket, endpoint: server.url }).put(bytes, record);
  expect(server.requests.map(({ method, url, headers }) => [method, url, headers["if-none-match"], headers["x-amz-content-sha256"]])).toEqual([
    ["PUT", `/${bucket}/evidence/${sha256}`, "*", sha256],
    ["PUT", `/${bucket}/evidence/tip/2021/${sha256}.json`, "*", expect.any(String)],
  ]);
  await server.close();
});

test("bytes that are not those that were kept are not believed", async () => {
  const server = await serve((_, response) => void response.writeHead(200).end("other"));
  await expect(bucketEvidence(client, { bucket, endpoint: server.url }).get(sha256)).rejects.toThrow("was changed where it is kept");
  await server.close();
});

test.each([403, 409, 500, 503])("an answer of %i to a put throws a sentence", async (status) => {
  const server = await serve((_, response) => void response.writeHead(status).end("<Error/>"));
  await expect(bucketEvidence(client, { bucket, endpoint: server.url }).put(bytes, record)).rejects.toThrow(`S3 answered ${status} where /${bucket}/evidence/${sha256} was to be kept: <Error/>`);
  await server.close();
});
