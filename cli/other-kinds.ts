import { type AlertFacts, byHand } from "../shared/alerts/alert.ts";
import { dayNumber } from "../shared/calendar/days.ts";
import { sayDay } from "../shared/alerts/days.ts";
import { en } from "../shared/alerts/texts/en.ts";

const dayMs = 86_400_000;

/** The day so many days after the end of the usual window, of the year in which the edition came out. */
function daysAfterWindow({ window, at }: AlertFacts, days: number): string {
  const closes = Date.parse(`${at.slice(0, 4)}-${window?.closes ?? at.slice(5, 10)}`);
  return new Date(closes + days * dayMs).toISOString().slice(0, 10);
}

/** "1 June 2021", of the year in which the edition came out. */
function dayOf({ at }: AlertFacts, dayOfYear: string): string {
  return sayDay(dayNumber(`${at.slice(0, 4)}-${dayOfYear}`) ?? 0);
}

/** What the kinds other than `edition` say, of the same edition: these alerts never rang. Empty for a series without years. */
export function otherKinds(facts: AlertFacts): AlertFacts[] {
  const { series, edition, id, at } = facts;
  if (!series || edition === null) return [];
  const before = edition - 1;
  const name = `${series.id}:${edition}`;
  const unseen: Pick<AlertFacts, "basis" | "url" | "published" | "why"> = { basis: null, url: null, published: null, why: [] };
  const expected = facts.window ? [`Expected from ${dayOf(facts, facts.window.opens)} to ${dayOf(facts, facts.window.closes)}, by the catalogue.`] : [];
  const standing = { ...facts, ...unseen, at: daysAfterWindow(facts, 12), title: `${series.name} ${edition}`, source: { id: "calendar", name: en.ownSources.calendar } };
  const correction = { ...facts, ...unseen, id: `correction:${name}:1`, kind: "correction", source: { id: byHand, name: en.ownSources[byHand] } } as const;
  const wrong = { kind: "edition", wrong: [{ alert: id, at, kind: "edition", language: facts.language, broadcast: true }] } as const;
  return [
    { ...facts, id: `notice:${name}`, kind: "notice", basis: null },
    { ...standing, id: `late:${name}`, kind: "late", why: expected, late: { missed: false, against: "window", from: daysAfterWindow(facts, 0), days: 12, latest: null } },
    { ...standing, id: `blind:${name}`, kind: "blind", why: [...expected, `We cannot tell whether it came: ${facts.source.name} cannot be read.`] },
    { ...facts, id: `changes:${name}`, kind: "changes", why: [], changes: { against: before, summary: ["New section: “Public executions”."] } },
    { ...correction, why: ["the address is that of a speech on it"], corrects: { ...wrong, to: null } },
    { ...correction, url: facts.url, corrects: { ...wrong, to: { series: series.id, name: series.name, translated: series.translated, edition: before } } },
  ];
}
