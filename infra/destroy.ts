import { S3Client } from "@aws-sdk/client-s3";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCdk, script } from "./cdk.ts";
import { destruction } from "./commands.ts";
import { emptyBucket } from "./empty-bucket.ts";

/** The bucket's name as the stack gave it, and the region, which is the end of it. */
function bucketOf(outputs: string, stack: string): { readonly bucket: string; readonly region: string } {
  const stacks: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(readFileSync(outputs, "utf8"));
  const bucket = stacks[stack]?.["BucketName"];
  const [, region] = /-\d{12}-([a-z0-9-]+)$/.exec(bucket ?? "") ?? [];
  if (bucket === undefined || region === undefined) throw new Error(`The stack ${stack} did not say what its bucket is called.`);
  return { bucket, region };
}

async function emptyBucketOf(outputs: string, stack: string): Promise<void> {
  const { bucket, region } = bucketOf(outputs, stack);
  const deleted = await emptyBucket(new S3Client({ region }), bucket);
  process.stderr.write(`${deleted} versions of objects were deleted from ${bucket}.\n`);
}

const folder = mkdtempSync(join(tmpdir(), "almanac-destroy-"));
await script(async () => {
  const outputs = join(folder, "outputs.json");
  const { warning, steps } = destruction(process.argv.slice(2), outputs);
  process.stderr.write(`${warning}\n`);
  for (const step of steps) {
    if ("cdk" in step) runCdk(step.cdk);
    else await emptyBucketOf(outputs, step.emptyBucketOf);
  }
});
rmSync(folder, { recursive: true });
