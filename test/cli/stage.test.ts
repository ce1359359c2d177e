import { once } from "node:events";
import { createServer } from "node:http";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as compare from "../../cli/commands/compare.ts";
import * as confirm from "../../cli/commands/confirm.ts";
import * as erase from "../../cli/commands/erase.ts";
import * as evidence from "../../cli/commands/evidence.ts";
import * as explain from "../../cli/commands/explain.ts";
import * as health from "../../cli/commands/health.ts";
import * as query from "../../cli/commands/query.ts";
import * as correct from "../../cli/commands/correct.ts";
import * as record from "../../cli/commands/record.ts";
import * as subscribe from "../../cli/commands/subscribe.ts";
import * as subscribers from "../../cli/commands/subscribers.ts";
import * as testAlert from "../../cli/commands/test-alert.ts";
import * as unsubscribe from "../../cli/commands/unsubscribe.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { snsPublisher } from "../../shared/alerts/publish.ts";
import { snsTopic } from "../../shared/alerts/sns-topic.ts";
import { readOwedMessage } from "../../shared/queue/messages.ts";
import { alertKey, sourceKey } from "../../shared/records/keys.ts";
import { change, read } from "../../shared/records/records.ts";
import { subscribe as subscribeHere, subscriptions } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";
import { tip } from "../alerts/facts.ts";
import { state } from "../records/parts.ts";
import { almanac } from "./almanac.ts";
import { type Cloud, openCloud } from "./cloud.ts";
import { runHere } from "./in-process.ts";

let cloud: Cloud;
let table: Table;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-stage-"));
  cloud = await openCloud();
  table = await cloud.deploy("test");
});
beforeEach(() => {
  for (const [name, value] of Object.entries(cloud.environment)) vi.stubEnv(name, value);
  for (const name of ["AWS_PROFILE", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"]) vi.stubEnv(name, undefined);
  for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) vi.stubEnv(name, join(folder, "none"));
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(async () => {
  await cloud.close();
  await rm(folder, { recursive: true });
});

const target = "on AWS: stage test, table rights-almanac-test in us-east-1, account 000000000000";
const onStage = ["--stage", "test"];

describe("the target", () => {
  test("is said on stderr, on AWS and on this machine", async () => {
    expect((await runHere(query, onStage)).said[0]).toBe(target);
    expect((await runHere(query, ["--data", join(folder, "none")])).said[0]).toBe(`on this machine: ${join(folder, "none")}`);
    const ran = await almanac(folder, ["health", "--source", "us-state-press", ...onStage]);
    expect(ran).toMatchObject({ code: 0, said: expect.stringContaining(`${target}\n`), out: expect.not.stringContaining("on AWS") });
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    [["--stage", "test", "--data", "x"], "Give one of them"],
    [["--stage", "Test"], "cannot be the name of a stage: write at most 20 small letters"],
    [["--stage", "a-much-too-long-name-of-a-stage"], "cannot be the name of a stage"],
  ])("%j is bad usage", async (words, hint) => {
    for (const command of [query, health, subscribers]) await expect(runHere(command, words)).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining(hint) });
  });

  test.each<[string, Record<string, string | undefined>, string]>([
    ["a stage that was not deployed here", {}, "There is no table rights-almanac-other in us-east-1. Was the stage deployed there (npm run deploy)"],
    ["no region", { AWS_REGION: undefined }, "No AWS region is set."],
    ["no credentials", { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }, "there are none here"],
    ["credentials that are not taken", { AWS_ACCESS_KEY_ID: "other" }, "AWS does not take your credentials"],
    ["a profile that is not set up", { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_PROFILE: "nonexistent", AWS_EC2_METADATA_DISABLED: "true" }, 'AWS_PROFILE is "nonexistent", and that profile is not set up'],
    ["no network", { AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:9" }, "AWS could not be reached"],
  ])("%s is said in a sentence", async (_, environment, hint) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    await expect(runHere(query, ["--stage", "other"])).rejects.toMatchObject({ name: "Failure", message: expect.stringContaining(hint) });
  });
});

test.each([
  [{ AWS_REGION: "EU West" }, 'AWS_REGION is "EU West", which is no region.'],
  [{ AWS_ENDPOINT_URL: "foo" }, 'AWS_ENDPOINT_URL is "foo", which is no address.'],
])("%j is bad usage", async (environment, hint) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  await expect(runHere(query, onStage)).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining(hint) });
});

