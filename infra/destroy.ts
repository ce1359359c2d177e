import { S3Client } from "@aws-sdk/client-s3";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bucketOf, runCdk, script, takeProfile } from "./cdk.ts";
import { destruction } from "./commands.ts";
import { emptyBucket } from "./empty-bucket.ts";

async function emptyBucketOf(outputs: string, stack: string): Promise<void> {
  const { bucket, region } = bucketOf(outputs, stack);
  const deleted = await emptyBucket(new S3Client({ region }), bucket);
  process.stderr.write(`${deleted} versions of objects were deleted from ${bucket}.\n`);
}

const folder = mkdtempSync(join(tmpdir(), "almanac-destroy-"));
await script(async () => {
  const outputs = join(folder, "outputs.json");
  const args = process.argv.slice(2);
  const { warning, steps } = destruction(args, outputs);
  takeProfile(args);
  process.stderr.write(`${warning}\n`);
  for (const step of steps) {
    if ("cdk" in step) runCdk(step.cdk);
    else await emptyBucketOf(outputs, step.emptyBucketOf);
  }
});
rmSync(folder, { recursive: true });
