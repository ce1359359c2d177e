import { loadCatalogue } from "../../shared/catalogue/load.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { theme } from "../recognition/catalogue.ts";

type Json = Record<string, unknown>;

/** A source as in sources.json, on a host of its own name. */
export function source(id: string, more: Json = {}): Json {
  return { id, publisher: "us-state", url: `https://${id}.example.org/feed.xml`, read: { as: "feed" }, carries: ["tip"], ...more };
}

/** A series as in events.json, whose rule knows it by its name. */
export function series(id: string, more: Json = {}): Json {
  return {
    id,
    name: "Trafficking in Persons Report",
    short: "TIP report",
    publisher: "us-state",
    kind: "report",
    cadence: "annual",
    year: "release",
    window: { opens: "06-01", closes: "09-30" },
    recognise: [{ role: "release", title: ["Trafficking in Persons Report"] }],
    editions: [{ year: 2020, released: "2020-06-25" }, { year: 2021, released: "2021-07-01" }],
    ...more,
  };
}

/** The text of an events file. */
export function eventsText(list: readonly Json[] = [series("tip")]): string {
  const companions = { notice: ["upcoming"], coverage: ["briefing"], out: ["on the release of"], routine: ["department press briefing"] };
  return JSON.stringify({ theme, companions, about: { rights: ["human rights"], always: ["human rights"], unless: ["missile"] }, series: list });
}

/** The text of a sources file. */
export function sourcesText(list: readonly Json[] = [source("one"), source("two")], publishers: readonly Json[] = [{ id: "us-state", name: "US Department of State", short: "US State" }]): string {
  return JSON.stringify({ publishers, sources: list });
}

/** A catalogue without faults, or with those that were put in. */
export function made(events = eventsText(), sources = sourcesText()): Catalogue {
  return loadCatalogue({ name: "events.json", text: events }, { name: "sources.json", text: sources });
}