test("what a network's login page answers in place of AWS is said in a sentence", async () => {
  const page = createServer((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>Log in</html>")).listen(0, "127.0.0.1");
  await once(page, "listening");
  const at = page.address();
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", `http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}`);
  await expect(runHere(query, onStage)).rejects.toMatchObject({ name: "Failure", message: expect.stringContaining("no answer of AWS") });
  page.close();
});

test("the AWS SDK is loaded for a stage alone", async () => {
  const [hook, home] = [join(folder, "no-sdk.mjs"), await mkdtemp(join(tmpdir(), "almanac-no-sdk-"))];
  await writeFile(hook, 'import { registerHooks } from "node:module";\nregisterHooks({ resolve(name, context, next) { if (/^@(aws-sdk|smithy)/.test(name)) throw new Error(`loads ${name}`); return next(name, context); } });\n');
  vi.stubEnv("NODE_OPTIONS", `--import=${hook}`);
  const lines = ["subscribe ada@example.org", "export", "record kinu-white-paper 2026 https://www.kinu.or.kr/x/1 --no-alert", "query --stage test"];
  const ran: { code: number | null; said: string }[] = [];
  for (const line of lines) ran.push(await almanac(home, line.split(" ")));
  expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 1]);
  expect(ran.at(-1)?.said).toContain("loads @aws-sdk/client-dynamodb");
  await Promise.all([rm(hook), rm(home, { recursive: true })]);
});

test("query says that a stage is empty, and health shows what the stage has read", async () => {
  expect((await runHere(query, onStage)).said[1]).toContain("The table of stage test is empty");
  await change(table, sourceKey("us-state-press"), () => ({ ...state, id: "us-state-press", health: "blocked" as const, reason: "challenge" as const }));
  const { json } = await runHere(health, ["--source", "us-state-press", "--json", ...onStage]);
  expect(json[0]).toMatchObject({ source: "us-state-press", health: "blocked", reason: "challenge" });
});

test("what a person enters is recorded on the stage, and its alert goes through the stage's own queue, once", async () => {
  const words = ["kinu-white-paper", "2026", "https://www.kinu.or.kr/x/1", "--title", "북한인권백서 2026", ...onStage];
  const first = await runHere(record, [...words, "--json"]);
  expect(first).toMatchObject({ json: [{ alert: "edition:kinu-white-paper:2026", known: false }], said: [target, "The alert is in the stage's queue, and sent within a minute."] });
  const queued = (cloud.sns.fauxqs.inspectQueue("rights-almanac-test-notify.fifo")?.messages.ready ?? []).map(({ body }) => readOwedMessage(body));
  expect(queued).toEqual([{ key: { pk: "SERIES#kinu-white-paper", sk: "EDITION#2026", kind: "edition" }, alert: "edition:kinu-white-paper:2026", correlation: expect.stringContaining("by hand") }]);
  const rows = await runHere(query, ["--series", "kinu-white-paper", "--json", ...onStage]);
  expect(rows.json).toEqual([expect.objectContaining({ kind: "edition", status: "out" }), expect.objectContaining({ kind: "item" })]);
  const explained = await runHere(explain, ["https://www.kinu.or.kr/x/1", ...onStage]);
  expect(explained.lines[0]).toContain("북한인권백서 2026");
  expect(await readdir(folder)).toEqual([]);
});

