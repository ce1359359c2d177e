import { changesFacts, correctionFacts, healthFacts, itemFacts, reminderFacts } from "../functions/notify/facts.ts";
import { knownOf } from "../functions/notify/known.ts";
import { healthRing } from "../functions/poll/health.ts";
import { type AlertFacts, byHand } from "../shared/alerts/alert.ts";
import type { Correction, Ring } from "../shared/records/editions.ts";
import type { Content } from "../shared/records/records.ts";
import type { SourceState } from "../shared/records/sources.ts";
import { firstSource, type Previewed, previewFacts, previewMoment, previewRing, ringFacts, whyMatched } from "./preview-facts.ts";
import { standingExamples } from "./preview-standing.ts";

/** What one alert says, by a name: its kind, and after a dash what tells it from others of the kind. */
export interface Example {
  readonly name: string;
  readonly facts: AlertFacts;
}

type Named = readonly [name: string, facts: AlertFacts | undefined];

/** An address that nothing is at, beside that of the edition. */
const beside = (url: string | null, path: string): string | null => (url === null ? null : new URL(path, url).href);

/** An item of the publisher on the edition, that is not the thing itself. */
function said(previewed: Previewed, verb: string, path: string): Ring {
  const ring = previewRing(previewed);
  const item = { ...ring, title: `${verb} the ${ring.title}`, url: beside(ring.url, path), symbol: null };
  return { ...item, why: whyMatched(previewed, item) };
}

function ofEdition(previewed: Previewed): Named[] {
  const ring = previewRing(previewed);
  const at = previewMoment(previewed);
  const notice: Ring = { ...said(previewed, "Secretary to Release", "/to-release/"), alert: ring.alert.replace("edition:", "notice:"), kind: "notice", at: previewMoment(previewed, -1), published: previewMoment(previewed, -1).slice(0, 10), basis: null };
  return [
    ["edition", previewFacts(previewed)],
    ["edition-coverage", ringFacts(previewed, { ...said(previewed, "Remarks on the Release of", "/remarks/"), basis: "coverage" })],
    ["edition-update", ringFacts(previewed, { ...ring, alert: `${ring.alert}:document`, at: previewMoment(previewed, 1), update: true })],
    ["edition-by-hand", ringFacts(previewed, { ...ring, source: byHand, why: [`entered by hand on ${at.slice(0, 10)}`] })],
    ["notice", ringFacts(previewed, notice)],
  ];
}

function ofChanges(previewed: Previewed): Named[] {
  const { catalogue, series, edition } = previewed;
  const ring = previewRing(previewed);
  const { title, url, published, symbol } = ring;
  const record = { series: series.id, year: edition.year, title, url, published, symbol, basis: "release", rings: [ring], sightings: [] } as const;
  const changes = (year: number | null, number: number, days: number, summary: readonly string[]): AlertFacts => {
    const at = previewMoment(previewed, days);
    return changesFacts(knownOf(catalogue), record, { alert: `changes:${series.id}:${edition.year}:${number}`, at, sha256: "", before: { year, sha256: "", at }, summary, key: "" }, []);
  };
  return [
    ["changes", changes((edition.year ?? 0) - 1, 1, 0, ["New section: “Public executions”."])],
    ["changes-update", changes(edition.year, 2, 30, ["New section: “Public executions”."])],
  ];
}

function ofCorrection(previewed: Previewed): Named[] {
  const { catalogue, series, edition } = previewed;
  const ring = previewRing(previewed);
  const at = new Date(Date.parse(ring.at) + 2 * 60 * 60_000).toISOString();
  const right = series.editions.findLast(({ year, url }) => year !== null && edition.year !== null && year < edition.year && url !== undefined);
  const corrected = (wrong: Ring, to: Correction["to"], why: string): AlertFacts | undefined => {
    const correction: Correction = { alert: `correction:${series.id}:${edition.year}:1`, at, kind: wrong.kind, rings: [wrong], to, why };
    const told = { id: wrong.alert, facts: ringFacts(previewed, wrong), at: wrong.at, sent: wrong.at, broadcast: true };
    return correctionFacts(knownOf(catalogue), correction, [told], to ? { url: right?.url ?? null } : undefined);
  };
  const earlier = right && { ...ring, title: right.title ?? `${series.name} ${right.year}`, url: right.url ?? null };
  return [
    ["correction", earlier && corrected(earlier, { series: series.id, key: String(right.year), year: right.year }, `the page is that of ${right.year}`)],
    ["correction-false", corrected(said(previewed, "Remarks on the Release of", "/remarks/"), null, "the address is that of a speech on it")],
    ["correction-notice", corrected({ ...said(previewed, "Secretary to Release", "/to-release/"), kind: "notice", basis: null }, null, "it is announced for no day of this year")],
  ];
}

function ofItem(previewed: Previewed): Named[] {
  const { catalogue, series, edition } = previewed;
  const source = firstSource(previewed);
  const published = edition.released === "unknown" ? null : edition.released;
  const item = { source: source?.id ?? series.publisher, title: `A Survey of Refugees on ${catalogue.theme.subject.en}`, url: beside(edition.url ?? null, "/survey/"), published, symbol: null, language: source?.language ?? null, seen: previewMoment(previewed), role: null };
  const unread = { ...item, series: series.id, title: previewRing(previewed).title, url: edition.url ?? null, why: ["its page could not be read, so a person must look"] };
  const about = itemFacts(knownOf(catalogue), { ...item, why: [`the title names ${catalogue.theme.name.en} and "human rights"`] }, "about:example");
  return [[series.year ? "about" : "about-other", about], ...(series.year ? [] : [["about", previewFacts(previewed)], ["about-unread", itemFacts(knownOf(catalogue), unread, "about:example")]] as const)];
}

function ofHealth(previewed: Previewed): Named[] {
  const { catalogue } = previewed;
  const known = knownOf(catalogue);
  const [at, later] = [previewMoment(previewed), previewMoment(previewed, 1)];
  const source = firstSource(previewed) ?? catalogue.sources[0];
  const look = catalogue.sources.find(({ manualCheck }) => manualCheck !== undefined);
  if (!source) return [];
  const lost: Content<SourceState> = { id: source.id, url: source.url, contentHash: null, seen: "", firstRead: at, lastRead: at, lastChange: at, health: "blocked", reason: "challenge", since: at, failures: 2, failingSince: at };
  const { state } = healthRing(source, undefined, lost, "the answer was a challenge page", at);
  const back = healthRing(source, state, { ...state, health: "well", reason: undefined, since: later, failures: 0, failingSince: undefined }, undefined, later).state;
  const told = (one: Content<SourceState>): AlertFacts | undefined => healthFacts(known, one, one.told?.alert ?? "");
  const reminder = look && { alert: `health:${look.id}:look:${at.slice(0, 10)}`, at };
  return [
    ["health", told(state)],
    ["health-update", told(back)],
    ["health-look", look && reminder && reminderFacts(known, { reminded: { [look.id]: reminder } }, reminder.alert)],
  ];
}

/**
 * Every alert that there is on an edition, and on the sources that show it, the edition's own first. Late and blind are
 * what watch would have told had it not come. A series that keeps to no years has none of these, but items.
 */
export function examples(previewed: Previewed): Example[] {
  const counted = previewed.series.year ? [...ofEdition(previewed), ...standingExamples(previewed).map(({ name, facts }): Named => [name, facts]), ...ofChanges(previewed), ...ofCorrection(previewed)] : [];
  const all = [...counted, ...ofItem(previewed), ...ofHealth(previewed)];
  return all.flatMap(([name, facts]) => (facts ? [{ name, facts }] : []));
}
