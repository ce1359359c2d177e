import { createHash } from "node:crypto";

/** What happened, line by line, and a number that two runs share exactly when all of their lines do. */
export interface Trace {
  add(line: string): void;
  length(): number;
  lines(): readonly string[];
  /** Of the first lines the last that have one of these words, at most so many. */
  about(words: readonly string[], first: number, most: number): string[];
  hash(): string;
}

/** A trace whose lines begin with the moment, to the millisecond. Most traces nobody reads, so the lines are written when they are asked for. */
export function traceOf(now: () => number): Trace {
  const moments: number[] = [];
  const whats: string[] = [];
  const lines = (): string[] => whats.map((what, index) => `${new Date(moments[index] ?? 0).toISOString()} ${what}`);
  return {
    add(what) {
      moments.push(now());
      whats.push(what);
    },
    length: () => whats.length,
    lines,
    about: (words, first, most) => lines().slice(0, first).filter((line) => words.some((word) => line.includes(word))).slice(-most),
    hash: () => createHash("sha1").update(moments.join()).update(whats.join("\n")).digest("hex").slice(0, 16),
  };
}