test("what was wrong is taken back on the stage, and its correction goes through the stage's own queue", async () => {
  const gave = await runHere(correct, ["kinu-white-paper", "2026", "--false", "--json", ...onStage]);
  expect(gave).toMatchObject({ json: [{ takenBack: ["edition:kinu-white-paper:2026"], alert: "correction:kinu-white-paper:2026:1" }], said: [target, "The correction is in the stage's queue, and sent within a minute."] });
  const queued = (cloud.sns.fauxqs.inspectQueue("rights-almanac-test-notify.fifo")?.messages.ready ?? []).map(({ body }) => readOwedMessage(body)?.alert);
  expect(queued.at(-1)).toBe("correction:kinu-white-paper:2026:1");
});

test("documents are kept in the stage's bucket, shown from its table, and compared from there", async () => {
  const series = "us-state-tip-report";
  for (const [year, prisoners] of [["2019", 517], ["2020", 612]] as const) {
    const file = join(await mkdtemp(join(tmpdir(), "almanac-document-")), "document.txt");
    await writeFile(file, `# North Korea\n\nGuards in North Korea held ${prisoners} prisoners in four camps. Food in North Korea was short all year.`);
    expect((await runHere(evidence, [series, year, file, ...onStage])).said).toEqual([target, "Kept as evidence. Nobody was told."]);
    await rm(dirname(file), { recursive: true });
  }
  const { json } = await runHere(evidence, [series, "--json", ...onStage]);
  expect(json).toMatchObject([{ edition: 2019, key: expect.stringMatching(/^evidence\/[\da-f]{64}$/) }, { edition: 2020 }]);
  const compared = await runHere(compare, [series, "2019", "2020", ...onStage]);
  expect(compared.said[0]).toBe(target);
  expect(compared.lines.join("\n")).toContain("A number changed from 517 to 612");
  await expect(runHere(compare, [series, "2018", "2020", ...onStage])).rejects.toThrow("None is kept as evidence");
});

