import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../shared/fault.ts";

/** A sign of life that somebody else can look at. */
export interface Heartbeat {
  /** Gives the sign. Never throws: whoever runs the monitor is told once when it cannot be given, and once when it can again. */
  beat(at: Date): Promise<void>;
}

const patienceMs = 10_000;

/** A sign that says once when it fails, and once when it works again. */
function saidOnce(what: string, give: (at: Date) => Promise<void>, say: (sentence: string) => void): Heartbeat {
  let isFailing = false;
  return {
    async beat(at) {
      try {
        await give(at);
        if (isFailing) say(`${what} works again.`);
        isFailing = false;
      } catch (error) {
        if (!isFailing) say(`${what} fails, so that whoever looks at it may think the monitor dead: ${messageOf(error)}`);
        isFailing = true;
      }
    },
  };
}

/** Writes the moment beside the place and moves it there, so that nobody reads half of it. */
async function note(folder: string, at: Date): Promise<void> {
  const place = join(folder, "heartbeat");
  await writeFile(`${place}.new`, `${at.toISOString()}\n`);
  await rename(`${place}.new`, place);
}

async function call(url: string): Promise<void> {
  const { ok, status, body } = await fetch(url, { method: "POST", signal: AbortSignal.timeout(patienceMs) });
  await body?.cancel();
  if (!ok) throw new Error(`it answered ${status}`);
}

/**
 * The monitor's signs of life: the file `heartbeat` in its data folder, which holds the moment of the last one (ISO
 * 8601), and a call of an address, where one is given. When the monitor dies, they stop.
 */
export function createHeartbeat(folder: string, url: string | undefined, say: (sentence: string) => void): Heartbeat {
  const signs = [saidOnce("The file heartbeat", (at) => note(folder, at), say)];
  if (url !== undefined) signs.push(saidOnce("The heartbeat at HEARTBEAT_URL", () => call(url), say));
  return { beat: async (at) => void (await Promise.all(signs.map((sign) => sign.beat(at)))) };
}
