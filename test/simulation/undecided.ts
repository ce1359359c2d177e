import type { Violate } from "./corrections.ts";
import { day, hour } from "./timeline.ts";
import { isStale } from "./truth.ts";
import type { Shown } from "./web.ts";

/** A day, and what clocks differ by. */
const undecidedMs = day + hour;

/** Who watches that what only its page decides is told in time: by its page, or as undecided where that cannot be read. */
export class Undecided {
  readonly #violate: Violate;
  /** Since when a site shows it, by "site id"; never, where it has grown old since. */
  readonly #since = new Map<string, number>();

  constructor(violate: Violate) {
    this.#violate = violate;
  }

  /** A life read a site to the end, which shows this; by the next reading after a day somebody is owed it. */
  shown(life: string, site: string, { id, title, date }: Shown, at: number, isOwed: boolean): void {
    const place = `${site} ${id}`;
    const since = this.#since.get(place) ?? at;
    // What has grown old by its own date before it could be decided is told to nobody.
    this.#since.set(place, isStale(date, at) ? Number.POSITIVE_INFINITY : since);
    if (at - since > undecidedMs && !isStale(date, at) && !isOwed) this.#violate(`${life} read ${site} to the end, which has shown “${title}” for more than a day, and nobody is owed it`, id, site);
  }
}
