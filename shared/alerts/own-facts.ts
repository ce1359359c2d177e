import type { AlertFacts } from "./alert.ts";

/** The facts of a message of the almanac's own, which is on no item, series or edition. `at` is ISO 8601. */
export function ownFacts({ id, kind, at, title }: Pick<AlertFacts, "id" | "kind" | "at" | "title">): AlertFacts {
  const almanac = { id: "rights-almanac", name: "Rights Almanac" };
  return {
    id,
    kind,
    at,
    publisher: { ...almanac, short: "Almanac" },
    series: null,
    edition: null,
    title,
    url: null,
    published: null,
    symbol: null,
    language: null,
    basis: null,
    update: false,
    why: [],
    source: almanac,
    earlier: [],
    window: null,
    due: null,
  };
}
