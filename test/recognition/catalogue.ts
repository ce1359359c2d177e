import type * as z from "zod";
import { type Catalogue, Events, Sources, Theme } from "../../shared/catalogue/schema.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { createNames } from "../../shared/recognition/names.ts";
import { type Matchable, match, type Recognised } from "../../shared/recognition/match.ts";

type EventsFile = z.input<typeof Events>;
type SourcesFile = z.input<typeof Sources>;
type SeriesEntry = EventsFile["series"][number];

/** The parts of a small catalogue, as they would stand in its two files. */
export interface Parts {
  readonly series?: readonly (Partial<SeriesEntry> & Pick<SeriesEntry, "id" | "recognise">)[];
  readonly sources?: SourcesFile["sources"];
  readonly publishers?: NonNullable<SourcesFile["publishers"]>;
  readonly companions?: Partial<EventsFile["companions"]>;
  readonly theme?: EventsFile["theme"];
  readonly about?: Partial<EventsFile["about"]>;
}

/** Three publishers: a ministry, a body of the UN, and a newspaper that only reports. */
const publishers: NonNullable<SourcesFile["publishers"]> = [
  { id: "state", name: "State Department", short: "State", hosts: ["state.example"], names: ["US State"] },
  { id: "council", name: "Human Rights Council", short: "HRC", hosts: ["council.example", "un.example/hrc"] },
  { id: "daily", name: "The Daily", short: "Daily", hosts: ["daily.example"], official: false },
];

const companions: EventsFile["companions"] = {
  notice: ["to release", "will publish"],
  coverage: ["remarks", "briefing", "on the release of", "welcomes"],
  out: ["on the release of", "at the launch of"],
  routine: ["daily schedule"],
};

const about: EventsFile["about"] = {
  rights: ["human rights", "prison camp", "abductions", "인권", "탈북민"],
  always: ["human rights", "인권", "탈북민"],
  unless: ["missile", "summit"],
};

/** What the catalogue of the project is about. */
export const theme: EventsFile["theme"] = { name: { en: "the DPRK", ko: "북한" }, subject: { en: "human rights in the DPRK", ko: "북한 인권" }, names: ["DPRK", "탈북"], headings: ["Korea, North"] };
export const names = createNames(Theme.parse(theme));

/** A small catalogue, checked as its files would be. Throws where a part does not fit the schema. */
export function catalogue(parts: Parts = {}): Catalogue {
  const events = Events.parse({
    theme: parts.theme ?? theme,
    companions: { ...companions, ...parts.companions },
    about: { ...about, ...parts.about },
    series: (parts.series ?? []).map((series) => ({ name: series.id, short: series.id.slice(0, 28), publisher: "state", kind: "report", cadence: "annual", editions: [], ...series })),
  });
  const sources = Sources.parse({ publishers: parts.publishers ?? publishers, sources: parts.sources ?? [] });
  return { ...events, ...sources };
}

/** A matcher over a small catalogue; an item is of the ministry, without address or date, unless it says so. */
export function matcher(parts: Parts): (item: Partial<Matchable> & { readonly title: string }) => Recognised {
  const compiled = compile(catalogue(parts));
  return (item) => match(compiled, { source: "state", url: null, published: null, ...item });
}
