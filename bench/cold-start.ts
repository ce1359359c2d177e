import { join } from "node:path";
import { type Bundle, buildBundle, buildBundles } from "../infra/bundles.ts";
import { createSandbox } from "../test/lambda/sandbox.ts";
import { inFolder, type Measuring, peakMegabytes } from "./measure.ts";
import { median, type Row, type Table } from "./table.ts";

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

const kilobytes = (bytes: number): number => bytes / 1000;

function row({ name, bytes, startBytes }: Bundle, starts: readonly Start[], helloMs: number): Row {
  const own = starts.filter((start) => start.name === name);
  const ms = median(own.map((start) => start.ms));
  return { names: [name], figures: [kilobytes(bytes), kilobytes(startBytes), ms, ms === null ? null : ms - helloMs, median(own.map(({ megabytes }) => megabytes))] };
}

/** The cold start of each function's bundle, beside one that only says hello. */
export function coldStarts({ runs: asked }: Measuring): Promise<Table> {
  return inFolder(async (folder) => {
    const hello = await buildBundle("hello", "bench/hello.ts", join(folder, "hello"));
    const bundles = [hello, ...(await buildBundles(folder))];
    // One start is short, and what else the machine does shows in it.
    const runs = 2 * asked;
    const starts = await startAll(bundles, runs);
    const helloMs = median(starts.flatMap(({ name, ms }) => (name === hello.name ? ms : []))) ?? 0;
    const rows = bundles.map((bundle) => row(bundle, starts, helloMs));
    const slowest = Math.max(...rows.map(({ figures }) => figures[3] ?? 0));
    return {
      part: "cold",
      says: `From the start of the process to its first call of the Runtime API, which is what Lambda calls init, without Lambda's own share such as fetching the code; medians of ${runs} starts, the functions in turn.`,
      names: ["function"],
      columns: [
        { head: "bundle, KB", decimals: 0 },
        { head: "loaded at start, KB", decimals: 0 },
        { head: "cold start, ms", decimals: 0 },
        { head: "beyond hello, ms", decimals: 0 },
        { head: "memory at start, MB", decimals: 0 },
      ],
      rows,
      last: `the slowest function starts ${slowest.toFixed(0)} ms after one that says hello`,
    };
  });
}
