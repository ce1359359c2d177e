import { S3Client } from "@aws-sdk/client-s3";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, test } from "vitest";
import { stageArguments } from "../../infra/arguments.ts";
import { deployArguments, destruction } from "../../infra/commands.ts";
import { emptyBucket } from "../../infra/empty-bucket.ts";
import { UsageError } from "../../shared/fault.ts";
import { openRuleSets } from "./rule-sets.ts";
import { openBucket } from "./versions.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "almanac-commands-"));
afterAll(() => rmSync(folder, { recursive: true }));

const deploying = (...words: string[]) => stageArguments("deploy", words, ["no-budget", "no-site", "yes"]);
const destroying = (...words: string[]) => stageArguments("destroy", words, ["data", "yes"]);

describe("the words after npm run destroy --", () => {
  test.each([
    [[], "prod"],
    [["--stage", "test"], "test"],
    [["--yes", "--stage=test", "--data"], "test"],
  ])("%j name the stage %s", (words, stage) => expect(destroying(...words).stage).toBe(stage));

  test.each([
    [["-c", "stage=test"], "The stage is named by --stage: npm run destroy -- --stage test."],
    [["--stagee", "test"], "npm run destroy has no option --stagee."],
    [["--force"], "npm run destroy has no option --force."],
    [["--stage"], "--stage needs a value after it."],
    [["--stage", "--data"], "--stage needs a value after it."],
    [["--stage", "one", "--stage", "two"], "--stage is given twice."],
    [["test"], 'npm run destroy takes options alone, and not "test". Write two hyphens before them'],
    [["--stage", "Test"], '"Test" cannot be the name of a stage: write at most 20 small letters'],
    [["--stage", ""], '"" cannot be the name of a stage'],
  ] as const)("%j are refused, and never taken for prod: %s", (words, says) => {
    expect(() => destroying(...words)).toThrow(UsageError);
    expect(() => destroying(...words)).toThrow(says);
  });
});

describe("deploying", () => {
  const contact = { ALMANAC_CONTACT: "desk@example.org" };

  test("is refused without a contact, with a sentence that says what to write", () => {
    expect(() => deployArguments(deploying(), {}, [])).toThrow("ALMANAC_CONTACT=you@example.org npm run deploy");
    expect(() => deployArguments(deploying(), { ALMANAC_CONTACT: "" }, [])).toThrow("ALMANAC_CONTACT is not set");
  });

  test("is one command for both stacks, and hands on what else was asked", () => {
    expect(deployArguments(deploying("--stage", "test", "--yes", "--no-budget", "--no-site", "--profile", "desk"), contact, [])).toEqual([
      "deploy",
      "--all",
      "--parameters",
      "rights-almanac-test:ContactAddress=desk@example.org",
      "--require-approval",
      "never",
      "-c",
      "stage=test",
      "-c",
      "budget=none",
      "-c",
      "pages=none",
      "--profile",
      "desk",
    ]);
  });

  test("gives the settings and credentials that are set, and leaves the others as they were deployed", () => {
    const args = deployArguments(deploying(), { ...contact, RELIEFWEB_APPNAME: "an-app", ALMANAC_MONTHLY_BUDGET: "20", ALMANAC_OPERATOR: "", UNKNOWN: "a" }, ["RELIEFWEB_APPNAME", "OTHER_KEY"]);
    expect(args.filter((arg) => arg.includes(":"))).toEqual([
      "rights-almanac-prod:ContactAddress=desk@example.org",
      "rights-almanac-prod:OperatorAddress=",
      "rights-almanac-prod:MonthlyBudget=20",
      "rights-almanac-prod:ReliefwebAppname=an-app",
    ]);
  });

  test.each([
    [{ ALMANAC_CONTACT: "nonsense" }, 'ALMANAC_CONTACT is "nonsense". It takes an email address.'],
    [{ ...contact, ALMANAC_OPERATOR: "me" }, "an email address, or empty for the contact."],
    [{ ...contact, ALMANAC_MONTHLY_BUDGET: "lots" }, 'ALMANAC_MONTHLY_BUDGET is "lots". It takes US dollars, 1 or more.'],
    [{ ...contact, ALMANAC_MONTHLY_BUDGET: "0" }, "1 or more"],
    [{ ...contact, ALMANAC_SMS_ALARM: "-1" }, "US dollars, such as 0.8."],
  ])("with the settings %j is refused before anything is built", (env, says) => expect(() => deployArguments(deploying(), env, [])).toThrow(says));
});

