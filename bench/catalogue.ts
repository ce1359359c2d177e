import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCatalogue } from "../cli/paths.ts";
import { sourceSizes } from "../infra/cost/reckoning.ts";
import { packCatalogue } from "../shared/catalogue/packed.ts";
import type { OpeningCost } from "./catalogue-open.ts";
import { grownTo } from "./grown.ts";
import { inFolder, measure, type Measuring } from "./measure.ts";
import { median, type Table } from "./table.ts";

type Figure = keyof OpeningCost;

const whole = (head: string): Table["columns"][number] => ({ head, decimals: 0 });
const figureNames: readonly Figure[] = ["openCpuMs", "startMegabytes", "openMegabytes", "compileCpuMs", "compiledMegabytes"];

async function openings(file: string, runs: number, folder: string): Promise<OpeningCost[]> {
  const costs: OpeningCost[] = [];
  for (let run = 0; run < runs; run++) {
    const { stdout } = await measure({ command: [process.execPath, join(import.meta.dirname, "catalogue-open.ts"), file], env: { PATH: process.env["PATH"] ?? "" }, folder });
    costs.push(JSON.parse(stdout));
  }
  return costs;
}

async function rowsOf(folder: string, runs: number): Promise<Table["rows"]> {
  const catalogue = await readCatalogue();
  const rows: Table["rows"][number][] = [];
  for (const size of sourceSizes) {
    const larger = grownTo(catalogue, size);
    const file = join(folder, `catalogue-${size}.json`);
    const text = packCatalogue(larger);
    writeFileSync(file, text);
    const costs = await openings(file, runs, folder);
    const middle = (name: Figure): number | null => median(costs.map((cost) => cost[name]));
    rows.push({ names: [larger.sources.length, larger.series.length].map((count) => count.toLocaleString("en")), figures: [text.length / 1e6, ...figureNames.map(middle)] });
  }
  return rows;
}

/** What every function takes to open a catalogue as it grows, and what those take that match items to compile its rules. */
export async function catalogueOpening({ runs }: Measuring): Promise<Table> {
  const rows = await inFolder((folder) => rowsOf(folder, runs));
  return {
    part: "catalogue",
    says: `A packed catalogue that is so many times ours, with as many times its series, opened and then compiled, each time in a process of its own; medians of ${runs}.`,
    names: ["sources", "series"],
    columns: [{ head: "packed, MB", decimals: 1 }, whole("opening it, CPU ms"), whole("MB before"), whole("peak MB, open"), whole("compiling its rules, CPU ms"), whole("peak MB, compiled")],
    rows,
    last: `opening a catalogue of ${rows.at(-1)?.names[0]} sources takes ${rows.at(-1)?.figures[1]?.toFixed(0)} ms of processor time`,
  };
}
