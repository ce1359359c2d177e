import { processOutput } from "./output.ts";
import { runLine } from "./run.ts";

// A reader that stops early (`almanac query | head`) is no fault of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    process.stderr.write(`What was written is not whole: ${error.message}.\n`);
    process.exit(1);
  });
}
const output = processOutput();
process.exitCode = await runLine(process.argv.slice(2), output);
await output.flush();
