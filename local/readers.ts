import { keepForReaders } from "../functions/watch/keep.ts";
import type { Stack } from "./stack.ts";

/** Brings the files for readers of the site up to date; while it is at it, a second call is the first. */
export function createReaders({ files, poll: { table, clock, series } }: Pick<Stack, "files" | "poll">, say: (sentence: string) => void): () => Promise<void> {
  let keeping: Promise<void> | undefined;
  return () => (keeping ??= keepForReaders({ table, files, clock }, [...series.values()], say).finally(() => (keeping = undefined)));
}
