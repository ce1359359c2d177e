import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stageNames } from "../shared/stage.ts";
import { runCdk, script } from "./cdk.ts";
import { stageOf } from "./commands.ts";

const folder = "cdk.out";

function resourcesIn(template: string): number {
  const { Resources: resources }: { readonly Resources: object } = JSON.parse(readFileSync(template, "utf8"));
  return Object.keys(resources).length;
}

await script(() => {
  const args = process.argv.slice(2);
  const { recordsStack, monitorStack } = stageNames(stageOf(args));
  runCdk(["synth", "--quiet", "--output", folder, ...args]);
  for (const stack of [recordsStack, monitorStack]) {
    const template = join(folder, `${stack}.template.json`);
    process.stdout.write(`${template}: ${resourcesIn(template)} resources\n`);
  }
});
