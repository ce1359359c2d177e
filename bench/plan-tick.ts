import { readFileSync } from "node:fs";
import { type Planning, tick } from "../functions/plan/tick.ts";
import { openTable } from "../local/table.ts";
import { byId } from "../shared/catalogue/by-id.ts";
import { readPacked } from "../shared/catalogue/packed.ts";
import { systemClock } from "../shared/clock.ts";
import { dynamoOver } from "../shared/records/dynamo-client.ts";
import { createTable } from "../shared/records/dynamo-table.ts";
import type { Table } from "../shared/records/table.ts";
import { clientAt } from "../test/records/dynamo-local.ts";
import { counting } from "./traffic.ts";
import { median } from "./table.ts";

/** What a process of plan took. Milliseconds are of its processor time, so that what else the machine does counts little. */
export interface TickCost {
  readonly openCpuMs: number;
  readonly firstCpuMs: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  /** Records and entries of indexes that one tick read. */
  readonly reads: number;
  readonly firstMessages: number;
  readonly messages: number;
}

const [packed = "", place = "", tableName = ""] = process.argv.slice(2);
const ticks = 9;
const minuteMs = 60_000;

async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The table of DynamoDB Local at an address, or of a data folder. */
async function tableAt(): Promise<Table> {
  return place.startsWith("http") ? createTable(dynamoOver(clientAt(place, "bench")), tableName) : (await openTable(place)).table;
}

const { table, count } = counting(await tableAt());
let catalogue: ReturnType<typeof readPacked>["catalogue"] | undefined;
const openCpuMs = await cpuOf(() => (catalogue = readPacked(readFileSync(packed, "utf8")).catalogue));
if (!catalogue) throw new Error(`${packed} holds no catalogue.`);
const plannable = { sources: catalogue.sources, series: byId(catalogue.series) };
let sent = 0;
const silent: Planning["log"] = { info: () => {}, warn: () => {}, error: () => {}, along: () => silent };
const planning: Planning = { table, queue: { send: async (messages) => void (sent += messages.length) }, clock: systemClock, log: silent, meter: { add: () => {} } };
const began = Math.floor(Date.now() / minuteMs);
/** A tick counts as stale two minutes after its minute, so they are those of the minutes to come. */
const pass = (minute: number): Promise<void> => tick(planning, plannable, (began + minute) * minuteMs);
const sentSince = (): number => sent - (sent = 0);

const firstCpuMs = await cpuOf(() => pass(0));
const firstMessages = sentSince();
count();
const costs: { cpu: number; wall: number; reads: number; messages: number }[] = [];
for (let minute = 1; minute <= ticks; minute++) {
  const at = performance.now();
  const cpu = await cpuOf(() => pass(minute));
  costs.push({ cpu, wall: performance.now() - at, reads: count().read, messages: sentSince() });
}
const middle = (value: (cost: (typeof costs)[number]) => number): number => median(costs.map(value)) ?? 0;
const cost: TickCost = { openCpuMs, firstCpuMs, cpuMs: middle(({ cpu }) => cpu), wallMs: middle(({ wall }) => wall), reads: middle(({ reads }) => reads), firstMessages, messages: middle(({ messages }) => messages) };
process.stdout.write(`${JSON.stringify(cost)}\n`);
process.exit(0);
