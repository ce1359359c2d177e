import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildBundle } from "../../infra/bundles.ts";
import { editionsOf } from "../../shared/records/editions.ts";
import { sourceKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import { functionNames } from "../../shared/stage.ts";
import { type DynamoLocal, hasJava, startDynamoLocal } from "../records/dynamo-local.ts";
import { deliver, type Delivered } from "./event-source.ts";
import { type Built, deployMonitor, type Monitor } from "./monitor.ts";
import { allows, idle } from "./policy.ts";
import { parts, report, year } from "./published.ts";
import { synthesize } from "./synthesized.ts";

const from = "press@mail.state.example";
const mailed = { id: "state-mail", publisher: "state", url: "https://state.example/subscribe", read: { as: "mail" as const, senders: [from], dkim: ["state.example"] } };
const queue = "rights-almanac-prod-mail";

/** What SES writes at the top of what it takes. */
const bySes = (results: string): string => `Return-Path: <bounce@state.example>\r\nReceived: from mail.state.example ([192.0.2.1])\r\n by inbound-smtp.us-east-1.amazonaws.com with SMTP id abc\r\n for almanac@mail.example.org;\r\nReceived-SPF: pass client-ip=192.0.2.1;\r\nAuthentication-Results: amazonses.com;\r\n spf=pass (spfCheck: domain of state.example) client-ip=192.0.2.1;\r\n ${results};\r\nX-SES-RECEIPT: abc\r\n`;
/** As it comes from the publisher; SES alone looks whether its signature holds. */
const letter = (title: string, signed = "from:to:subject:date:message-id"): string => `Received: by mail.state.example\r\nDKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=state.example; s=s1;\r\n h=${signed}; bh=abc=; b=abc=\r\nFrom: Press <${from}>\r\nTo: almanac@mail.example.org\r\nSubject: ${title}\r\nDate: ${new Date().toUTCString()}\r\nMessage-ID: <${title.length}@state.example>\r\n\r\n${report.url}\r\n`;

let folder: string;
let dynamo: DynamoLocal;
let built: Built;
let monitor: Monitor;

/** SES keeps a mail and tells of it, with its verdicts. */
async function come(key: string, message: string | undefined, { dkim = "PASS", dmarc = "PASS", bucket = monitor.deployment.buckets[0] ?? "" } = {}): Promise<Delivered | undefined> {
  if (message !== undefined) await monitor.cloud.putObject(bucket, key, message);
  const receipt = { recipients: ["almanac@mail.example.org"], spfVerdict: { status: "PASS" }, dkimVerdict: { status: dkim }, dmarcVerdict: { status: dmarc }, action: { type: "S3", bucketName: bucket, objectKeyPrefix: "mail/", objectKey: key } };
  return hand(JSON.stringify({ notificationType: "Received", mail: { source: "bounce@state.example" }, receipt }));
}

async function hand(body: string): Promise<Delivered | undefined> {
  const mapping = monitor.cloud.mappingOf(monitor.deployed("poll"), queue);
  await monitor.cloud.sqs.send(new SendMessageCommand({ QueueUrl: mapping.queueUrl, MessageBody: body }));
  return deliver(monitor.cloud.sqs, mapping, monitor.function("poll"));
}

const owed = (): string[] => monitor.waiting("notify").map((body): string => JSON.parse(body).alert);
/** What poll said since the last time. */
async function said(): Promise<string> {
  await monitor.function("poll").kill();
  return monitor.function("poll").said().join("\n");
}
const done = { messages: 1, back: [], fault: undefined };

describe.skipIf(!hasJava())("mail that SES takes", () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "almanac-mail-built-"));
    const starting = startDynamoLocal();
    for (const name of functionNames) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "index.mjs"), "");
    }
    const bundle = await buildBundle("poll", "functions/poll/handler.ts", join(folder, "poll"));
    built = { folder, bundles: [bundle], ...synthesize("prod", folder, { address: "almanac@mail.example.org", ruleSet: "ours" }) };
    dynamo = await starting;
    monitor = await deployMonitor(built, dynamo);
    await monitor.push({ ...parts, sources: [mailed] });
  }, 120_000);
  afterAll(async () => {
    await monitor?.close();
    await dynamo?.stop();
    await rm(folder, { recursive: true });
  });

  test("that SES tries the topic, and what tells of another bucket, is dropped and said", async () => {
    expect(await hand("Successfully validated SNS topic for Amazon SES event publishing.")).toEqual(done);
    expect(await come("evidence/one", undefined)).toEqual(done);
  });

  test("a mail that SES does not vouch for, or that another signed, is refused, said, and kept", async () => {
    const pass = "dkim=pass header.i=@state.example;\r\n dmarc=pass header.from=state.example";
    const others = "dkim=pass header.i=@other.example";
    await come("mail/wrong", bySes("dkim=permerror") + letter(report.title), { dkim: "FAIL" });
    await come("mail/no-policy", bySes(pass) + letter(report.title), { dmarc: "GRAY" });
    await come("mail/others", bySes(others) + letter(report.title));
    await come("mail/forged", `${bySes(others)}Authentication-Results: amazonses.com; ${pass}\r\n${letter(report.title)}`);
    await come("mail/subject", bySes(pass) + letter(report.title, "from:to"));
    await come("mail/stray", `${bySes(pass)}${letter(report.title).replace("\r\nMessage-ID", "\r\n\r\r\nhttps://evil.example/\r\n\r\r\nMessage-ID")}`);
    expect(owed()).toEqual([]);
    const log = await said();
    expect(log.match(/tells of no mail of this stage/g)).toHaveLength(2);
    const refused = log.split("\n").filter((line) => line.includes("A mail is refused. It stays in the bucket for 90 days."));
    expect(refused).toEqual(["SES says that DKIM is FAIL", "DMARC is GRAY", "it is signed by other.example", "it is signed by other.example", "the signature of state.example is not over subject, date", "of its head holds a control character"].map((why) => expect.stringContaining(why)));
    expect((await monitor.cloud.object(monitor.deployment.buckets[0] ?? "", "mail/forged")).toString()).toContain(from);
  });

  test("a mail of a listed sender that its domain signed is recorded, and its alert owed, once however often it comes", async () => {
    const message = bySes("dkim=pass header.i=@state.example;\r\n dmarc=pass header.from=state.example") + letter(report.title);
    expect(await come("mail/one", message)).toEqual(done);
    expect(await come("mail/two", message)).toEqual(done);
    expect(owed()).toEqual([`edition:tip:${year}`]);
    expect(await editionsOf(monitor.cloud.table, "tip")).toMatchObject([{ year, status: "out", url: report.url }]);
    expect(await read(monitor.cloud.table, sourceKey("state-mail"))).toMatchObject({ health: "well" });
  });

  test("a mail that is not there yet comes again", async () => {
    expect(await come("mail/later", undefined)).toMatchObject({ messages: 1, back: [expect.stringContaining("mail/later")] });
  });

  test("the mailbox is polled like any source, and nothing is fetched for it", async () => {
    expect(await monitor.function("poll").invoke({ Records: [] })).toEqual({ result: { batchItemFailures: [] } });
    monitor.put("poll", JSON.stringify({ format: 1, minute: Math.floor(Date.now() / 60_000), host: "state.example", sources: ["state-mail"], correlation: "mailbox" }));
    expect(await monitor.feedOnce("poll")).toEqual(done);
    expect(await read(monitor.cloud.table, sourceKey("state-mail"))).toMatchObject({ health: "well" });
  });

  test("poll may do all that it was seen doing with mail, and no more", () => {
    const { statements } = monitor.deployed("poll");
    const calls = monitor.cloud.recorder.calls().filter(({ caller }) => caller === "poll");
    expect(calls.filter(({ resource }) => resource.includes("/mail/")).map(({ action }) => action)).toContain("s3:GetObject");
    expect(calls.filter((call) => !allows(statements, call))).toEqual([]);
    expect(idle(statements, calls).filter((unused) => JSON.stringify(unused).includes("/mail/"))).toEqual([]);
  });
});
