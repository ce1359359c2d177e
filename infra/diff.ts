import { cdkArguments, noBudgetHelp } from "./arguments.ts";
import { runCdk, script } from "./cdk.ts";

await script({ name: "diff", does: "Shows what a deployment would change. Nothing is changed.", flags: ["no-budget"], flagsHelp: [noBudgetHelp] }, (args) => runCdk(["diff", ...cdkArguments(args)]));
