import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as fc from "fast-check";
import { type Target, targets } from "../test/hostile/fuzz.ts";

const runsEach = 50;
/** In milliseconds: what has not ended then never does. */
const longest = 20_000;
const found = join(import.meta.dirname, "results");
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Tries a target with a seed of its own, and says whether it held. What broke it is kept as a file. */
async function holds({ name, property }: Target, seed: number): Promise<boolean> {
  const { failed, counterexample, errorInstance } = await fc.check(property, { seed, numRuns: runsEach, timeout: longest, interruptAfterTimeLimit: 120_000 });
  if (!failed) return true;
  mkdirSync(found, { recursive: true });
  const path = join(found, `fuzz-${name.replace(/\W+/g, "-")}-${seed}.txt`);
  writeFileSync(path, fc.stringify(counterexample));
  print(`${name} broke with seed ${seed}: ${String(errorInstance)}`);
  print(`What broke it is in ${path}: keep it as a row of test/hostile/documents.ts.`);
  return false;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { minutes: { type: "string", default: "1" }, seed: { type: "string" } } });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes "${values.minutes}" is no time. Write it as --minutes 10.`);
  const until = Date.now() + minutes * 60_000;
  const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 30) : Number(values.seed);
  const slowest = { name: "", ms: 0 };
  let [inputs, broken] = [0, 0];
  for (let seed = first; Date.now() < until; seed++) {
    for (const target of targets) {
      if (Date.now() >= until) break;
      const started = performance.now();
      if (!(await holds(target, seed))) broken++;
      const ms = (performance.now() - started) / runsEach;
      if (ms > slowest.ms) Object.assign(slowest, { name: target.name, ms });
      inputs += runsEach;
    }
  }
  print(`fuzz: ${inputs} inputs to ${targets.length} readers and parts from seed ${first} on, ${broken} broke; on average the slowest took ${slowest.ms.toFixed(0)} ms an input (${slowest.name})`);
  process.exitCode = broken > 0 ? 1 : 0;
}

await main();
