import { execFileSync, spawnSync } from "node:child_process";
import { createSign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

type Message = Readonly<Record<string, string>>;
type Verify = (message: Message, topicArn: string, certificateAt: (address: string) => Promise<string>, now: number) => Promise<void>;

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
if (!hasOpenssl) console.warn("Skipped: the example receiver needs openssl to be tested with a certificate of its own.");

const topic = "arn:aws:sns:eu-west-1:123456789012:rights-almanac-prod-alerts";
const unsigned: Message = {
  Type: "Notification",
  MessageId: "da41e39f-ea4d-435a-b922-c6aae3915ebe",
  TopicArn: topic,
  Subject: "발간: TIP report 2021",
  Message: '{"schema":"rights-almanac/alert/1","alert":"edition:tip:2021"}',
  Timestamp: "2026-11-25T04:00:00.000Z",
  SignatureVersion: "2",
  SigningCertURL: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
};

const sentAt = Date.parse("2026-11-25T04:00:00Z");
let folder: string;
let verify: Verify;
const certificate = async (): Promise<string> => readFileSync(join(folder, "certificate.pem"), "utf8");

/** Signed as the guide of SNS has it: names and values on lines of their own, in the order of the names. */
function signed(message: Message): Message {
  const said = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"].map((name) => `${name}\n${message[name] ?? ""}\n`).join("");
  return { ...message, Signature: createSign("RSA-SHA256").update(said).sign(readFileSync(join(folder, "key.pem")), "base64") };
}

describe.skipIf(!hasOpenssl)("the example receiver", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "almanac-receiver-"));
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=sns.example", "-keyout", join(folder, "key.pem"), "-out", join(folder, "certificate.pem")], { stdio: "ignore" });
    const path = join(import.meta.dirname, "../../docs/examples/receive-alerts.mjs");
    ({ verify } = await import(path));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("takes what is signed by the certificate of SNS, as long as SNS may try", async () => {
    for (const minutes of [0, 60]) await expect(verify(signed(unsigned), topic, certificate, sentAt + minutes * 60_000)).resolves.toBeUndefined();
  });

  test.each([70, 60 * 24 * 30, -70])("refuses what was kept for %i minutes, and what has no time", async (minutes) => {
    await expect(verify(signed(unsigned), topic, certificate, sentAt + minutes * 60_000)).rejects.toThrow("signed too long ago");
    await expect(verify(signed({ ...unsigned, Timestamp: "" }), topic, certificate, sentAt)).rejects.toThrow("signed too long ago");
  });

  test.each<[string, Message]>([
    ["was changed on its way", { Message: "{}" }],
    ["is of another topic", { TopicArn: "arn:aws:sns:eu-west-1:666666666666:other" }],
    ["is signed by SHA-1", { SignatureVersion: "1" }],
    ["names a certificate elsewhere", { SigningCertURL: "https://sns.eu-west-1.amazonaws.com.evil.example/a.pem" }],
    ["names a certificate without TLS", { SigningCertURL: "http://sns.eu-west-1.amazonaws.com/a.pem" }],
    ["is of no type of SNS", { Type: "constructor" }],
  ])("refuses what %s", (_, change) => expect(verify({ ...signed(unsigned), ...change }, topic, certificate, sentAt)).rejects.toThrow(/not a message of this topic|no address of SNS|does not fit/));
});
