import { aboutRights } from "./about.ts";
import { bestOf, candidatesOf } from "./candidates.ts";
import type { Compiled, CompiledRule } from "./compile.ts";
import { mayConcern, phrasesIn } from "./concern.ts";
import { type Candidate, tellingOf } from "./conditions.ts";
import { editionYear, type EditionYear } from "./edition.ts";
import { readItem, type Reading } from "./reading.ts";
import { decideRole } from "./role.ts";

/** What matching reads of an item. Only the title must be there. */
export interface Matchable {
  /** A source id, a host, or a publisher's name. */
  readonly source: string | null;
  readonly title: string;
  readonly url: string | null;
  /** ISO 8601, a day or a moment. */
  readonly published: string | null;
  readonly summary?: string | null | undefined;
  readonly symbol?: string | null | undefined;
}

/** What an item is to an edition; null where only the body of the linked page can tell. */
export type Role = "release" | "notice" | "coverage" | null;

/** What an item was recognised as, and on which words. */
export interface Match {
  readonly relevance: "series" | "about" | "none";
  readonly series: string | null;
  readonly edition: number | null;
  readonly role: Role;
  /** One sentence a finding, for people. */
  readonly why: readonly string[];
}

/** A match with what the monitor needs beyond it. */
export interface Recognised extends Match {
  /** The publisher's own words, and not somebody else's on it. */
  readonly own: boolean;
  /** Coverage that says that the edition is out, on a day inside its window. */
  readonly saysOut: boolean;
  /** The rule that waits for the body, where role is null. */
  readonly body: CompiledRule["rule"]["body"] | undefined;
}

const nothing: Recognised = { relevance: "none", series: null, edition: null, role: null, why: [], own: false, saysOut: false, body: undefined };
const noPhrase: Recognised = { ...nothing, why: ["no phrase of the catalogue is in its title"] };

/** The first day of the month that an address names, as in /2009/03/: all that is known of an item without a date. */
function dayInAddress(address: string | undefined): string | null {
  const [, year, month] = /\/((?:19|20)\d\d)\/(0[1-9]|1[0-2])\//.exec(address ?? "") ?? [];
  return year && month ? `${year}-${month}-01` : null;
}

/** The edition that the item is about where this candidate is right. */
export function editionBy({ item, folded, address, symbols }: Reading, { rule }: Candidate): EditionYear {
  return editionYear(rule.series, folded, item.published ?? dayInAddress(address), symbols);
}

function matchSeries(compiled: Compiled, reading: Reading): Recognised | undefined {
  const candidate = bestOf(candidatesOf(compiled, reading));
  if (!candidate) return undefined;
  const { role, saysOut, why } = decideRole(compiled, reading, candidate);
  const edition = editionBy(reading, candidate);
  return {
    relevance: "series",
    series: candidate.rule.series.id,
    edition: edition.year,
    role,
    why: [...tellingOf(candidate), ...why, edition.why],
    own: candidate.own,
    saysOut,
    body: role === null ? candidate.rule.rule.body : undefined,
  };
}

/** The words by which an item is routine, such as a daily briefing, and so never concerns a series. */
export function routineIn(compiled: Compiled, { hits }: Reading): string | undefined {
  const routine = hits.find(({ phrase }) => compiled.companions.routine.has(phrase));
  return routine && compiled.phrases.shown(routine.phrase);
}

/** What an item is, as `match` says it, from what was read of it. */
export function matchReading(compiled: Compiled, reading: Reading): Recognised {
  const routine = routineIn(compiled, reading);
  if (routine !== undefined) return { ...nothing, why: [`"${routine}" is routine`] };
  const series = matchSeries(compiled, reading);
  if (series) return series;
  const about = aboutRights(compiled, reading);
  if (about) return { ...nothing, relevance: "about", why: [about] };
  const { names } = compiled;
  return names.in(reading.folded) ? { ...nothing, why: [`it names ${names.said}, but neither a series nor a right`] } : noPhrase;
}

/** Whether an item is on the theme, whatever the series say. Gives a match of relevance about or none. */
export function matchAbout(compiled: Compiled, item: Matchable): Recognised {
  const about = aboutRights(compiled, readItem(compiled, item));
  return about ? { ...nothing, relevance: "about", why: [about] } : nothing;
}

/**
 * What an item is: of which series and edition, in which role, or on the theme, or none of
 * ours, and why. Reads nothing but its arguments, and most items no further than to see that nothing is there.
 */
export function match(compiled: Compiled, item: Matchable): Recognised {
  const phrases = phrasesIn(compiled, item.title);
  if (phrases && !mayConcern(compiled, item, phrases)) return noPhrase;
  return matchReading(compiled, readItem(compiled, item));
}
