import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Bundle, buildBundle, buildBundles, bundleLine } from "../infra/bundles.ts";
import { createSandbox } from "../test/lambda/sandbox.ts";
import { median } from "./report.ts";

/** What one start took. */
interface Start {
  readonly name: string;
  readonly ms: number;
  readonly megabytes: number | null;
}

/** Whatever a handler asks its environment for while it loads; nothing is asked of AWS before the first event. */
const environment = {
  TABLE_NAME: "almanac",
  BUCKET_NAME: "almanac",
  TOPIC_ARN: "arn:aws:sns:us-east-1:000000000000:almanac",
  POLL_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/000000000000/poll.fifo",
  NOTIFY_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/000000000000/notify.fifo",
  STAGE: "bench",
  ALMANAC_CONTACT: "bench@example.org",
  POWERTOOLS_SERVICE_NAME: "bench",
  POWERTOOLS_METRICS_NAMESPACE: "RightsAlmanac",
  AWS_ACCESS_KEY_ID: "bench",
  AWS_SECRET_ACCESS_KEY: "none",
};

function peakMegabytes(pid: number | undefined): number | null {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1")) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

/** From the start of the process until it asks for its first event, which is what Lambda calls init. */
async function startOnce({ name, folder }: Bundle): Promise<Start> {
  const sandbox = createSandbox({ name, folder, timeoutMs: 60_000, memoryMegabytes: 256 }, { environment });
  const started = performance.now();
  const pid = await sandbox.start();
  const ms = performance.now() - started;
  const megabytes = peakMegabytes(pid);
  await sandbox.kill();
  return { name, ms, megabytes };
}

/** The functions take turns, so that what else the machine does meets all of them; the first turn warms the disk's cache. */
async function startAll(bundles: readonly Bundle[], runs: number): Promise<Start[]> {
  const starts: Start[] = [];
  for (let run = 0; run <= runs; run++) for (const bundle of bundles) starts.push(await startOnce(bundle));
  return starts.slice(bundles.length);
}

const kilobytes = (bytes: number): string => (bytes < 10_000 ? (bytes / 1000).toFixed(1) : String(Math.round(bytes / 1000)));
const round = (value: number | null): string => (value === null ? "–" : String(Math.round(value)));

/** A row of the table in docs/lambda.md. */
function row({ name, bytes, startBytes }: Bundle, starts: readonly Start[], hello: number): string {
  const own = starts.filter((start) => start.name === name);
  const ms = median(own.map((start) => start.ms)) ?? 0;
  return `| ${name} | ${kilobytes(bytes)} | ${kilobytes(startBytes)} | ${round(ms)} | ${name === "hello" ? "" : round(ms - hello)} | ${round(median(own.map(({ megabytes }) => megabytes)))} |`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { runs: { type: "string", default: "10" } } });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs "${values.runs}" is no number of runs. Write it as --runs 10.`);
  const folder = mkdtempSync(join(tmpdir(), "almanac-cold-"));
  try {
    const hello = await buildBundle("hello", "bench/hello.ts", join(folder, "hello"));
    const bundles = await buildBundles(folder);
    for (const bundle of bundles) process.stderr.write(`${bundleLine(bundle)}\n`);
    const starts = await startAll([hello, ...bundles], runs);
    const helloMs = median(starts.flatMap(({ name, ms }) => (name === "hello" ? ms : []))) ?? 0;
    const lines = ["| function | bundle, KB | loaded at start, KB | cold start, ms | beyond hello, ms | memory at start, MB |", "|---|---|---|---|---|---|", ...[hello, ...bundles].map((bundle) => row(bundle, starts, helloMs))];
    process.stdout.write(`${lines.join("\n")}\nMedians of ${runs} starts, from the start of the process to its first call of the Runtime API; Node ${process.versions.node}, ${process.arch}, ${availableParallelism()} cores.\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
