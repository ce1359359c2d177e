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
  /** Bytes of the packed catalogue a source, with the series that come with it. */
  readonly packedBytes: number;
  /** Alerts on editions in a month. */
  readonly editionsAMonth: number;
}

const year = Number(priced.checked.slice(0, 4));
const perMinute = ({ polls, minutes }: Pick<Month, "polls" | "minutes">): number => polls / minutes;

/** What the catalogue asks for, from which every size is reckoned in proportion. */
export function loadOf(catalogue: Catalogue): Load {
  const polled = polledOf(catalogue.sources);
  const months = yearOf(catalogue, polled, year);
  const most = months.toSorted((a, b) => perMinute(b) - perMinute(a))[0];
  if (!most) throw new Error("The year has no month.");
  const hosts = [...Map.groupBy(polled, sourceHost)].map(([host, list]) => ({ host, sources: list.length, pollsAMinute: perMinute(monthOf(catalogue, list, most.name)) }));
  const busiest = hosts.toSorted((a, b) => b.pollsAMinute - a.pollsAMinute)[0];
  if (!busiest) throw new Error("The catalogue has no source that is polled.");
  return {
    sources: polled.length,
    month: most.name,
    pollsAMinute: perMinute(most),
    messagesAMinute: most.messages / most.minutes,
    hosts: hosts.length,
    busiest,
    packedBytes: packCatalogue({ ...catalogue, sources: polled }).length / polled.length,
    editionsAMonth: months.reduce((sum, { editions }) => sum + editions, 0) / months.length,
  };
}
