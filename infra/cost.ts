import { readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { CatalogueError, type CatalogueFile } from "../shared/catalogue/file.ts";
import { loadCatalogue } from "../shared/catalogue/load.ts";
import { messageOf, UsageError } from "../shared/fault.ts";
import { optionsOf, usage } from "./cost/options.ts";
import { page } from "./cost/page.ts";
import { reckon, type Reckoning, type Scenario } from "./cost/reckoning.ts";
import { report } from "./cost/report.ts";
import { formula } from "./cost/words.ts";

/** A file of the project, or the one that the user named, seen from where they stood. */
async function read(name: string, given: string | undefined): Promise<CatalogueFile> {
  const stood = process.env["INIT_CWD"] ?? process.cwd();
  const path = given === undefined ? join(import.meta.dirname, "..", name) : resolve(stood, given);
  try {
    return { name: relative(stood, path), text: await readFile(path, "utf8") };
  } catch (error) {
    throw new CatalogueError(`cannot read ${given ?? name}: ${messageOf(error)}. Give the file's path with --sources or --events.`, { cause: error });
  }
}

function scenarioJson({ bill, months, levers, ...scenario }: Scenario): object {
  return {
    ...scenario,
    month: bill.month,
    sums: bill.sums,
    months: months.map(({ month, sums }) => ({ ...month, sums })),
    levers: levers.map(({ what, but, bill: { sums } }) => ({ what, but, sums })),
  };
}

/** The reckoning for programs: the bill with its formulas, the months, and the target's sums. */
function reckoningJson({ wants, all, target, leftOut, sizes }: Reckoning): object {
  const lines = all.bill.charges.map((charge) => ({ ...charge, formula: formula(charge) }));
  const grown = sizes.map(({ sources, subscribers, polls, inParts, bill: { sums } }) => ({ sources, subscribers, polls, inParts, sums }));
  return { wants, ...scenarioJson(all), lines, target: target ? scenarioJson(target) : null, sizes: grown, leftOut };
}

async function run(words: readonly string[]): Promise<string> {
  const { as, wants, month, count, events, sources } = optionsOf(words);
  if (as === "help") return `${usage}\n`;
  const catalogue = loadCatalogue(await read("events.json", events), await read("sources.json", sources));
  const reckoning = reckon({ catalogue, wants, month, count });
  if (as === "markdown") return page(reckoning);
  return as === "json" ? `${JSON.stringify(reckoningJson(reckoning))}\n` : `${report(reckoning).join("\n")}\n`;
}

try {
  process.stdout.write(await run(process.argv.slice(2)));
} catch (error) {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`${messageOf(error)}${isUsage ? " See `npm run -s cost -- --help`." : ""}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
