import type { Parts } from "../recognition/catalogue.ts";

type SourceEntry = NonNullable<Parts["sources"]>[number];

/** The series that the stage knows: a report, a resolution that only a page can tell, two that come often, and two without years. */
export const series: NonNullable<Parts["series"]> = [
  { id: "tip", name: "Trafficking in Persons Report", year: "release", window: { opens: "06-01", closes: "10-15" }, recognise: [{ role: "release", title: ["trafficking in persons report"] }] },
  { id: "resolution", publisher: "council", kind: "resolution", year: "release", recognise: [{ role: "release", title: ["council adopts"], body: { all: ["resolution", "adopted"], not: ["postponed"] } }] },
  { id: "grants", kind: "grant", cadence: "several-a-year", year: "release", several: "title", recognise: [{ role: "release", title: ["request for proposals"] }] },
  { id: "cases", publisher: "council", cadence: "several-a-year", year: "release", several: "month", recognise: [{ role: "release", title: ["cases examined"] }] },
  { id: "findings", publisher: "council", cadence: "irregular", recognise: [{ role: "release", title: ["publishes findings"], body: { all: ["camp"] } }] },
  { id: "camps", cadence: "irregular", recognise: [{ role: "release", title: ["camp report"] }] },
];

/** A feed of the ministry's at a path of the site. */
export function feedAt(site: string, path: string, more: Partial<SourceEntry> = {}): SourceEntry {
  return { id: path.slice(1).replaceAll("/", "-"), publisher: "state", url: `${site}${path}`, read: { as: "feed" }, ...more };
}

/** The stage's usual catalogue: two feeds of the ministry, one of the council, one of a newspaper. */
export function usual(site: string): Parts {
  return {
    series,
    sources: [feedAt(site, "/press"), feedAt(site, "/reports"), feedAt(site, "/council", { publisher: "council" }), feedAt(site, "/daily", { publisher: "daily" })],
  };
}

/** An item of the ministry's on another subject. */
export const other = (number: number): { title: string; url: string; at: string } => ({ title: `Travel to Norway, day ${number}`, url: `https://state.example/travel-${number}`, at: "2021-06-19T08:00:00Z" });
