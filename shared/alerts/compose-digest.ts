import type { AlertFacts, Composed } from "./alert.ts";
import { sayMoment } from "./days.ts";
import { cutSeptets, septets, toGsm7 } from "./gsm7.ts";
import { cut, safeLink, safeText, wrap } from "./safe-text.ts";

/** What a digest is made of. */
export interface DigestParts {
  /** The digest's own id. */
  readonly id: string;
  /** When it was planned, ISO 8601 UTC. */
  readonly at: string;
  /** `at-once` where it gathers what could not come by itself. */
  readonly pace: "at-once" | "daily" | "weekly";
  /** Each alert as it was told, oldest first. */
  readonly alerts: readonly Pick<Composed, "facts" | "email">[];
}

type Told = DigestParts["alerts"][number];

/** SNS takes fewer than 100 characters. */
const subjectMost = 99;
/** One part has 160 septets, and SNS puts the topic's display name with "> " in front: 10 and 2 of them. */
const smsMost = 160 - 12;
const titleMost = 300;
const nameMost = 60;

const names = { "at-once": "", daily: "Daily digest: ", weekly: "Weekly digest: " } as const;

const counted = (count: number): string => `${count} ${count === 1 ? "alert" : "alerts"}`;

/** Several alerts on one edition are one to a reader: the newest of them says what holds. */
function newestOfEach(alerts: readonly Told[]): Told[] {
  const byThing = new Map<string, Told>();
  for (const told of alerts) {
    const { series, edition, id, kind } = told.facts;
    const isStep = kind === "edition" || kind === "notice";
    const thing = series !== null && edition !== null && isStep ? `${series.id} ${edition}` : id;
    // Taken out first, so that it stands where the newest stands.
    byThing.delete(thing);
    byThing.set(thing, told);
  }
  return [...byThing.values()];
}

/** A short name for a list: "TIP report 2021", or the item's title. */
function shortName({ series, edition, title, kind, id }: AlertFacts): string {
  const name = series !== null && kind !== "about" ? safeText(series.short, nameMost) || safeText(series.id, nameMost) : safeText(title, nameMost);
  return `${name || safeText(id, nameMost)}${edition === null || kind === "about" ? "" : ` ${edition}`}`;
}

function subjectOf({ pace }: DigestParts, shown: readonly Told[]): string {
  const start = `${names[pace]}${counted(shown.length)}: `;
  return start + cut(shown.map(({ facts }) => shortName(facts)).join(", "), subjectMost - start.length);
}

function entry({ facts, email }: Told): string {
  const moment = sayMoment(facts.published) ?? sayMoment(facts.at);
  const title = safeText(facts.title, titleMost);
  const said = email.subject.includes(title) || title === "" ? null : wrap(`"${title}"`);
  const lines = [wrap(email.subject), said, moment, safeLink(facts.url) ?? "No link."];
  return lines.filter((line) => line !== null).join("\n");
}

function emailOf(parts: DigestParts, shown: readonly Told[]): Composed["email"] {
  const opening = parts.pace === "at-once" ? `${counted(shown.length)} that came together or while you wanted none:` : `Your ${parts.pace} digest: ${counted(shown.length)}.`;
  const foot = [wrap(`Alert: ${safeText(parts.id, 150)}`), "To stop these messages, run this, or ask whoever runs this almanac:", "almanac unsubscribe ADDRESS"];
  return { subject: subjectOf(parts, shown), text: `${[opening, ...shown.map(entry), `-- \n${foot.join("\n")}`].join("\n\n")}\n` };
}

/** As many names as one SMS part holds, and how many more there are. */
function smsOf({ pace }: DigestParts, shown: readonly Told[]): string {
  const list = shown.map(({ facts }) => cutSeptets(toGsm7(shortName(facts)).replace(/[.\s]+$/, "") || "a new item", 40));
  const start = `${names[pace]}${counted(list.length)}: `;
  for (let count = list.length; count > 0; count--) {
    const rest = count < list.length ? ` and ${list.length - count} more.` : ".";
    const text = `${start}${list.slice(0, count).join(", ")}${rest}`;
    if (septets(text) <= smsMost) return text;
  }
  return cutSeptets(`${start}${list[0] ?? ""}`, smsMost);
}

function jsonOf({ id, at, pace, alerts }: DigestParts): string {
  return JSON.stringify({
    schema: "rights-almanac/digest/1",
    alert: id,
    kind: "digest",
    at,
    pace,
    alerts: alerts.map(({ facts }) => ({
      alert: facts.id,
      kind: facts.kind,
      series: facts.series?.id ?? null,
      edition: facts.edition,
      title: safeText(facts.title, titleMost),
      url: safeLink(facts.url),
      at: facts.at,
      published: facts.published,
      publisher: facts.publisher.id,
      basis: facts.basis,
      update: facts.update,
      language: facts.language,
    })),
  });
}

function factsOf({ id, at }: DigestParts, title: string): AlertFacts {
  const almanac = { id: "rights-almanac", name: "Rights Almanac" };
  return {
    id,
    kind: "digest",
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

/**
 * One message that tells of several alerts. In the texts several alerts on one edition are one, the newest; the JSON
 * has each. It never throws, and its parts keep the limits of a single alert's.
 */
export function composeDigest(parts: DigestParts): Composed {
  const shown = newestOfEach(parts.alerts);
  const email = emailOf(parts, shown);
  return { facts: factsOf(parts, email.subject), email, sms: smsOf(parts, shown), json: jsonOf(parts) };
}
