import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as catalogue from "../../cli/commands/catalogue.ts";
import { readPacked } from "../../shared/catalogue/packed.ts";
import { type Cloud, openCloud } from "./cloud.ts";
import { runHere } from "./in-process.ts";

const root = join(import.meta.dirname, "../..");
const place = { Bucket: "rights-almanac-test-000000000000-us-east-1", Key: "catalogue/current.json" };

let cloud: Cloud;
let s3: S3Client;
let folder: string;
let sources: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-push-"));
  cloud = await openCloud();
  await cloud.deploy("test");
  s3 = new S3Client({ endpoint: cloud.sns.fauxqs.address, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "none" } });
  sources = await readFile(join(root, "sources.json"), "utf8");
});
beforeEach(() => {
  for (const [name, value] of Object.entries(cloud.environment)) vi.stubEnv(name, value);
  for (const name of ["AWS_PROFILE", "AWS_ENDPOINT_URL"]) vi.stubEnv(name, undefined);
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(async () => {
  s3.destroy();
  await cloud.close();
  await rm(folder, { recursive: true });
});

const push = (...words: string[]) => runHere(catalogue, ["--push", "--stage", "test", ...words]);
const stored = async (): Promise<string> => (await (await s3.send(new GetObjectCommand(place))).Body?.transformToString()) ?? "";

/** A sources file that differs from the project's by what is done to its text. */
async function changed(from: string, to: string): Promise<string[]> {
  const path = join(folder, "sources.json");
  expect(sources).toContain(from);
  await writeFile(path, sources.replace(from, to));
  return ["--sources", path];
}

describe("a catalogue without a fault", () => {
  test("is put where the functions read it, once, with the version that follows from it", async () => {
    const dry = await push("--dry");
    expect(dry.lines).toEqual([expect.stringMatching(/^version [0-9a-f]{12} \(not pushed\)$/)]);
    await expect(stored()).rejects.toMatchObject({ name: "NoSuchKey" });
    const first = await push();
    const { version, catalogue: read } = readPacked(await stored());
    expect(first.lines).toEqual([`version ${version}`]);
    expect(first.said[0]).toContain("on AWS: stage test");
    expect(read.series.length).toBeGreaterThan(30);
    expect((await push()).lines).toEqual([`version ${version} is there already`]);
  });

  test("says what is different from the one that is there", async () => {
    const before = readPacked(await stored()).version;
    const words = await changed('"id": "us-state-press"', '"id": "us-state-pressed"');
    const { json } = await push("--json", ...words);
    const after = readPacked(await stored()).version;
    expect(json).toEqual([{ version: after, before, pushed: true, changes: [{ what: "sources", added: ["us-state-pressed"], removed: ["us-state-press"], changed: [] }] }]);
    expect((await push("--dry")).lines).toEqual(["sources added: us-state-press", "sources removed: us-state-pressed", `version ${before}, in place of ${after} (not pushed)`]);
    expect(readPacked(await stored()).version).toBe(after);
  });

  test("stands in place of one that cannot be used", async () => {
    await s3.send(new PutObjectCommand({ ...place, Body: "{}" }));
    const { lines, said } = await push();
    expect([lines, said[1]]).toEqual([[expect.stringMatching(/^version \w+$/)], expect.stringContaining("cannot be used, and is replaced")]);
  });
});

test("a catalogue with a fault is not pushed, and its faults are shown", async () => {
  const before = await stored();
  const words = await changed('"publisher": "us-state"', '"publisher": "us-stat"');
  await expect(push(...words)).rejects.toMatchObject({ name: "Failure", message: expect.stringMatching(/^the catalogue has \d+ faults?/) });
  expect(await stored()).toBe(before);
});

test.each([
  [["--push"], "Which stage"],
  [["--push", "--stage", "prod", "--live"], "--push and --live are two things"],
  [["--push", "--stage", "prod", "--list", "series"], "--push and --list are two things"],
  [["--push", "--stage", "Prod"], "cannot be the name of a stage"],
  [["--stage", "prod"], "go with --push"],
  [["--dry"], "go with --push"],
])("%j is bad usage", async (words, hint) => {
  await expect(runHere(catalogue, words)).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining(hint) });
});