describe("destroying", () => {
  test("takes the monitor alone, and asks first", () => {
    expect(destruction(destroying("--stage", "test"), "out.json").steps).toEqual([{ cdk: ["destroy", "rights-almanac-test", "--exclusively", "-c", "stage=test"] }]);
  });

  test("takes what is kept only with --data and --yes, and says before what will be gone", () => {
    expect(() => destruction(destroying("--data"), "out.json")).toThrow(/the table rights-almanac-prod, .* npm run destroy -- --stage prod --data --yes$/);
    expect(() => destruction(destroying("--stage", "test", "--data"), "out.json")).toThrow("npm run destroy -- --stage test --data --yes");
  });

  test("of all takes the protection off first, empties the bucket, and then deletes", () => {
    const prod = ["-c", "stage=prod"];
    expect(destruction(destroying("--data", "--yes"), "out.json").steps).toEqual([
      { cdk: ["destroy", "rights-almanac-prod", "--exclusively", "--force", ...prod] },
      { cdk: ["deploy", "rights-almanac-prod-records", "--exclusively", "--require-approval", "never", "--outputs-file", "out.json", ...prod, "-c", "unprotected=true"] },
      { emptyBucketOf: "rights-almanac-prod-records" },
      { cdk: ["destroy", "rights-almanac-prod-records", "--exclusively", "--force", ...prod, "-c", "unprotected=true"] },
    ]);
  });
});

const client = (endpoint: string): S3Client => new S3Client({ region: "us-east-1", endpoint, forcePathStyle: true, credentials: { accessKeyId: "a", secretAccessKey: "b" } });

describe("emptying a bucket", () => {
  test("deletes every version and every mark of deletion, page by page", async () => {
    const bucket = await openBucket([{ key: "a" }, { key: "a", mark: true }, { key: "a" }, { key: "b" }, { key: "c", mark: true }], 2);
    await expect(emptyBucket(client(bucket.endpoint), "bucket")).resolves.toBe(5);
    expect(bucket.left()).toEqual([]);
    await bucket.close();
  });

  test("stops with a sentence at a version that may not be deleted", async () => {
    const bucket = await openBucket([{ key: "a", locked: true }], 2);
    await expect(emptyBucket(client(bucket.endpoint), "bucket")).rejects.toThrow("a could not be deleted from bucket: Access Denied");
    await bucket.close();
  });
});

const log = join(folder, "called");
/** In place of the cdk command: notes what it was called with, writes the outputs that it was asked for, and fails where it is told to. */
const standIn = `#!/bin/sh
echo "$*" >> ${log}
[ "$1" = "$FAILING" ] && exit 3
while [ $# -gt 0 ]; do
  [ "$1" = --outputs-file ] && echo '{"rights-almanac-test-records":{"BucketName":"rights-almanac-test-123456789012-eu-west-1"}}' > "$2"
  shift
done
exit 0
`;

