import { runAlmanac, runCdk, script } from "./cdk.ts";
import { deployArguments, stageOf } from "./commands.ts";
import { catalogueCredentials } from "./credentials.ts";

await script(() => {
  const args = process.argv.slice(2);
  runCdk(deployArguments(args, process.env, catalogueCredentials()));
  // The bucket's catalogue counts before the one that is deployed with a function: an older one must not stay there.
  runAlmanac(["catalogue", "--push", "--stage", stageOf(args)], args);
});
