import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stageNames } from "../shared/stage.ts";
import { cdkArguments, leftOut } from "./arguments.ts";
import { runCdk, script } from "./cdk.ts";

const folder = "cdk.out";

function resourcesIn(template: string): number {
  const { Resources: resources }: { readonly Resources: object } = JSON.parse(readFileSync(template, "utf8"));
  return Object.keys(resources).length;
}

await script({ name: "synth", does: `Builds the functions and writes the templates of both stacks into ${folder}. AWS is not asked.`, flags: leftOut.flags, flagsHelp: leftOut.help }, (args) => {
  const { recordsStack, monitorStack } = stageNames(args.stage);
  runCdk(["synth", "--quiet", "--output", folder, ...cdkArguments(args)]);
  for (const stack of [recordsStack, monitorStack]) {
    const template = join(folder, `${stack}.template.json`);
    process.stdout.write(`${template}: ${resourcesIn(template)} resources\n`);
  }
});