/** Runs a script of infra/ with the stand-in, and gives how it ended, what it said and what it called. */
async function run(script: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<{ code: unknown; said: string; called: string[] }> {
  writeFileSync(log, "");
  writeFileSync(join(folder, "cdk"), standIn);
  chmodSync(join(folder, "cdk"), 0o755);
  const path = `${folder}${delimiter}${process.env["PATH"]}`;
  const child = spawn(process.execPath, [join(root, "infra", script), ...args], { env: { PATH: path, ...env }, stdio: ["ignore", "inherit", "pipe"] });
  const [[code], said] = await Promise.all([once(child, "close"), text(child.stderr)]);
  return { code, said, called: readFileSync(log, "utf8").split("\n").filter(Boolean) };
}

describe("the scripts", () => {
  test("deploy says what is missing, calls nothing, and ends with 2", async () => {
    expect(await run("deploy.ts", [], {})).toEqual({ code: 2, said: expect.stringMatching(/^ALMANAC_CONTACT is not set: [^\n]+\n$/), called: [] });
  });

  test("deploy calls cdk once, and fails where cdk does", async () => {
    expect(await run("deploy.ts", ["--stage", "test"], { ALMANAC_CONTACT: "desk@example.org", FAILING: "deploy" })).toEqual({
      code: 1,
      said: expect.stringMatching(/^cdk deploy did not succeed; what it said stands above. .* choose a profile/),
      called: [expect.stringMatching(/^deploy --all --parameters rights-almanac-test:ContactAddress=desk@example.org -c stage=test --outputs-file \S+$/)],
    });
  });

  test("deploy then pushes the catalogue to the stage, with the profile that cdk was given, and says how to go on where that fails", { timeout: 60_000 }, async () => {
    const profiles = join(folder, "profiles");
    writeFileSync(profiles, "[profile desk]\naws_access_key_id = A\naws_secret_access_key = B\n");
    const env = { ALMANAC_CONTACT: "desk@example.org", AWS_CONFIG_FILE: profiles, AWS_EC2_METADATA_DISABLED: "true", AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_MAX_ATTEMPTS: "1" };
    expect(await run("deploy.ts", ["--stage", "test"], env)).toMatchObject({ code: 1, said: expect.stringContaining("AWS is asked with your credentials, and there are none here") });
    // Only the profile has credentials, and only the outputs name the region.
    const { code, said } = await run("deploy.ts", ["--stage", "test", "--profile", "desk"], env);
    expect(code).toBe(1);
    expect(said).toMatch(/^AWS could not be reached/);
    expect(said).toContain("AWS_REGION=eu-west-1");
    expect(said).toMatch(/almanac catalogue --push --stage test did not succeed; .* run this line again/);
  });

  const mail = ["--stage", "test", "--mail", "almanac@mail.example.org", "--mail-rules", "ours"];

  test.each([
    ["none is active", [], undefined, ["CreateReceiptRuleSet ours", "SetActiveReceiptRuleSet ours"], 'SES went by no rule set here, and goes by "ours" now.'],
    ["ours is active", ["ours"], "ours", [], ""],
  ])("deploy with mail goes on where %s", async (_, sets, active, changes, says) => {
    const ses = await openRuleSets(sets, active);
    const { said, called } = await run("deploy.ts", mail, { ...ses.env, ALMANAC_CONTACT: "desk@example.org", FAILING: "deploy" });
    await ses.close();
    expect(ses.asked).toEqual(["DescribeActiveReceiptRuleSet", ...changes]);
    expect(ses.active()).toBe("ours");
    expect(said).toContain(says);
    expect(called).toHaveLength(1);
  });

  test.each([
    ["another is active", ["theirs"], "theirs", undefined, 'SES goes by the rule set "theirs" in this account and region', "--mail-rules theirs"],
    ["none is active and one of that name is there", ["ours"], undefined, undefined, 'has one called "ours" that is not active, so nothing was deployed', "aws ses set-active-receipt-rule-set --rule-set-name ours"],
    ["SES does not say which is active", ["theirs"], "theirs", "DescribeActiveReceiptRuleSet", "DescribeActiveReceiptRuleSet: AccessDenied, not authorized", "nothing was deployed"],
    ["ours may not be made active", ["theirs"], undefined, "SetActiveReceiptRuleSet", "SetActiveReceiptRuleSet: AccessDenied, not authorized", "nothing was deployed"],
  ])("deploy with mail stops, and switches nothing off, where %s", async (_, sets, active, refused, says, does) => {
    const ses = await openRuleSets(sets, active, refused);
    const { code, said, called } = await run("deploy.ts", mail, { ...ses.env, ALMANAC_CONTACT: "desk@example.org" });
    await ses.close();
    expect({ code, called, active: ses.active() }).toEqual({ code: 1, called: [], active });
    expect(said).toContain(says);
    expect(said).toContain(does);
  });

  test("destroy of all works through its steps, with the profile that cdk was given and the bucket that the stack names", async () => {
    const bucket = await openBucket([], 10);
    const profiles = join(folder, "profiles");
    writeFileSync(profiles, "[profile desk]\naws_access_key_id = A\naws_secret_access_key = B\n");
    const { code, said, called } = await run("destroy.ts", ["--stage", "test", "--data", "--yes", "--profile", "desk"], { AWS_ENDPOINT_URL_S3: bucket.endpoint, AWS_CONFIG_FILE: profiles, AWS_EC2_METADATA_DISABLED: "true" });
    await bucket.close();
    expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/^All of stage test goes, for ever: [^\n]+\n0 versions of objects were deleted from rights-almanac-test-123456789012-eu-west-1\.\n$/) });
    expect(called.map((line) => line.split(" ", 2).join(" "))).toEqual(["destroy rights-almanac-test", "deploy rights-almanac-test-records", "destroy rights-almanac-test-records"]);
  });

  test("destroy of all goes no further than a step that failed", async () => {
    const { code, called } = await run("destroy.ts", ["--stage", "test", "--data", "--yes"], { FAILING: "deploy" });
    expect(code).toBe(1);
    expect(called.map((line) => line.split(" ", 1).join(""))).toEqual(["destroy", "deploy"]);
  });
});
