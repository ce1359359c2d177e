import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stageNames } from "../shared/stage.ts";
import { leftOut } from "./arguments.ts";
import { bucketOf, runAlmanac, runCdk, script } from "./cdk.ts";
import { deployArguments } from "./commands.ts";
import { catalogueCredentials } from "./credentials.ts";
import { ensureActive } from "./mail-rules.ts";

const flagsHelp = [...leftOut.help, "  --yes           do not ask before permissions change"];
await script({ name: "deploy", does: "Builds and deploys the stage, and puts the catalogue of this checkout into its bucket.", flags: [...leftOut.flags, "yes"], flagsHelp }, async (args) => {
  const words = deployArguments(args, process.env, catalogueCredentials());
  if (args.mail && (await ensureActive(args.mail.ruleSet))) process.stderr.write(`SES went by no rule set here, and goes by "${args.mail.ruleSet}" now.\n`);
  const folder = mkdtempSync(join(tmpdir(), "almanac-deploy-"));
  try {
    const outputs = join(folder, "outputs.json");
    runCdk([...words, "--outputs-file", outputs]);
    // The bucket's catalogue counts before the one that is deployed with a function: an older one must not stay there.
    runAlmanac(["catalogue", "--push", "--stage", args.stage], bucketOf(outputs, stageNames(args.stage).recordsStack).region);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
