import { styleText } from "node:util";

type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Where a command's words go: results to stdout, everything else to stderr. */
export interface Output {
  /** A line of the result, for people. */
  line(text: string): void;
  /** A line of the result, for programs. */
  json(value: unknown): void;
  /** Progress and remarks, on stderr. */
  say(text: string): void;
  /** Progress that the next one replaces; shown on a terminal alone. */
  progress(text: string): void;
  /** The text in a style where stdout is a terminal, and as it is elsewhere. */
  style(style: Style | Style[], text: string): string;
}

/**
 * Output to the process's own streams. Lines that are written in one go are sent in one go, so that thousands cost
 * few system calls and a monitor's lines still come at once.
 */
export function processOutput(): Output & { flush(): Promise<void> } {
  const terminal = process.stderr.isTTY;
  let pending = "";
  let scheduled = false;
  let progressing = false;
  const flush = (): Promise<void> => {
    const text = pending;
    pending = "";
    scheduled = false;
    return text ? new Promise((resolve) => process.stdout.write(text, () => resolve())) : Promise.resolve();
  };
  const clear = (): void => {
    if (progressing) process.stderr.write("\r\x1b[K");
    progressing = false;
  };
  const write = (text: string): void => {
    clear();
    pending += `${text}\n`;
    if (!scheduled) setImmediate(() => void flush());
    scheduled = true;
  };
  return {
    line: write,
    json: (value) => write(JSON.stringify(value)),
    say(text) {
      clear();
      // What was written before comes before, also on a terminal that shows both.
      void flush();
      process.stderr.write(`${text}\n`);
    },
    progress(text) {
      if (!terminal) return;
      progressing = true;
      process.stderr.write(`\r\x1b[K${text}`);
    },
    style: (style, text) => styleText(style, text, { stream: process.stdout }),
    flush,
  };
}
