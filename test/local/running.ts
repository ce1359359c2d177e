import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventsText, series, sourcesText } from "../catalogue/made.ts";

const root = join(import.meta.dirname, "..", "..");

/** A catalogue of feeds of one publisher, as files in a folder; gives the words that name them on a command line. */
export async function catalogueFiles(folder: string, feeds: readonly string[]): Promise<string[]> {
  const sources = feeds.map((url) => ({ id: url.split("/").at(-1), publisher: "us-state", url, read: { as: "feed" }, everyMinutes: 1 }));
  const grants = series("grants", { name: "Grants", short: "Grants", kind: "grant", cadence: "several-a-year", several: "title", window: undefined, editions: [], recognise: [{ role: "release", title: ["request for proposals"] }] });
  const [events, list] = [join(folder, "events.json"), join(folder, "sources.json")];
  await writeFile(events, eventsText([grants]));
  await writeFile(list, sourcesText(sources, [{ id: "us-state", name: "US Department of State", short: "US State", hosts: ["state.example"] }]));
  return ["--events", events, "--sources", list, "--allow-loopback"];
}

/** The command line in a process of its own, while it runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly text: () => string;
  /** Resolves when what it wrote so far holds these words; throws where it ends without. */
  wrote(words: string): Promise<void>;
  /** How it ended: a code, or a signal's name. */
  ended(): Promise<number | string>;
  /** Ends it with this signal, and gives how it ended. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

/** Starts `almanac` with these words, standing in `folder`. Its stdout and stderr are read as one text. */
export function run(folder: string, words: readonly string[], env: Record<string, string> = {}): Running {
  const { INIT_CWD: _, ...own } = process.env;
  const child = spawn(process.execPath, [join(root, "cli", "main.ts"), ...words], { cwd: folder, env: { ...own, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(child, "close");
  const ended = async (): Promise<number | string> => {
    await closed;
    return child.exitCode ?? child.signalCode ?? "";
  };
  let text = "";
  const heard: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (more: string) => {
      text += more;
      for (const tell of heard) tell();
    });
  return {
    child,
    text: () => text,
    wrote: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => void (text.includes(wanted) && resolve());
        heard.push(look);
        look();
        void closed.then(() => reject(new Error(`It ended without "${wanted}": ${text}`)));
      }),
    ended,
    end(signal) {
      child.kill(signal);
      return ended();
    },
  };
}
