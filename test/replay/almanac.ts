import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as z from "zod";

/** An alert as `replay --json` prints it. */
const Rung = z.object({
  alert: z.string(),
  kind: z.string(),
  series: z.string().nullable(),
  edition: z.number().nullable(),
  title: z.string(),
  url: z.string().nullable(),
  at: z.iso.datetime(),
  basis: z.string().optional(),
  update: z.boolean().optional(),
});
const Loss = z.object({ loss: z.literal(true), source: z.string(), at: z.iso.datetime(), detail: z.string() });
const Summary = z.object({ summary: z.literal(true), polls: z.number(), skipped: z.number(), alerts: z.number(), losses: z.number(), seconds: z.number(), outbox: z.string() });

export type Rung = z.infer<typeof Rung>;

/** What a replay printed. */
export interface Replayed {
  readonly rung: readonly Rung[];
  readonly losses: readonly z.infer<typeof Loss>[];
  readonly summary: z.infer<typeof Summary>;
}

function run(words: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, "../../cli/main.ts"), ...words]);
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
}

/** Runs `almanac replay --json` with these words over a folder of its own. Throws where it does not end well or prints another thing. */
export async function replay(...words: readonly string[]): Promise<Replayed> {
  const folder = await mkdtemp(join(tmpdir(), "almanac-replay-test-"));
  try {
    const { code, stdout, stderr } = await run(["replay", "--json", "--data", folder, ...words]);
    if (code !== 0) throw new Error(`replay ended with ${code}: ${stderr}`);
    const lines: unknown[] = stdout.trim().split("\n").map((line) => JSON.parse(line));
    const losses = lines.flatMap((line) => Loss.safeParse(line).data ?? []);
    const rung = z.array(Rung).parse(lines.slice(0, lines.length - 1 - losses.length));
    return { rung, losses, summary: Summary.parse(lines.at(-1)) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Everything that is told more than once. */
export function repeated(rung: readonly Pick<Rung, "alert">[]): string[] {
  const count = Map.groupBy(rung, ({ alert }) => alert);
  return [...count].filter(([, list]) => list.length > 1).map(([alert]) => alert);
}
