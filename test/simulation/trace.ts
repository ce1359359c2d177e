/** What happened, line by line, and a number that two runs share exactly when all of their lines do. */
export interface Trace {
  add(line: string): void;
  lines(): readonly string[];
  /** Of the first lines the last that have one of these words, at most so many. */
  about(words: readonly string[], first: number, most: number): string[];
  hash(): string;
}

/** A trace whose lines begin with the moment, to the millisecond. */
export function traceOf(now: () => number): Trace {
  const lines: string[] = [];
  let [moment, written] = [Number.NaN, ""];
  let [low, high] = [0x811c9dc5, 0x9747b28c];
  return {
    add(what) {
      if (now() !== moment) [moment, written] = [now(), new Date(now()).toISOString()];
      const line = `${written} ${what}`;
      lines.push(line);
      for (let place = 0; place < line.length; place++) {
        const code = line.charCodeAt(place);
        low = Math.imul(low ^ code, 0x01000193);
        high = Math.imul(high ^ code, 0x5bd1e995);
      }
    },
    lines: () => lines,
    about: (words, first, most) => lines.slice(0, first).filter((line) => words.some((word) => line.includes(word))).slice(-most),
    hash: () => [low, high].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join(""),
  };
}
