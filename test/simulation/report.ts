import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Simulated } from "./year.ts";

/** What is kept of a seed: its figures, the hash of its trace, the processor's seconds that it took, and for each promise that was broken where, what, and how it came. */
export interface SeedReport extends Pick<Simulated, "seed" | "figures" | "faults"> {
  readonly seconds: number;
  readonly hash: string;
  readonly broken: readonly { readonly minute: string; readonly what: string; readonly trace: readonly string[] }[];
}

const traceLines = 16;

/** The report of a seed. */
export function reportOf({ seed, figures, faults, violations, trace }: Simulated, seconds = 0): SeedReport {
  return {
    seed,
    seconds,
    hash: trace.hash(),
    figures,
    faults,
    broken: violations.map(({ at, what, words, line }) => ({ minute: new Date(at).toISOString().slice(0, 16).replace("T", " "), what, trace: trace.about(words, line, traceLines) })),
  };
}

/** Whether a value that another process wrote is a report. */
export function isReport(value: unknown): value is SeedReport {
  return typeof value === "object" && value !== null && "seed" in value && "hash" in value && "broken" in value && "figures" in value && "faults" in value;
}

/** What a person is told of a seed in which a promise was broken; nothing of any other. */
export function told({ seed, broken }: SeedReport): string[] {
  return broken.flatMap(({ minute, what, trace }) => [`seed ${seed}, ${minute} UTC: ${what}`, ...trace.map((line) => `    ${line.slice(0, 240)}`), `    replay it: npm run simulate -- --seed ${seed} --trace`]);
}

/** What many seeds come to. */
export interface Total {
  readonly seeds: number;
  readonly processorSeconds: number;
  readonly faults: number;
  readonly broken: number;
  readonly repeated: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
}

function added(records: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const record of records) for (const [name, count] of Object.entries(record)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

/** They follow from faults, and are none themselves. */
const consequences = new Set(["failed invocations"]);

/** Adds up reports. */
export function totalOf(reports: readonly SeedReport[]): Total {
  const figures = added(reports.map((report) => ({ ...report.figures })));
  const byKind = added(reports.map(({ faults }) => faults));
  const faults = Object.entries(byKind).reduce((sum, [kind, count]) => (consequences.has(kind) ? sum : sum + count), 0);
  return { seeds: reports.length, processorSeconds: reports.reduce((sum, report) => sum + report.seconds, 0), faults, broken: reports.reduce((sum, { broken }) => sum + broken.length, 0), repeated: figures["repeated"] ?? 0, figures, byKind };
}

const names: Readonly<Record<string, string>> = {
  crashBefore: "the process ended before an effect",
  crashAfter: "the process ended right after an effect",
  lostRequest: "no answer, and the effect did not happen",
  lostAnswer: "no answer, and the effect did happen",
  lateRequest: "no answer, and the effect happened up to two minutes later",
  throttled: "throttled",
  repeated: "a conditional write whose repetition was refused, since it had happened",
  partial: "a batch that the queue took in part",
  "out of time": "the function's time was over",
  "deliveries again": "messages handled and delivered again",
  "deliveries doubled": "messages delivered to two workers at once",
  "ticks lost": "ticks that never came",
  "ticks doubled": "ticks that came twice",
};

const figure = (count: number): string => count.toLocaleString("en");

/** The figures as lines of Markdown. */
export function page({ seeds, processorSeconds, broken, faults, repeated, figures, byKind }: Total): string[] {
  const share = (name: string): string => figure(figures[name] ?? 0);
  return [
    "| what | count |",
    "|---|---|",
    `| seeds, a year each | ${figure(seeds)} |`,
    `| publications | ${share("publications")} |`,
    `| answers of publishers that were read | ${share("polls")} |`,
    `| faults injected | ${figure(faults)} |`,
    `| alerts that rang | ${share("rung")} |`,
    `| of these, alerts on editions | ${share("editions")} |`,
    `| of these, late, missed or blind | ${share("calendar")} |`,
    `| of these, corrections | ${share("corrections")} |`,
    `| readings in which others may have come and gone unseen, all said aloud | ${share("overflows")} |`,
    `| alerts sent a second time, all between sending and noting it, and noted as a possible repeat | ${figure(repeated)} |`,
    `| promises broken | ${figure(broken)} |`,
    `| seeds a minute of two processors' time | ${figure(Math.round((120 * seeds) / processorSeconds))} |`,
    "",
    "| fault | count |",
    "|---|---|",
    ...Object.entries(byKind)
      .filter(([kind]) => !consequences.has(kind))
      .toSorted(([, a], [, b]) => b - a)
      .map(([kind, count]) => `| ${names[kind] ?? kind} | ${figure(count)} |`),
  ];
}

const reliability = join(import.meta.dirname, "../../docs/reliability.md");

/** docs/reliability.md before, between and behind a command's marks. Throws a sentence where they are gone. */
function partsFor(command: string): { readonly before: string; readonly between: string; readonly behind: string } {
  const text = existsSync(reliability) ? readFileSync(reliability, "utf8") : "";
  const [begins, ends] = [`<!-- figures of ${command} -->\n`, `<!-- end of figures of ${command} -->`];
  const [from, to] = [text.indexOf(begins), text.indexOf(ends)];
  if (from === -1 || to === -1) throw new Error(`docs/reliability.md has no place for these figures: put the lines "${begins.trim()}" and "${ends}" where they belong.`);
  return { before: text.slice(0, from + begins.length), between: text.slice(from + begins.length, to), behind: text.slice(to) };
}

/** The lines that a command put into docs/reliability.md. */
export function readReliability(command: string): string[] {
  return partsFor(command).between.trim().split("\n");
}

/** Puts what a command found into docs/reliability.md, between that command's marks. */
export function writeReliability(command: string, lines: readonly string[]): void {
  const { before, behind } = partsFor(command);
  writeFileSync(reliability, `${before}${lines.join("\n")}\n${behind}`);
}
