import { type FeedServer, itemsEach, type Served, serveFeeds } from "./feeds.ts";
import { inFolder, measure, type Measured, type Measuring } from "./measure.ts";
import { installedPrograms, ours, type Program } from "./programs.ts";
import { median, type Row, type Table } from "./table.ts";
import { tableTraffic, type Traffic } from "./traffic.ts";

const sizes = [500, 2000] as const;
type Round = "first" | "unchanged";

type Sample = Pick<Measured, "wallSeconds" | "cpuSeconds" | "peakMegabytes"> & Served & { readonly feeds: number; readonly program: string; readonly round: Round };

/** One program's first round and, on what that left behind, its unchanged round. */
function bothRounds(program: Program, server: FeedServer, feeds: number): Promise<Sample[]> {
  return inFolder(async (folder) => {
    const run = program.prepare(folder, server.addresses.slice(0, feeds));
    const samples: Sample[] = [];
    for (const round of ["first", "unchanged"] as const) {
      server.served();
      const { wallSeconds, cpuSeconds, peakMegabytes } = await measure(run);
      const { requests, bytes } = server.served();
      if (requests < feeds) throw new Error(`${program.name} asked for ${requests} of ${feeds} feeds, so its time says nothing.`);
      samples.push({ feeds, program: program.name, round, wallSeconds, cpuSeconds, peakMegabytes, requests, bytes });
    }
    return samples;
  });
}

/** So long a slow program is measured, so that one that takes minutes a round keeps nobody for an hour. The others have every run. */
const othersSeconds = 40;
/** What warms the disk's and the compiler's caches, and does not count. */
const warmingFeeds = 10;

/** Whether one more run fits into so many seconds, by what those before it took. The first always does. */
export function fitsOnceMore(tookSeconds: readonly number[], mostSeconds: number): boolean {
  const spent = tookSeconds.reduce((sum, seconds) => sum + seconds, 0);
  return tookSeconds.length === 0 || spent + spent / tookSeconds.length <= mostSeconds;
}

/** The programs take turns, so that what else the machine does meets all of them. */
async function measured(feeds: number, programs: readonly Program[], server: FeedServer, { runs, say }: Measuring): Promise<Sample[]> {
  const samples: Sample[] = [];
  const took = new Map(programs.map(({ name }): [string, number[]] => [name, []]));
  for (let run = 1; run <= runs; run++) {
    for (const program of programs) {
      const before = took.get(program.name) ?? [];
      if (program.isSlow && !fitsOnceMore(before, othersSeconds)) continue;
      say(`${feeds} feeds, run ${run} of ${runs}: ${program.name}`);
      const both = await bothRounds(program, server, feeds);
      before.push(both.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0));
      samples.push(...both);
    }
  }
  return samples;
}

function rowOf(group: readonly Sample[], traffic: Traffic | undefined): Row {
  const [one] = group;
  const middle = (value: (sample: Sample) => number | null): number | null => median(group.map(value));
  const table = one?.program === ours && traffic ? [traffic.read, traffic.written] : [null, null];
  return {
    names: [String(one?.feeds), one?.program ?? "", one?.round ?? ""],
    figures: [middle((s) => s.wallSeconds), middle((s) => s.cpuSeconds), middle((s) => s.peakMegabytes), middle((s) => s.requests), middle((s) => s.bytes / 1e6), ...table, group.length],
  };
}

/** The one line that says it all, beside whoever else was measured. */
export function headline(rows: readonly Row[]): string {
  const beside = (round: Round): string => {
    const shown = rows.filter(({ names: [feeds, , own] }) => feeds === String(sizes[0]) && own === round);
    const words = shown.map(({ names: [, program], figures: [wall] }) => `${program} ${wall?.toFixed(1)} s`);
    return `${round} round of ${sizes[0]} feeds: ${words.join(", ")}`;
  };
  return `${beside("first")}; ${beside("unchanged")}`;
}

/** What a first and an unchanged round take almanac, beside the programs that this machine has. */
export async function rounds(measuring: Measuring): Promise<Table> {
  const server = await serveFeeds(Math.max(...sizes));
  try {
    const programs = installedPrograms(measuring.say);
    for (const program of programs) await bothRounds(program, server, warmingFeeds);
    const rows: Row[] = [];
    for (const feeds of sizes) {
      const samples = await measured(feeds, programs.filter(({ isSlow }) => !isSlow || feeds === sizes[0]), server, measuring);
      const traffic = await inFolder((folder) => tableTraffic(folder, server.addresses.slice(0, feeds)));
      const groups = Map.groupBy(samples, ({ program, round }) => `${program} ${round}`);
      rows.push(...[...groups.values()].map((group) => rowOf(group, group[0] && traffic[group[0].round])));
    }
    return {
      part: "rounds",
      says: `A round over feeds of ${itemsEach} items on loopback, of which 2 in 100 concern us: medians of as many runs as the last column says, the programs in turn, start-up included. Almanac, newsboat and urlwatch have ${measuring.runs}; another has as many of them as fit into ${othersSeconds} seconds, and one at least. CPU is of the program and all that it started, memory of the program alone; newsboat and sfeed read 16 feeds at a time, as almanac does.`,
      names: ["feeds", "program", "round"],
      columns: [
        { head: "wall, s", decimals: 2 },
        { head: "CPU, s", decimals: 2 },
        { head: "peak, MB", decimals: 0 },
        { head: "requests", decimals: 0 },
        { head: "feeds read, MB", decimals: 1 },
        { head: "table reads", decimals: 0 },
        { head: "table writes", decimals: 0 },
        { head: "runs", decimals: 0 },
      ],
      rows,
      last: headline(rows),
    };
  } finally {
    await server.close();
  }
}
