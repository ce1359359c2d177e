import type { AlertFacts, Composed } from "./alert.ts";
import { sayMoment } from "./days.ts";
import { emailFoot, subjectMost } from "./email-frame.ts";
import { comparison } from "./comparison.ts";
import { changesText } from "./compose-changes.ts";
import { linkLine, trust } from "./compose-email.ts";
import { alertFields } from "./compose-json.ts";
import { inLanguage } from "./in-language.ts";
import { ownFacts } from "./own-facts.ts";
import { markedEmail } from "./repeated.ts";
import { cut, safeText, wrap } from "./safe-text.ts";
import type { SmsFit } from "./sms-fit.ts";
import { frameSms } from "./sms-frame.ts";
import { plainStyle, type Style, textsOf } from "./texts/languages.ts";
import type { Texts } from "./texts/texts.ts";
import { isByHand, wording } from "./wording.ts";

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

type Part = DigestParts["alerts"][number];

const titleMost = 300;
const nameMost = 60;
/** With so much of titles and links the JSON, which has them again, is still below what SNS takes; fifty usual alerts are half of it. */
const wholeBytesMost = 50_000;

/** Several alerts on one edition are one to a reader: the newest of them says what holds. */
function newestOfEach(alerts: readonly Part[]): Part[] {
  const byThing = new Map<string, Part>();
  for (const part of alerts) {
    const { series, edition, id, kind } = part.facts;
    const isStep = kind === "edition" || kind === "notice";
    const thing = series !== null && edition !== null && isStep ? `${series.id} ${edition}` : id;
    // Taken out first, so that it stands where the newest stands.
    byThing.delete(thing);
    byThing.set(thing, part);
  }
  return [...byThing.values()];
}

/** A short name for a list: "TIP report 2021", or the item's title; in front of it what it is, but that it is out. */
function shortName(facts: AlertFacts, texts: Texts): string {
  const { series, edition, title, kind, id } = facts;
  const name = series !== null && kind !== "about" ? safeText(series.short, nameMost) || safeText(series.id, nameMost) : safeText(title, nameMost);
  const words = wording(facts, texts);
  const lead = kind === "edition" || kind === "about" ? "" : (words.sms ?? words.lead);
  const year = edition === null || kind === "about" ? "" : ` ${edition}`;
  return `${lead}${name || safeText(id, nameMost)}${year}${isByHand(facts) ? ` (${texts.byHand})` : ""}`;
}

function subjectOf({ pace }: DigestParts, shown: readonly Part[], texts: Texts): string {
  const start = `${texts.digest.heading(pace, shown.length)}: `;
  return start + cut(shown.map(({ facts }) => shortName(facts, texts)).join(", "), subjectMost - start.length);
}

/** What was told of one alert: how far to trust it and why, and how late it is; where there is no room left, what it is alone. */
function entry({ facts, email }: Part, texts: Texts, whole: boolean): string {
  const moment = sayMoment(facts.published, texts.days) ?? sayMoment(facts.at, texts.days);
  if (!whole) return [wrap(email.subject), moment].filter((line) => line !== null).join("\n");
  const title = safeText(facts.title, titleMost);
  const titled = email.subject.includes(title) || title === "" ? null : wrap(`"${title}"`);
  const { what, sure } = wording(facts, texts);
  const compared = comparison(facts, texts)[0];
  const lines = [wrap(email.subject), facts.kind === "correction" ? wrap(what) : null, titled, moment, trust(facts, sure, texts), compared === undefined ? null : wrap(compared), changesText(facts.changes), linkLine(facts, texts)];
  return lines.filter((line) => line !== null).join("\n");
}

function entries(shown: readonly Part[], texts: Texts): string[] {
  let bytes = 0;
  return shown.map((part) => {
    const whole = entry(part, texts, true);
    bytes += Buffer.byteLength(whole);
    return bytes <= wholeBytesMost ? whole : entry(part, texts, false);
  });
}

function emailOf(parts: DigestParts, shown: readonly Part[], style: Style): Composed["email"] {
  const texts = textsOf(style);
  const opening = wrap(texts.digest.opening(parts.pace, shown.length));
  return { subject: subjectOf(parts, shown, texts), text: `${[opening, ...entries(shown, texts), emailFoot(parts.id, style)].join("\n\n")}\n` };
}

/** As many names as one SMS part holds, and how many more there are. */
function smsOf({ pace }: DigestParts, shown: readonly Part[], texts: Texts, fit: SmsFit): string {
  const list = shown.map(({ facts }) => fit.cut(fit.fold(shortName(facts, texts)).replace(/[.\s]+$/, "") || texts.sms.item(facts.language), nameMost));
  const start = `${texts.digest.heading(pace, list.length)}: `;
  for (let count = list.length; count > 0; count--) {
    const rest = count < list.length ? texts.digest.more(list.length - count) : ".";
    const text = `${start}${list.slice(0, count).join(", ")}${rest}`;
    if (fit.size(text) <= fit.most) return text;
  }
  return fit.cut(`${start}${list[0] ?? ""}`, fit.most);
}

function jsonOf({ id, at, pace, alerts }: DigestParts, email: Composed["email"], repeat = false): string {
  return JSON.stringify({
    schema: "rights-almanac/digest/1",
    alert: id,
    kind: "digest",
    at,
    pace,
    alerts: alerts.map(({ facts }) => ({ ...alertFields(facts, titleMost), language: facts.language })),
    repeat,
    ...email,
  });
}

/**
 * One message that tells of several alerts. In the texts several alerts on one edition are one, the newest; the JSON
 * has each. It never throws, and its parts keep the limits of a single alert's.
 */
export function composeDigest(parts: DigestParts, style: Style = plainStyle): Composed {
  const texts = textsOf(style);
  const shown = newestOfEach(parts.alerts).map(({ facts, email }) => ({ facts: inLanguage(facts, texts), email }));
  const plain = emailOf(parts, shown, style);
  const email = markedEmail(plain, style);
  return { facts: ownFacts({ id: parts.id, kind: "digest", at: parts.at, title: plain.subject }), email, sms: frameSms(style, (fit) => smsOf(parts, shown, texts, fit)), json: jsonOf(parts, email, style.repeat) };
}
