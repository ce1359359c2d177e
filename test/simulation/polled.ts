import type { Violate } from "./corrections.ts";
import { day, hour } from "./timeline.ts";

/** What it is to be asked of the world. */
interface Asked {
  readonly now: () => number;
  /** Minutes between two polls that the catalogue gives each source, by id. */
  readonly paces: ReadonlyMap<string, number>;
  readonly violate: Violate;
}

/** Several polls in a row may be lost with their messages, each until the next tick in or after the source's slot; so many in a row are lost by a fault of ours alone. */
const lostInARow = 5;
/** A source that failed is left alone for a day at most, and the last tick before may have been planned late. */
const waitMs = day + hour;
/** What passed between two ticks counts up to this: nobody can poll without them. */
const untickedMs = 2 * day;

/** Who watches that every source goes on being polled to the end, well or failing. */
export class Polled {
  readonly #asked: Asked;
  /** Time with ticks since each source was polled to the end; milliseconds. */
  readonly #since: Map<string, number>;
  readonly #last = new Map<string, number>();
  #planned: number | undefined;

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#since = new Map([...asked.paces.keys()].map((source) => [source, 0]));
  }

  /** A poll of a source ended: it gave its list, or failed. */
  ended(source: string): void {
    this.#since.set(source, 0);
    this.#last.set(source, this.#asked.now());
  }

  /** Everything up to a minute was planned. */
  planned(minute: number): void {
    const at = minute * 60_000;
    const passed = Math.min(untickedMs, Math.max(0, at - (this.#planned ?? at)));
    this.#planned = at;
    for (const [source, pace] of this.#asked.paces) {
      const before = this.#since.get(source) ?? 0;
      this.#since.set(source, before + passed);
      const allowed = lostInARow * Math.max(pace * 60_000, untickedMs) + untickedMs + waitMs;
      if (before <= allowed && before + passed > allowed) this.#asked.violate(`${source} is read every ${pace} minutes, and has not been read for ${Math.round((before + passed) / day)} days with ticks`, source);
    }
  }

  /** Ten days without faults are over, with a tick every four hours: each source was polled within its pace, the last of them as the ticks ended. */
  close(): void {
    const { now, paces, violate } = this.#asked;
    for (const [source, pace] of paces) {
      const unread = now() - (this.#last.get(source) ?? 0);
      if (unread > pace * 60_000 + waitMs + day) violate(`${source} is read every ${pace} minutes, and was not read for ${Math.round(unread / day)} days at the end, long after all faults`, source);
    }
  }
}
