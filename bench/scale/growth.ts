import { pollsNeeded } from "../../infra/cost/polls.ts";
import { type Size, sizesFor, sourceSizes, subscriberSizes } from "../../infra/cost/reckoning.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { type Bend, fullness, reached } from "./bend.ts";
import { type Burst, burstOf } from "./burst.ts";
import { type Load, loadOf } from "./load.ts";
import { ofSources } from "./of-sources.ts";
import { ofSubscribers } from "./of-subscribers.ts";

/** A size, what bends at it, and what comes next. */
export interface Sized {
  readonly size: number;
  /** The ids of the bends that were reached, the first first. */
  readonly bent: readonly string[];
  /** The id of the one that is reached next; null where none is left. */
  readonly next: string | null;
}

/** How the whole grows. */
export interface Growth {
  readonly load: Load;
  /** The first to bend first, of each axis. */
  readonly bends: readonly Bend[];
  readonly sources: readonly (Sized & { readonly polls: number })[];
  readonly subscribers: readonly Sized[];
  readonly bursts: readonly Burst[];
  readonly costs: readonly Size[];
}

function sizedOf(bends: readonly Bend[], axis: Bend["axis"], size: number): Sized {
  const own = bends.filter((bend) => bend.axis === axis);
  const bent = own.filter((bend) => fullness(bend, size) >= 1);
  return { size, bent: bent.map(({ id }) => id), next: own.find((bend) => fullness(bend, size) < 1)?.id ?? null };
}

/** What bends first as a catalogue and its readers grow, and what it costs. */
export function growthOf(catalogue: Catalogue): Growth {
  const load = loadOf(catalogue);
  const bends = [...ofSources(load), ...ofSubscribers(load)].map((bend): Bend => ({ ...bend, bendsAt: reached(bend) })).toSorted((a, b) => a.axis.localeCompare(b.axis) || a.bendsAt - b.bendsAt);
  const polls = (size: number): number => pollsNeeded((load.messagesAMinute * size) / load.sources, (load.hosts * size) / load.sources);
  return {
    load,
    bends,
    sources: sourceSizes.map((size) => ({ ...sizedOf(bends, "sources", size), polls: polls(size) })),
    subscribers: subscriberSizes.map((size) => sizedOf(bends, "subscribers", size)),
    bursts: [load.sources, ...sourceSizes.filter((size) => size > load.sources)].map((size) => burstOf(load.sources, size)),
    costs: sizesFor(catalogue, { subscribers: 10, https: 0, sms: 0, smsCountry: "US", keys: 0 }),
  };
}
