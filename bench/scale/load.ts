import { monthOf, yearOf, type Month } from "../../infra/cost/month.ts";
import { priced } from "../../infra/cost/prices.ts";
import { polledOf } from "../../infra/cost/reckoning.ts";
import { sourceHost } from "../../shared/catalogue/address.ts";
import { packCatalogue } from "../../shared/catalogue/packed.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";

/** What one source of the catalogue's mix asks of the machinery, in the month in which most is polled. */
export interface Load {
  /** The catalogue's own. */
  readonly sources: number;
  readonly month: string;
  readonly pollsAMinute: number;
  readonly messagesAMinute: number;
  readonly hosts: number;
  /** Of the host that is asked most: its name, its sources, and its polls a minute in that month. */
  readonly busiest: { readonly host: string; readonly sources: number; readonly pollsAMinute: number };
  /** Bytes of a packed source. */
  readonly packedBytes: number;
  /** The most votes of the UN that were in one November. */
  readonly novemberVotes: number;
  /** Alerts on editions in a month. */
  readonly editionsAMonth: number;
}

const year = Number(priced.checked.slice(0, 4));
const perMinute = ({ polls, minutes }: Pick<Month, "polls" | "minutes">): number => polls / minutes;

function novemberVotes({ series }: Pick<Catalogue, "series">): number {
  const votes = series.filter(({ kind, publisher }) => kind === "resolution" && publisher.startsWith("un")).flatMap(({ editions }) => editions.filter(({ released }) => released.slice(5, 7) === "11").map(({ released }) => released.slice(0, 4)));
  return Math.max(0, ...[...Map.groupBy(votes, (one) => one).values()].map((list) => list.length));
}

/** What the catalogue asks for, from which every size is reckoned in proportion. */
export function loadOf(catalogue: Catalogue): Load {
  const polled = polledOf(catalogue.sources);
  const months = yearOf(catalogue, polled, year);
  const most = months.toSorted((a, b) => perMinute(b) - perMinute(a))[0];
  if (!most) throw new Error("The year has no month.");
  const hosts = [...Map.groupBy(polled, sourceHost)].map(([host, list]) => ({ host, sources: list.length, pollsAMinute: perMinute(monthOf(catalogue, list, most.name)) }));
  const busiest = hosts.toSorted((a, b) => b.pollsAMinute - a.pollsAMinute)[0];
  if (!busiest) throw new Error("The catalogue has no source that is polled.");
  const none = packCatalogue({ ...catalogue, sources: [] }).length;
  return {
    sources: polled.length,
    month: most.name,
    pollsAMinute: perMinute(most),
    messagesAMinute: most.messages / most.minutes,
    hosts: hosts.length,
    busiest,
    packedBytes: (packCatalogue({ ...catalogue, sources: polled }).length - none) / polled.length,
    novemberVotes: novemberVotes(catalogue),
    editionsAMonth: months.reduce((sum, { editions }) => sum + editions, 0) / months.length,
  };
}
