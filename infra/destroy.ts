import { S3Client } from "@aws-sdk/client-s3";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bucketOf, runCdk, script } from "./cdk.ts";
import { destruction } from "./commands.ts";
import { emptyBucket } from "./empty-bucket.ts";

async function emptyBucketOf(outputs: string, stack: string): Promise<void> {
  const { bucket, region } = bucketOf(outputs, stack);
  const deleted = await emptyBucket(new S3Client({ region }), bucket);
  process.stderr.write(`${deleted} versions of objects were deleted from ${bucket}.\n`);
}

const flagsHelp = ["  --data          its table, bucket and subscribers too, for ever; only with --yes", "  --yes           do not ask"];
await script({ name: "destroy", does: "Takes the stage's functions, queues and alarms away. Its table, bucket and subscribers stay.", flags: ["data", "yes"], flagsHelp }, async (args) => {
  const folder = mkdtempSync(join(tmpdir(), "almanac-destroy-"));
  const outputs = join(folder, "outputs.json");
  try {
    const { warning, steps } = destruction(args, outputs);
    process.stderr.write(`${warning}\n`);
    for (const step of steps) {
      if ("cdk" in step) runCdk(step.cdk);
      else await emptyBucketOf(outputs, step.emptyBucketOf);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
