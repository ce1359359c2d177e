import { pageMaxBytes } from "../../shared/intake/fetch.ts";
import type { FunctionName } from "../../shared/stage.ts";
import { messagesABatch, sizes } from "../sizes.ts";
import { figures } from "./prices.ts";

const { openBytes, ruleBytes, startMegabytes } = figures;

/** The bytes that a source of the catalogue takes in a function: all open it, and poll compiles its rules. */
export function bytesASource(name: FunctionName): number {
  return openBytes.value + (name === "poll" ? ruleBytes.value : 0);
}

/** The megabytes that a function takes beside the catalogue: poll may hold the pages of a batch at once. */
export function besideCatalogue(name: FunctionName): number {
  return startMegabytes.value + (name === "poll" ? (messagesABatch * pageMaxBytes) / 1e6 : 0);
}

/** The memory of each function, in megabytes, for a catalogue of so many sources: what it has, or more where that is too little. */
export function memoryFor(sources: number): Readonly<Record<FunctionName, number>> {
  const of = (name: FunctionName): number => Math.max(sizes[name].memoryMB, Math.ceil(besideCatalogue(name) + (bytesASource(name) * sources) / 1e6));
  return { plan: of("plan"), poll: of("poll"), notify: of("notify"), watch: of("watch"), compare: of("compare"), site: of("site") };
}