describe("subscriptions on a stage", () => {
  test("are asked to confirm, shown with how they stand, replaced and ended", async () => {
    const first = await runHere(subscribe, ["ada@example.org", "--kind", "edition", ...onStage]);
    expect(first.lines).toEqual(["ada@example.org is to get an email at once for alerts of the kind edition."]);
    expect(first.said).toEqual([target, expect.stringContaining("SNS has sent a mail with a link to it")]);
    expect((await runHere(subscribe, ["+82 10 1234 5678", ...onStage])).said.slice(1)).toEqual([expect.stringContaining("SMS sandbox"), expect.stringMatching(/For South Korea, AWS has no registration form; .*phone-numbers-sms-by-country\.html\. A reply of STOP may not/)]);
    expect((await runHere(subscribe, ["+1 202 555 0123", ...onStage])).said[2]).toMatch(/registered with the carriers.*Add a resource policy to that number which lets SNS use it.*A reply of STOP ends them\.$/);
    expect((await runHere(subscribe, ["+880 1712 345678", ...onStage])).said[2]).toContain("For Bangladesh, AWS asks for a registration");
    expect((await runHere(subscribe, ["+1 604 555 0123", ...onStage])).said[2]).toMatch(/^SMS to Canada .*resource policy/);
    for (const number of ["+880 1712 345678", "+1 604 555 0123"]) await runHere(unsubscribe, [number, ...onStage]);
    await runHere(unsubscribe, ["+1 202 555 0123", ...onStage]);
    await cloud.sns.confirm("ada@example.org");
    const again = await runHere(subscribe, ["ada@example.org", "--json", ...onStage]);
    expect(again.json).toEqual([expect.objectContaining({ address: "ada@example.org", state: "active", sns: "confirmed" })]);
    expect(again.said).toEqual([target, "This stands in place of what it asked for before.", expect.stringContaining("up to 15 minutes")]);
    const shown = await runHere(subscribers, onStage);
    expect(shown.lines).toEqual([expect.stringMatching(/confirmed +\+821012345678 +an SMS/), expect.stringMatching(/confirmed +ada@example.org +an email/)]);
    expect((await runHere(unsubscribe, ["+821012345678", ...onStage])).lines).toEqual(["+821012345678 gets no more alerts."]);
    await expect(runHere(unsubscribe, ["eve@example.org", ...onStage])).rejects.toThrow("has no subscription in stage test. `almanac subscribers --stage test` lists");
    await cloud.sns.leave("ada@example.org");
    const left = await runHere(subscribers, ["--json", ...onStage]);
    expect(left).toMatchObject({ json: [], said: [target, expect.stringContaining("Nobody has subscribed"), "4 ended subscriptions are not shown", expect.stringContaining("1 subscription left at SNS")] });
  });

  test("who was moved here is asked with --ask, and one whom SNS cannot take does not stop the others", async () => {
    const wishes = { series: [], publishers: [], kinds: [], languages: [] };
    const tooMany = { ...wishes, series: Array.from({ length: 160 }, (_, index) => `series-${index}`) };
    await subscribeHere(table, { protocol: "email", address: "bo@example.org", language: "en", wishes: tooMany }, "2026-11-24T10:00:00.000Z");
    await subscribeHere(table, { protocol: "email", address: "cy@example.org", language: "en", wishes }, "2026-11-24T10:00:00.000Z");
    const before = await runHere(subscribers, ["--json", ...onStage]);
    expect(before.json).toMatchObject([{ address: "bo@example.org", sns: "unasked" }, { address: "cy@example.org", sns: "unasked" }]);
    expect(before.said.at(-1)).toContain("almanac subscribers --stage test --ask");
    const after = await runHere(subscribers, ["--ask", "--json", ...onStage]);
    expect(after.json).toMatchObject([{ address: "bo@example.org", sns: "unasked" }, { address: "cy@example.org", sns: "pending" }]);
    expect(after.said[1]).toMatch(/^bo@example.org could not be asked: these wishes make 161 combinations/);
    await expect(runHere(subscribers, ["--ask", "--data", "x"])).rejects.toThrow("--stage NAME");
  });

  test("are confirmed with the token of the mail, so that the link under a mail ends them no more", async () => {
    await runHere(subscribe, ["fay@example.org", ...onStage]);
    const fay = (await subscriptions(table)).find(({ address }) => address === "fay@example.org");
    const link = `https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=x&Token=${encodeURIComponent(fay?.sns?.arn ?? "")}&Endpoint=fay@example.org`;
    const { lines, said } = await runHere(confirm, ["--token", link, ...onStage]);
    expect(lines).toEqual(["fay@example.org is confirmed, and gets what it asked for."]);
    expect(cloud.sns.asked("ConfirmSubscription")).toMatchObject([{ Token: fay?.sns?.arn, AuthenticateOnUnsubscribe: "true" }]);
    expect(said.at(-1)).toContain("no program which checks mail can");
    expect((await runHere(subscribers, ["--json", ...onStage])).json).toContainEqual(expect.objectContaining({ address: "fay@example.org", sns: "confirmed" }));
    for (const cut of ["short", "https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=x&Token=short"]) await expect(runHere(confirm, ["--token", cut, ...onStage])).rejects.toThrow('"short" is no token of SNS, or only part of one: give the whole link');
    await expect(runHere(confirm, ["--token", "https://sns.us-east-1.amazonaws.com/confirmation.html", ...onStage])).rejects.toThrow("has no token");
    await expect(runHere(confirm, ["--token", link])).rejects.toThrow("--stage NAME");
  });

  test("of a queue and a function are asked for by their ARN, hear at once what their owner must do, and get what they asked for alone", async () => {
    const [queue, lambda] = [cloud.sns.fauxqs.createQueue("watching").queueArn, "arn:aws:lambda:us-east-1:000000000000:function:watching"];
    const asked = await runHere(subscribe, [queue, "--kind", "notice", "--pace", "at-once", ...onStage]);
    expect(asked.lines).toEqual([`${queue} gets a message of JSON at once for alerts of the kind notice.`]);
    const statement: unknown = JSON.parse(/\{.*\}(?= )/.exec(asked.said[1] ?? "")?.[0] ?? "");
    const topicArn = "arn:aws:sns:us-east-1:000000000000:rights-almanac-test-alerts";
    expect(statement).toEqual({ Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: queue, Condition: { ArnEquals: { "aws:SourceArn": topicArn } } });
    expect((await runHere(subscribe, [lambda, "--pace", "weekly", ...onStage])).said[1]).toMatch(new RegExp(`aws lambda add-permission --function-name ${lambda} .*--source-arn ${topicArn}$`));
    expect((await runHere(subscribers, onStage)).lines).toEqual(expect.arrayContaining([expect.stringMatching(/^since \S+ +confirmed +arn:aws:lambda\S+ +an event of JSON every Monday/), expect.stringMatching(/confirmed +arn:aws:sqs\S+ +a message of JSON at once/)]));

    const publish = snsPublisher(cloud.sns.client, topicArn);
    for (const facts of [tip, { ...tip, id: "notice:1", kind: "notice" as const }]) await publish(compose(facts));
    await publish(compose({ ...tip, id: "digest:ada:1" }), { id: "ada", protocol: "email", address: "ada@example.org" });
    const tested = await runHere(testAlert, [queue, "--json", ...onStage]);
    const got = (cloud.sns.fauxqs.inspectQueue("watching")?.messages.ready ?? []).map(({ body }) => JSON.parse(body).MessageAttributes.alert.Value);
    expect([got, tested.json]).toEqual([["notice:1", expect.stringMatching(/^test:/)], [{ address: queue, alert: got[1] }]]);

    expect((await runHere(unsubscribe, [queue, ...onStage])).lines).toEqual([`${queue} gets no more alerts.`]);
    expect((await runHere(erase, [lambda, ...onStage])).lines[0]).toBe(`${lambda} is erased: 1 record, and the subscription at SNS.`);
    const endpoints = (await snsTopic(cloud.sns.client, topicArn, queue).list()).map(({ endpoint }) => endpoint);
    expect([endpoints.includes(queue), endpoints.includes(lambda)]).toEqual([false, false]);
    await expect(runHere(subscribe, [queue, "--data", "x"])).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining("--stage NAME") });
  });

  test("get a test alone, and are erased wholly", async () => {
    const hook = "https://hooks.example.org/a";
    await runHere(subscribe, [hook, "--pace", "daily", ...onStage]);
    expect((await runHere(testAlert, [hook, ...onStage])).lines[0]).toMatch(/was handed to SNS.*`almanac subscribers --stage test`/);
    await expect(runHere(testAlert, ["eve@example.org", ...onStage])).rejects.toThrow("nothing is sent to strangers");
    await cloud.sns.confirm(hook);
    const [key] = (await subscriptions(table)).filter(({ address }) => address === hook).map(({ id }) => alertKey(`digest:${id}:1`));
    await change(table, key ?? alertKey(""), () => ({ id: "digest", facts: tip, composed: compose(tip), sent: null, messageIds: [] }));
    const gone = await runHere(erase, [hook, ...onStage]);
    expect([gone.lines, gone.said.at(-1)]).toEqual([[`${hook} is erased: 2 records, and the subscription at SNS.`], expect.stringMatching(/Backups .* 35 days\. .* logs .* phone numbers\.$/)]);
    expect((await subscriptions(table)).map(({ address }) => address)).not.toContain(hook);
    expect(await read(table, key ?? alertKey(""))).toBeUndefined();
    expect((await runHere(subscribers, ["--json", ...onStage])).json).not.toContainEqual(expect.objectContaining({ address: hook }));
    await expect(runHere(erase, [hook, ...onStage])).rejects.toThrow("There is nothing of");
  });

  test("wishes that SNS cannot take are refused before anything is asked, and a full topic is said", async () => {
    const count = (await subscriptions(table)).length;
    cloud.sns.fill();
    await expect(runHere(subscribe, ["dee@example.org", ...onStage])).rejects.toMatchObject({ name: "Failure", message: expect.stringContaining("200 a topic") });
    expect(await subscriptions(table)).toHaveLength(count);
  });
});
