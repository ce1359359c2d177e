import { isEdition, type LabelledItem } from "../catalogue/labelled.ts";
import { readBody } from "./body.ts";
import type { Compiled } from "./compile.ts";
import { match, type Recognised } from "./match.ts";

/** How a labelled item came out. */
type Outcome =
  /** A release, found as one of its series. */
  | "found"
  /** A release whose series is named, but whose page nobody gave, and only that can tell. */
  | "undecided"
  /** A release that was taken for something else, or for nothing. */
  | "missed"
  /** A companion of a series that was taken for a release. */
  | "companion"
  /** An item of none of ours that was taken for a release. */
  | "unrelated"
  /** No release, and not taken for one. */
  | "right";

/** A labelled item, and what matching made of it. */
export interface Judged {
  readonly item: LabelledItem;
  /** After the page was read, where it was given. */
  readonly verdict: Recognised;
  readonly outcome: Outcome;
  /** The series for whose sake the page is read, since the title cannot tell; null where it can. */
  readonly asked: string | null;
  /** Null where the label has no year, or title, symbol, address and date give none. */
  readonly year: "right" | "wrong" | null;
}

/** What the page of an item says, as its paragraphs; undefined where nobody knows. */
export type Page = (item: LabelledItem) => readonly string[] | undefined;

function afterPage(compiled: Compiled, item: LabelledItem, verdict: Recognised, page: Page): Recognised {
  const paragraphs = verdict.body === undefined ? undefined : page(item);
  if (!verdict.body || !paragraphs) return verdict;
  const { holds, why } = readBody(verdict.body, paragraphs, compiled.sources.get(item.source ?? "")?.aboutCountry ?? false, compiled.names);
  const reasons = [...verdict.why, why];
  return holds ? { ...verdict, role: "release", why: reasons } : { ...verdict, relevance: "none", series: null, edition: null, role: null, why: reasons };
}

function outcomeOf(item: LabelledItem, { series, role }: Recognised): Outcome {
  if (isEdition(item)) {
    if (series === item.label && role === "release") return "found";
    return series === item.label && role === null ? "undecided" : "missed";
  }
  if (role !== "release") return "right";
  return item.label === "related" ? "companion" : "unrelated";
}

/** Matches a labelled item, and holds the verdict against its label. Pages decide where titles cannot. */
export function judge(compiled: Compiled, item: LabelledItem, page: Page = ({ body }) => body): Judged {
  const first = match(compiled, item);
  const verdict = afterPage(compiled, item, first, page);
  const outcome = outcomeOf(item, verdict);
  const hasYear = (outcome === "found" || outcome === "undecided") && item.edition !== null && verdict.edition !== null;
  return { item, verdict, outcome, asked: first.role === null ? first.series : null, year: hasYear ? (verdict.edition === item.edition ? "right" : "wrong") : null };
}

/** So many of so many. */
export interface Share {
  readonly of: number;
  readonly got: number;
}

/** What the evaluation of some labelled items comes to. */
export interface Figures {
  /** Releases found, of all that are labelled so; what waits for a page that nobody gave is not found. */
  readonly items: Share;
  /** Editions of which at least one item was found with its year. */
  readonly editions: Share;
  /** Right releases among all that were taken for one. */
  readonly precision: Share;
  /** Right years among those found that show one. */
  readonly years: Share;
  readonly undecided: number;
  readonly companions: number;
  readonly unrelated: number;
  /** Pages that are read although no release is behind them. */
  readonly readForNothing: number;
}

const count = (list: readonly Judged[], wanted: (one: Judged) => boolean): number => list.filter(wanted).length;

/** Items without a year are each an edition of their own. */
function editionShare(judged: readonly Judged[]): Share {
  const editions = new Map<string, boolean>();
  for (const [index, { item, outcome, year }] of judged.entries()) {
    if (!isEdition(item)) continue;
    const key = `${item.label} ${item.edition ?? `item ${index}`}`;
    editions.set(key, editions.get(key) === true || (outcome === "found" && year !== "wrong"));
  }
  return { of: editions.size, got: [...editions.values()].filter(Boolean).length };
}

/** Adds up how items came out. */
export function figures(judged: readonly Judged[]): Figures {
  const found = count(judged, ({ outcome }) => outcome === "found");
  const companions = count(judged, ({ outcome }) => outcome === "companion");
  const unrelated = count(judged, ({ outcome }) => outcome === "unrelated");
  const misplaced = count(judged, ({ outcome, verdict }) => outcome === "missed" && verdict.role === "release");
  return {
    items: { of: count(judged, ({ item }) => isEdition(item)), got: found },
    editions: editionShare(judged),
    precision: { of: found + companions + unrelated + misplaced, got: found },
    years: { of: count(judged, ({ year }) => year !== null), got: count(judged, ({ year }) => year === "right") },
    undecided: count(judged, ({ outcome }) => outcome === "undecided"),
    companions,
    unrelated,
    readForNothing: count(judged, ({ item, asked }) => asked !== null && !isEdition(item)),
  };
}

/** Per series, those with items or with what was wrongly taken for theirs, by id. */
export function figuresBySeries(judged: readonly Judged[]): Map<string, Figures> {
  const lists = new Map<string, Judged[]>();
  const put = (series: string, one: Judged): void => void lists.set(series, [...(lists.get(series) ?? []), one]);
  for (const one of judged) {
    const { item, verdict, outcome } = one;
    if (isEdition(item)) put(item.label, one);
    const takenFor = outcome === "companion" || outcome === "unrelated" ? verdict.series : one.asked;
    if (!isEdition(item) && takenFor !== null) put(takenFor, one);
  }
  return new Map([...lists].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([series, list]) => [series, figures(list)]));
}

/** The year that an item belongs to: its edition's, or else that of its day. */
export function yearOf({ edition, published }: LabelledItem): number | null {
  return edition ?? (published === null ? null : Number(published.slice(0, 4)));
}
