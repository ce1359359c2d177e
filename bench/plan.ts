import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCatalogue } from "../cli/paths.ts";
import { sourceSizes } from "../infra/cost/reckoning.ts";
import { openTable } from "../local/table.ts";
import { packCatalogue } from "../shared/catalogue/packed.ts";
import type { Source } from "../shared/catalogue/schema.ts";
import { ensureTable } from "../shared/records/definition.ts";
import { dynamoOver } from "../shared/records/dynamo-client.ts";
import { createTable } from "../shared/records/dynamo-table.ts";
import { sourceKey } from "../shared/records/keys.ts";
import { toRecord } from "../shared/records/records.ts";
import type { Table } from "../shared/records/table.ts";
import { clientAt, hasJava, startDynamoLocal, untilReady } from "../test/records/dynamo-local.ts";
import { state } from "../test/records/parts.ts";
import { grownTo } from "./grown.ts";
import { inFolder, measure } from "./measure.ts";
import type { TickCost } from "./plan-tick.ts";
import type { Table as Figures } from "./table.ts";

/** What plan takes of a catalogue of one size. */
interface PlanCost extends TickCost {
  readonly sources: number;
  /** Of them, so many deviate from their pace. */
  readonly deviating: number;
  readonly packedMegabytes: number;
  readonly peakMegabytes: number | null;
  /** On what the table was. */
  readonly on: "DynamoDB Local" | "dynalite";
}

/** One source in so many is failing, and waits. */
const deviatingEach = 10;
const hourMs = 3_600_000;
/** A connection that was kept may be closed while another process measures. */
const triesEach = 4;

/** A table in which a tenth of the sources deviate, and where another process finds it. */
interface Place {
  readonly on: PlanCost["on"];
  readonly words: (size: number) => readonly string[];
  readonly fill: (size: number, sources: readonly Source[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

async function fill(table: Table, sources: readonly Source[]): Promise<void> {
  const nextAt = new Date(Date.now() + hourMs).toISOString();
  const deviating = sources.filter((_, index) => index % deviatingEach === 0);
  await table.putAll(deviating.map(({ id }) => toRecord(sourceKey(id), { ...state, id, health: "failing", reason: "http-503", failures: 1, nextAt })));
}

const tableOf = (size: number): string => `bench-${size}`;

async function onDynamoLocal(): Promise<Place> {
  const { port, stop } = await startDynamoLocal();
  const address = `http://127.0.0.1:${port}`;
  const client = clientAt(address, "bench", triesEach);
  await untilReady(client, tableOf(0));
  return {
    on: "DynamoDB Local",
    words: (size) => [address, tableOf(size)],
    fill: async (size, sources) => {
      await ensureTable(dynamoOver(client), tableOf(size));
      await fill(createTable(dynamoOver(client), tableOf(size)), sources);
    },
    close: stop,
  };
}

function onDynalite(folder: string): Place {
  const place = (size: number): string => join(folder, `table-${size}`);
  return {
    on: "dynalite",
    words: (size) => [place(size)],
    fill: async (size, sources) => {
      const opened = await openTable(place(size));
      await fill(opened.table, sources);
      await opened.close();
    },
    close: async () => {},
  };
}

/** What plan takes of catalogues of growing size: each in a process of its own, over a table of its own. */
async function planCosts(folder: string): Promise<PlanCost[]> {
  const catalogue = await readCatalogue();
  const place = hasJava() ? await onDynamoLocal() : onDynalite(folder);
  const costs: PlanCost[] = [];
  try {
    for (const size of sourceSizes) {
      const larger = grownTo(catalogue, size);
      const file = join(folder, `catalogue-${size}.json`);
      const text = packCatalogue(larger);
      writeFileSync(file, text);
      await place.fill(size, larger.sources);
      const { stdout, peakMegabytes } = await measure({ command: [process.execPath, join(import.meta.dirname, "plan-tick.ts"), file, ...place.words(size)], env: { PATH: process.env["PATH"] ?? "" }, folder });
      const cost: TickCost = JSON.parse(stdout);
      costs.push({ ...cost, sources: size, deviating: Math.ceil(size / deviatingEach), packedMegabytes: text.length / 1e6, peakMegabytes, on: place.on });
    }
  } finally {
    await place.close();
  }
  return costs;
}

const whole = (head: string): { head: string; decimals: number } => ({ head, decimals: 0 });

/** What plan takes as a catalogue grows. */
export async function plan(): Promise<Figures> {
  const costs = await inFolder(planCosts);
  return {
    part: "plan",
    says: `Ticks of plan over catalogues so many times ours, with as many times its series, medians of nine; the table is ${costs[0]?.on ?? "absent"}; a process from source, which holds 120 MB by itself. SQS is not in it: the messages are counted.`,
    names: ["sources", "of them deviating"],
    columns: [...["records read a tick", "messages a tick", "CPU ms a tick", "wall ms a tick", "first tick, messages", "first tick, CPU ms"].map(whole), { head: "catalogue, MB", decimals: 1 }, whole("opening it, CPU ms"), whole("peak MB")],
    rows: costs.map((cost) => ({
      names: [cost.sources, cost.deviating].map((count) => count.toLocaleString("en")),
      figures: [cost.reads, cost.messages, cost.cpuMs, cost.wallMs, cost.firstMessages, cost.firstCpuMs, cost.packedMegabytes, cost.openCpuMs, cost.peakMegabytes],
    })),
    last: `a tick over ${costs.at(-1)?.sources.toLocaleString("en")} sources takes ${costs.at(-1)?.cpuMs.toFixed(0)} ms of processor time`,
  };
}
