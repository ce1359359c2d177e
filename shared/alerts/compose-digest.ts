import type { AlertFacts, AlertKind, Composed } from "./alert.ts";
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
/** A correction has two names. */
const roomOf = ({ kind }: Pick<AlertFacts, "kind">): number => (kind === "correction" ? 80 : nameMost);
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

/** What a reader should see first: what is out, what was told wrongly, what should be out; then what will come, and the rest. */
const ranks: Readonly<Record<AlertKind, number>> = { edition: 0, correction: 1, late: 2, blind: 3, notice: 4, changes: 5, health: 6, about: 7, digest: 8 };

/** By rank, and within one as they came. */
const inOrder = (shown: readonly Part[]): Part[] => shown.toSorted((a, b) => ranks[a.facts.kind] - ranks[b.facts.kind]);

/** A short name for a list: "TIP report 2021", or the item's title. */
function shortName(facts: AlertFacts, texts: Texts): string {
  const { series, edition, title, kind, id } = facts;
  const name = series !== null && kind !== "about" ? safeText(series.short, nameMost) || safeText(series.id, nameMost) : safeText(title);
  const year = edition === null || kind === "about" ? "" : ` ${edition}`;
  const { rest } = wording(facts, texts);
  return `${name || safeText(id, nameMost)}${year}${rest === undefined ? "" : ` ${rest}`}${isByHand(facts) ? ` (${texts.byHand})` : ""}`;
}

/** The names of one list, each with what is said before it and those like it: "Out: ". */
type Named = readonly { readonly lead: string; readonly name: string }[];

/** The names of those of a digest, in its order, but those with one lead together. */
function named(shown: readonly Part[], texts: Texts, fit: (name: string, facts: AlertFacts) => string): Named {
  const byLead = new Map<string, string[]>();
  for (const { facts } of shown) {
    const words = wording(facts, texts);
    const lead = facts.kind === "edition" ? words.lead : (words.sms ?? words.lead);
    byLead.set(lead, [...(byLead.get(lead) ?? []), fit(shortName(facts, texts), facts)]);
  }
  // A list of items alone needs no word for what they are.
  const isPlain = shown.every(({ facts }) => facts.kind === "about");
  return [...byLead].flatMap(([lead, names]) => names.map((name) => ({ lead: isPlain ? "" : lead, name })));
}

/** What stands between one name and the next: "Out: A, B; announced: C". */
function between(before: Named[number] | undefined, next: Named[number]): string {
  if (!before) return next.lead;
  return before.lead === next.lead ? ", " : `; ${next.lead.charAt(0).toLowerCase()}${next.lead.slice(1)}`;
}

/** As many whole names as fit, with the first ending that fits for what is left; empty where not one does. */
function asManyAsFit(list: Named, ending: (left: number, next: string) => readonly string[], fits: (text: string) => boolean): string {
  for (let count = list.length; count > 0; count--) {
    const text = list.slice(0, count).reduce((said, one, index) => said + between(list[index - 1], one) + one.name, "");
    const next = list[count];
    const found = ending(list.length - count, next ? between(list[count - 1], next) : "").map((end) => text + end).find(fits);
    if (found !== undefined) return found;
  }
  return "";
}

const subjectEnds = (left: number, next: string): string[] => (left === 0 ? [""] : [`${next}…`, "; …", " …"]);

function subjectOf({ pace }: DigestParts, shown: readonly Part[], style: Style): string {
  const texts = textsOf(style);
  const start = `${texts.digest.heading(pace, shown.length)}: `;
  const room = subjectMost - start.length - (style.repeat ? texts.repeat.mark.length + 1 : 0);
  const list = named(shown, texts, (name, facts) => cut(name, shown.length === 1 ? room : roomOf(facts)));
  const [first] = list;
  return start + (asManyAsFit(list, subjectEnds, (text) => text.length <= room) || cut(first ? first.lead + first.name : "", room));
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
  return { subject: subjectOf(parts, shown, style), text: `${[opening, ...entries(shown, texts), emailFoot(parts.id, style)].join("\n\n")}\n` };
}

/** As many names as one SMS part holds, and how many more there are. */
function smsOf({ pace }: DigestParts, shown: readonly Part[], texts: Texts, fit: SmsFit): string {
  const start = `${texts.digest.heading(pace, shown.length)}: `;
  // A name's own full stop goes, and the dots of one that was cut stay.
  const list = named(shown, texts, (name, facts) => fit.cut(fit.fold(name).replace(/[.\s]+$/, "") || texts.sms.item(facts.language), shown.length === 1 ? fit.most : roomOf(facts))).map(({ lead, name }) => ({ lead: fit.fold(lead) && `${fit.fold(lead)} `, name }));
  const [first] = list;
  const isCut = /(?:…|\.\.\.)$/.test(list.at(-1)?.name ?? "");
  const ending = (left: number): string[] => [left > 0 ? texts.digest.more(left) : isCut ? "" : "."];
  const fits = (text: string): boolean => fit.size(start + text) <= fit.most;
  const all = asManyAsFit(list, ending, fits);
  if (all !== "" || !first) return start + all;
  const more = list.length === 1 ? "" : texts.digest.more(list.length - 1);
  return start + fit.cut(first.lead + first.name, fit.most - fit.size(start + more)) + more;
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
 * One message that tells of several alerts. In the texts several alerts on one edition are one, the newest, and what is
 * out comes first; the JSON has each, oldest first. It never throws, and its parts keep the limits of a single alert's.
 */
export function composeDigest(parts: DigestParts, style: Style = plainStyle): Composed {
  const texts = textsOf(style);
  const shown = inOrder(newestOfEach(parts.alerts)).map(({ facts, email }) => ({ facts: inLanguage(facts, texts), email }));
  const plain = emailOf(parts, shown, style);
  const email = markedEmail(plain, style);
  return { facts: ownFacts({ id: parts.id, kind: "digest", at: parts.at, title: plain.subject }), email, sms: frameSms(style, (fit) => smsOf(parts, shown, texts, fit)), json: jsonOf(parts, email, style.repeat) };
}
