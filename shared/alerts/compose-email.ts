import type { AlertFacts, Composed } from "./alert.ts";
import { comparison, editionBefore } from "./comparison.ts";
import { changesText } from "./compose-changes.ts";
import { dayNumber } from "../calendar/days.ts";
import { sayMoment } from "./days.ts";
import { emailFoot, subjectMost } from "./email-frame.ts";
import { cut, safeLink, safeText, wrap } from "./safe-text.ts";
import { sitePage } from "./site-page.ts";
import { plainStyle, type Style, textsOf } from "./texts/languages.ts";
import type { Texts } from "./texts/texts.ts";
import { isByHand, namedByTitle, publisherName, thing, wording } from "./wording.ts";

const whyMost = 8;

function subject(facts: AlertFacts, texts: Texts): string {
  const { lead } = wording(facts, texts);
  const by = ` (${publisherName(facts)}${isByHand(facts) ? `, ${texts.byHand}` : ""})`;
  const titled = facts.kind === "health" || facts.kind === "digest";
  const name = (titled && safeText(facts.title)) || thing(facts, texts);
  // The year is what tells two editions apart, so a long name loses its end and keeps its year.
  const year = !titled && !namedByTitle(facts) && facts.edition !== null ? ` ${facts.edition}` : "";
  const bare = year !== "" && name.endsWith(year) ? name.slice(0, -year.length) : name;
  const rest = titled ? "" : by;
  return lead + cut(bare, subjectMost - lead.length - year.length - rest.length) + year + rest;
}

/** The item's own title, where the first sentence does not say it already. */
function titleLine(facts: AlertFacts, texts: Texts): string | null {
  const title = safeText(facts.title);
  if (title === "" || facts.kind === "health" || facts.kind === "digest") return null;
  return !namedByTitle(facts) && title === thing(facts, texts) ? null : wrap(`"${title}"`);
}

/** Whether the alert is about one item that somebody published. */
const showsItem = ({ kind }: AlertFacts): boolean => kind === "edition" || kind === "notice" || kind === "about";

/** Whether its link is not the thing, but where a person looks for it. */
const isToLookFor = ({ kind, corrects }: AlertFacts): boolean => kind === "late" || kind === "blind" || corrects?.to === null;

/** The link, or why there is none; null where none is to be expected. */
export function linkLine(facts: AlertFacts, { email }: Texts): string | null {
  const shown = safeLink(facts.url);
  if (shown !== null) return isToLookFor(facts) ? `${email.look}\n${shown}` : shown;
  if (facts.url !== null) return email.unsafeLink;
  return showsItem(facts) ? email.noLink : null;
}

function when(facts: AlertFacts, { days, email }: Texts): string {
  const ofItem = showsItem(facts);
  const published = sayMoment(facts.published, days) ?? (ofItem ? days.notGiven : null);
  const at = sayMoment(facts.at, days) ?? days.timeNotKnown;
  const lines = [
    published === null ? null : email.published(published),
    ofItem ? email.seen(at) : email.asOf(at),
    facts.symbol === null || safeText(facts.symbol) === "" ? null : wrap(email.symbol(safeText(facts.symbol, 100))),
  ];
  return lines.filter((line) => line !== null).join("\n");
}

function earlierEdition(facts: AlertFacts, { days, email }: Texts): string | null {
  const before = facts.series === null ? null : editionBefore(facts);
  if (before === null) return null;
  const day = dayNumber(before.released);
  const said = day === null ? email.dayNotKnown : days.day(day);
  const isLastYears = facts.edition !== null && before.year === facts.edition - 1;
  const line = wrap(isLastYears && before.year !== null ? email.lastYears(before.year, said) : email.editionBefore(before.year, said));
  const address = safeLink(before.url);
  return address === null ? line : `${line}\n${address}`;
}

/** How far to trust it, and why it is said, as one line before it is wrapped. */
export function trust(facts: AlertFacts, sure: string | null, { email }: Texts): string | null {
  const said = facts.why.map((sentence) => safeText(sentence).replace(/\.$/, "")).filter((sentence) => sentence !== "");
  const why = said.length === 0 ? null : email.why(`${said.slice(0, whyMost).join("; ")}.`);
  return sure === null && why === null ? null : wrap([sure, why].filter((part) => part !== null).join(" "));
}

/** What is kept of the document, so that anyone can show later what it was. */
function evidence({ evidence: kept }: AlertFacts, { days, email }: Texts): string | null {
  if (!kept) return null;
  const said = sayMoment(kept.at, days);
  const [found, sha256] = [safeLink(kept.url), safeText(kept.sha256, 64)];
  return [wrap(email.evidence(said, kept.bytes)), sha256, ...(found === null ? [] : [email.evidenceFrom, found])].join("\n");
}

function ownPage(facts: AlertFacts, style: Style): string | null {
  const address = safeLink(sitePage(facts, style));
  return address === null ? null : `${textsOf(style).email.ownPage}\n${address}`;
}

function foot(facts: AlertFacts, style: Style): string {
  const source = safeText(facts.source.name, 100) || safeText(facts.source.id, 100);
  return emailFoot(facts.id, style, source === "" ? null : wrap(textsOf(style).email.source(source)));
}

/**
 * The email of an alert. The subject has at most 99 characters and no control characters; the text has lines of at
 * most 72 columns, except links, each of which stands whole on its own line.
 */
export function composeEmail(facts: AlertFacts, style: Style = plainStyle): Composed["email"] {
  const texts = textsOf(style);
  const { what, sure } = wording(facts, texts);
  const compared = comparison(facts, texts);
  const parts = [
    wrap(what),
    titleLine(facts, texts),
    changesText(facts.changes),
    linkLine(facts, texts),
    when(facts, texts),
    trust(facts, sure, texts),
    compared.length === 0 ? null : compared.map((sentence) => wrap(sentence)).join("\n"),
    earlierEdition(facts, texts),
    evidence(facts, texts),
    ownPage(facts, style),
    foot(facts, style),
  ];
  return { subject: subject(facts, texts), text: `${parts.filter((part) => part !== null).join("\n\n")}\n` };
}
