import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";
import type { Chance } from "./chance.ts";
import { daysOf, expected } from "./expected.ts";
import { publisherOf, yearly } from "./publishers.ts";
import type { Site } from "./web.ts";

const publishers: NonNullable<Parts["publishers"]> = [
  { id: "state", name: "State Department", short: "State", hosts: ["state.example"] },
  { id: "council", name: "Human Rights Council", short: "HRC", hosts: ["council.example"] },
  { id: "league", name: "League for Liberty", short: "League", hosts: ["league.example"] },
  { id: "daily", name: "The Daily", short: "Daily", hosts: ["daily.example"], official: false },
];

function windowOf(id: string): { readonly window?: { readonly opens: string; readonly closes: string } } {
  const days = daysOf(id);
  return days ? { window: { opens: days.opens, closes: days.closes } } : {};
}

const series: NonNullable<Parts["series"]> = [
  ...yearly.map(([id, name, publisher]) => ({ id, name, publisher, year: "release" as const, recognise: [{ role: "release" as const, title: [name.toLowerCase()] }], ...windowOf(id) })),
  { id: "grants", publisher: "state", kind: "grant", cadence: "several-a-year", year: "release", several: "title", recognise: [{ role: "release", title: ["request for proposals"] }] },
  { id: "votes", publisher: "council", kind: "resolution", cadence: "several-a-year", year: "release", several: "title", recognise: [{ role: "release", title: ["council adopts"], body: { all: ["resolution", "adopted"] } }] },
  { id: "camps", publisher: "league", cadence: "irregular", recognise: [{ role: "release", title: ["camp report"] }] },
];

/** Minutes between two polls. Most sources are slow, so that a year has some two thousand polls. */
const paces = [...Array.from({ length: 40 }, (_, index) => 2880 + 1080 * (index % 5)), 1440, 1440, 360];

/** The catalogue of a seed: its sites as sources, each with a pace of its own. */
export function drawCatalogue(chance: Chance, sites: readonly Site[]): Catalogue {
  return catalogue({
    series,
    publishers,
    companions: { coverage: ["remarks", "welcomes", "on the release of"], out: ["on the release of"] },
    sources: sites.map(({ id, host, path, as, secure }) => {
      const publisher = publisherOf.get(id) ?? "";
      return {
        id,
        publisher,
        url: `${secure ? "https" : "http"}://${host}${path}`,
        read: as === "rss" ? { as: "feed" } : { as: "json", api: "jsonfeed" },
        everyMinutes: chance.pick(paces),
        carries: expected.filter((one) => one.sources.includes(id)).map((one) => one.series),
      };
    }),
  });
}
