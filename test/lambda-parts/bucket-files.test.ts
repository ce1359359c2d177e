import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bucketFiles } from "../../shared/lambda/bucket-files.ts";
import { serve } from "../intake/server.ts";

const client = new DynamoDBClient({ region: "eu-west-1", credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" } });
const bucket = "almanac-test";

describe("on a server that speaks as S3 does", () => {
  let server: Awaited<ReturnType<typeof startFauxqs>>;
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
    server.createBucket(bucket);
  });
  afterAll(() => server.stop());

  test("what is written is read, the last of it, and what is not there is absent", async () => {
    const files = bucketFiles(client, { bucket, endpoint: server.address });
    expect(await files.read("items.json")).toEqual({ kind: "absent" });
    await files.write("items.json", '{"북한":1}');
    await files.write("items.json", '{"북한":2}');
    expect(await files.read("items.json")).toMatchObject({ kind: "content", text: '{"북한":2}' });
  });
});

test("a file is asked for below readers/, and with the tag of what is held it is not sent again", async () => {
  const server = await serve(({ headers }, response) => void (headers["if-none-match"] === '"a"' ? response.writeHead(304).end() : response.writeHead(200, { etag: '"a"' }).end("text")));
  const files = bucketFiles(client, { bucket, endpoint: server.url });
  expect([await files.read("items.json"), await files.read("items.json", '"a"')]).toEqual([{ kind: "content", text: "text", etag: '"a"' }, { kind: "same" }]);
  expect(server.requests.map(({ url }) => url)).toEqual([`/${bucket}/readers/items.json`, `/${bucket}/readers/items.json`]);
  await server.close();
});

test("an answer that refuses what was to be written throws a sentence", async () => {
  const server = await serve((_, response) => void response.writeHead(503).end("<Error/>"));
  await expect(bucketFiles(client, { bucket, endpoint: server.url }).write("items.json", "{}")).rejects.toThrow(`S3 answered 503 where /${bucket}/readers/items.json was to be written: <Error/>`);
  await server.close();
});
