import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { startFauxqs } from "fauxqs";
import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { objectReader } from "../../shared/lambda/bucket.ts";
import { serve } from "../intake/server.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken: "session/token==" };
const region = "eu-west-1";
const client = new DynamoDBClient({ region, credentials });
const place = { bucket: "almanac-test", key: "catalogue/current.json" };

describe("on a server that speaks as S3 does", () => {
  let server: Awaited<ReturnType<typeof startFauxqs>>;
  let s3: S3Client;
  const put = (Body: string): Promise<unknown> => s3.send(new PutObjectCommand({ Bucket: place.bucket, Key: place.key, Body }));
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
    s3 = new S3Client({ endpoint: server.address, region, credentials, forcePathStyle: true });
    server.createBucket(place.bucket);
  });
  afterAll(async () => {
    s3.destroy();
    await server.stop();
  });

  test("an object is read, is the same under its ETag, and another once it was changed", async () => {
    const read = objectReader(client, { ...place, endpoint: server.address });
    expect(await read(undefined)).toEqual({ kind: "absent" });
    await put("북한인권백서 1");
    const first = await read(undefined);
    expect(first).toEqual({ kind: "content", text: "북한인권백서 1", etag: expect.stringMatching(/^".+"$/) });
    const etag = first.kind === "content" ? first.etag : undefined;
    expect(await read(etag)).toEqual({ kind: "same" });
    await put("북한인권백서 2");
    expect(await read(etag)).toMatchObject({ kind: "content", text: "북한인권백서 2" });
  });
});

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The signature that AWS computes of a GET as it came over the wire, by the rules of its signature version 4. */
function signatureOf({ method = "", url = "", headers }: IncomingMessage, signed: string, scope: string): string {
  const canonicalHeaders = signed.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`).join("");
  const canonical = [method, url, "", canonicalHeaders, signed, String(headers["x-amz-content-sha256"])].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", String(headers["x-amz-date"]), scope, sha256(canonical)].join("\n");
  const key = scope.split("/").reduce<string | Buffer>((parent, part) => hmac(parent, part), `AWS4${credentials.secretAccessKey}`);
  return hmac(key, toSign).toString("hex");
}

test.each([undefined, '"an-etag"'])("what is asked with the ETag %s carries the signature that AWS computes of it", async (etag) => {
  const server = await serve((_, response) => void response.writeHead(304).end());
  expect(await objectReader(client, { ...place, endpoint: `${server.url}/` })(etag)).toEqual({ kind: "same" });
  const [asked] = server.requests;
  if (!asked) throw new Error("Nothing was asked.");
  const [, scope = "", signed = "", signature] = /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/(\S+), SignedHeaders=(\S+), Signature=(\S+)$/.exec(asked.headers.authorization ?? "") ?? [];
  expect(scope).toMatch(/^\d{8}\/eu-west-1\/s3\/aws4_request$/);
  expect(signed.split(";")).toEqual(expect.arrayContaining(["host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token", ...(etag ? ["if-none-match"] : [])]));
  expect(signature).toBe(signatureOf(asked, signed, scope));
  expect([asked.url, asked.headers["if-none-match"], asked.headers["x-amz-content-sha256"]]).toEqual(["/almanac-test/catalogue/current.json", etag, sha256("")]);
  await server.close();
});

test.each([
  [403, "absent"],
  [404, "absent"],
])("an answer of %i says that it is %s", async (status, kind) => {
  const server = await serve((_, response) => void response.writeHead(status).end("<Error/>"));
  expect(await objectReader(client, { ...place, endpoint: server.url })(undefined)).toEqual({ kind });
  await server.close();
});

test.each([301, 400, 500, 503])("an answer of %i throws a sentence", async (status) => {
  const server = await serve((_, response) => void response.writeHead(status).end());
  await expect(objectReader(client, { ...place, endpoint: server.url })(undefined)).rejects.toThrow(`S3 answered ${status} for /almanac-test/catalogue/current.json`);
  await server.close();
});

test("a server that is not there throws", async () => {
  const server = await serve(() => undefined);
  await server.close();
  await expect(objectReader(client, { ...place, endpoint: server.url })(undefined)).rejects.toThrow("ECONNREFUSED");
});
