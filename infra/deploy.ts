import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stageNames } from "../shared/stage.ts";
import { bucketOf, runAlmanac, runCdk, script, takeProfile } from "./cdk.ts";
import { deployArguments, stageOf } from "./commands.ts";
import { catalogueCredentials } from "./credentials.ts";

const folder = mkdtempSync(join(tmpdir(), "almanac-deploy-"));
await script(() => {
  const args = process.argv.slice(2);
  const outputs = join(folder, "outputs.json");
  const stage = stageOf(args);
  takeProfile(args);
  runCdk([...deployArguments(args, process.env, catalogueCredentials()), "--outputs-file", outputs]);
  // The bucket's catalogue counts before the one that is deployed with a function: an older one must not stay there.
  runAlmanac(["catalogue", "--push", "--stage", stage], bucketOf(outputs, stageNames(stage).recordsStack).region);
});
rmSync(folder, { recursive: true });
