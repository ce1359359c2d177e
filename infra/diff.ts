import { cdkArguments, leftOut } from "./arguments.ts";
import { runCdk, script } from "./cdk.ts";

await script({ name: "diff", does: "Shows what a deployment would change. Nothing is changed.", flags: leftOut.flags, flagsHelp: leftOut.help }, (args) => runCdk(["diff", ...cdkArguments(args)]));
