import { get } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rss } from "../test/intake/reading.ts";
import { serve } from "../test/intake/server.ts";
import { hostile, hostileSources, listenAll } from "../test/hostile/sources.ts";
import { measure } from "./measure.ts";
import { almanacCommand } from "./programs.ts";

/** What we want of every input: a second of processor time more than an ordinary feed takes, and half of the memory that the poll function has. */
const aim = { cpuSeconds: 1, megabytes: 256 };

const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Attacked {
  readonly name: string;
  readonly ended: string;
  /** Of the poll, from the request to the record. */
  readonly milliseconds: number;
  /** Of the whole process, from its start to its end. */
  readonly cpuSeconds: number | null;
  readonly megabytes: number | null;
  readonly waits: boolean;
}

interface Line {
  readonly source?: string;
  readonly health?: string;
  readonly reason?: string | null;
  readonly ms?: number;
}

/** Has a process of its own read one source, as anyone would on the command line. */
async function attack(name: string, source: object, waits: boolean): Promise<Attacked> {
  const folder = mkdtempSync(join(tmpdir(), "almanac-attack-"));
  try {
    const file = join(folder, "sources.json");
    writeFileSync(file, JSON.stringify({ sources: [source] }));
    const command = almanacCommand("poll", "--sources", file, "--data", join(folder, "data"), "--allow-loopback", "--json");
    const { stdout, cpuSeconds, peakMegabytes } = await measure({ command, env: { PATH: process.env["PATH"] ?? "" }, folder });
    const lines: Line[] = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    const { health = "none", reason, ms = Number.NaN } = lines.find((line) => line.source !== undefined) ?? {};
    return { name, ended: reason ? `${health} ${reason}` : health, milliseconds: ms, cpuSeconds, megabytes: peakMegabytes, waits };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Asks once and hangs up, so that what is answered is made before the time is taken. */
function warm(url: string): Promise<void> {
  return new Promise((resolve) => {
    const request = get(url, (response) => {
      response.destroy();
      resolve();
    });
    request.setTimeout(2000, () => request.destroy());
    request.on("error", () => resolve());
  });
}

function row(cells: readonly string[]): string {
  const [name = "", ended = "", ...numbers] = cells;
  return [name.padEnd(56), ended.padEnd(24), ...numbers.map((number) => number.padStart(8))].join(" ").trimEnd();
}

function rowOf({ name, ended, milliseconds, cpuSeconds, megabytes, waits }: Attacked): string {
  return row([name, ended, waits ? "waits" : String(milliseconds), cpuSeconds?.toFixed(2) ?? "–", megabytes?.toFixed(0) ?? "–"]);
}

function worst(all: readonly Attacked[], value: (one: Attacked) => number): Attacked | undefined {
  return all.toSorted((one, other) => value(other) - value(one))[0];
}

async function main(): Promise<void> {
  const server = await serve((request, response) => (request.url === "/ordinary" ? void response.end(rss("<item><title>Travel to Norway</title></item>".repeat(20))) : listenAll(request, response)));
  try {
    print(row(["input", "ended as", "ms", "CPU s", "MB"]));
    const ordinary = await attack("(an ordinary feed of 20 items)", { id: "ordinary", publisher: "test", url: `${server.url}/ordinary`, read: { as: "feed" } }, false);
    print(rowOf(ordinary));
    const all: Attacked[] = [];
    for (const [index, { name, ...source }] of hostileSources(server.url).entries()) {
      await warm(source.url);
      const one = await attack(name, { ...source, publisher: "test" }, hostile[index]?.waits ?? false);
      all.push(one);
      print(rowOf(one));
    }
    const extra = ({ cpuSeconds }: Attacked): number => Math.max(0, (cpuSeconds ?? 0) - (ordinary.cpuSeconds ?? 0));
    const atWork = all.filter(({ waits }) => !waits);
    const [slowest, largest] = [worst(atWork, extra), worst(all, ({ megabytes }) => megabytes ?? 0)];
    const nameless = all.filter(({ ended }) => ended === "none");
    const missed = all.filter((one) => (!one.waits && extra(one) > aim.cpuSeconds) || (one.megabytes ?? 0) > aim.megabytes);
    for (const { name } of missed) print(`over the aim: ${name}`);
    print(`${all.length} hostile inputs, ${nameless.length} without a health; worst time ${slowest && extra(slowest).toFixed(1)} s of processor above an ordinary feed (${slowest?.name}), worst memory ${largest?.megabytes?.toFixed(0)} MB (${largest?.name}), ${missed.length} over the aim`);
    process.exitCode = nameless.length > 0 ? 1 : 0;
  } finally {
    await server.close();
  }
}

await main();
