import type { AlertFacts, Composed } from "./alert.ts";
import { comparison, editionBefore } from "./comparison.ts";
import { changesText } from "./compose-changes.ts";
import { dayNumber } from "../calendar/days.ts";
import { sayDay, sayMoment } from "./days.ts";
import { cut, safeLink, safeText, wrap } from "./safe-text.ts";
import { namedByTitle, publisherName, thing, wording } from "./wording.ts";

/** SNS takes fewer than 100 characters. */
const subjectMost = 99;
const whyMost = 8;
const unsubscribe = "almanac unsubscribe ADDRESS";

function subject(facts: AlertFacts): string {
  const { lead } = wording(facts);
  const by = ` (${publisherName(facts)})`;
  const titled = facts.kind === "health" || facts.kind === "digest";
  const name = (titled && safeText(facts.title)) || thing(facts);
  // The year is what tells two editions apart, so a long name loses its end and keeps its year.
  const year = !titled && !namedByTitle(facts) && facts.edition !== null ? ` ${facts.edition}` : "";
  const bare = year !== "" && name.endsWith(year) ? name.slice(0, -year.length) : name;
  const rest = titled ? "" : by;
  return lead + cut(bare, subjectMost - lead.length - year.length - rest.length) + year + rest;
}

/** The item's own title, where the first sentence does not say it already. */
function titleLine(facts: AlertFacts): string | null {
  const title = safeText(facts.title);
  if (title === "" || facts.kind === "health" || facts.kind === "digest") return null;
  return !namedByTitle(facts) && title === thing(facts) ? null : wrap(`"${title}"`);
}

/** Whether the alert is about one item that somebody published. */
const showsItem = ({ kind }: AlertFacts): boolean => kind === "edition" || kind === "notice" || kind === "about";

function link(facts: AlertFacts): string | null {
  const shown = safeLink(facts.url);
  if (shown !== null) return shown;
  if (facts.url !== null) return "No link: the address that the source gave is not safe to open.";
  return showsItem(facts) ? "No link: the source gave none." : null;
}

function when(facts: AlertFacts): string {
  const ofItem = showsItem(facts);
  const published = sayMoment(facts.published) ?? (ofItem ? "day not given" : null);
  const lines = [
    published === null ? null : `Published: ${published}`,
    `${ofItem ? "Seen" : "As of"}: ${sayMoment(facts.at) ?? "time not known"}`,
    facts.symbol === null || safeText(facts.symbol) === "" ? null : wrap(`Symbol: ${safeText(facts.symbol, 100)}`),
  ];
  return lines.filter((line) => line !== null).join("\n");
}

function earlierEdition(facts: AlertFacts): string | null {
  const before = facts.series === null ? null : editionBefore(facts);
  if (before === null) return null;
  const day = dayNumber(before.released);
  const named = facts.edition !== null && before.year === facts.edition - 1 ? `Last year's edition (${before.year})` : "Edition before";
  const year = named === "Edition before" && before.year !== null ? ` (${before.year})` : "";
  const line = wrap(`${named}${year}: ${day === null ? "its day is not known" : sayDay(day)}`);
  const address = safeLink(before.url);
  return address === null ? line : `${line}\n${address}`;
}

function why(facts: AlertFacts): string | null {
  const said = facts.why.map((sentence) => safeText(sentence)).filter((sentence) => sentence !== "");
  if (said.length === 0) return null;
  return ["Why we say so:", ...said.slice(0, whyMost).map((sentence) => wrap(`- ${sentence}`, 72, "  "))].join("\n");
}

/** What is kept of the document, so that anyone can show later what it was. */
function evidence({ evidence: kept }: AlertFacts): string | null {
  if (!kept) return null;
  const said = sayMoment(kept.at);
  const [found, sha256] = [safeLink(kept.url), safeText(kept.sha256, 64)];
  return [wrap(`Kept as evidence: the document${said === null ? "" : ` of ${said}`}, ${kept.bytes.toLocaleString("en")} bytes, with the SHA-256`), sha256, ...(found === null ? [] : ["from", found])].join("\n");
}

function foot(facts: AlertFacts): string {
  const source = safeText(facts.source.name, 100) || safeText(facts.source.id, 100);
  const lines = [
    source === "" ? null : wrap(`Source: ${source}`),
    wrap(`Alert: ${safeText(facts.id, 150)}`),
    "To stop these messages, run this, or ask whoever runs this almanac:",
    unsubscribe,
  ];
  return lines.filter((line) => line !== null).join("\n");
}

/**
 * The email of an alert. The subject has at most 99 characters and no control characters; the text has lines of at
 * most 72 columns, except links, each of which stands whole on its own line.
 */
export function composeEmail(facts: AlertFacts): Composed["email"] {
  const { what, sure } = wording(facts);
  const compared = comparison(facts);
  const parts = [
    wrap(what),
    titleLine(facts),
    changesText(facts.changes),
    link(facts),
    when(facts),
    sure === null ? null : wrap(sure),
    compared.length === 0 ? null : compared.map((sentence) => wrap(sentence)).join("\n"),
    earlierEdition(facts),
    why(facts),
    evidence(facts),
    // Mail programs know "-- " as the start of what need not be read.
    `-- \n${foot(facts)}`,
  ];
  return { subject: subject(facts), text: `${parts.filter((part) => part !== null).join("\n\n")}\n` };
}

/** The text of a composed email with the reader's own address in the last line, ready to be copied. */
export function forAddress(text: string, address: string): string {
  const at = text.lastIndexOf(unsubscribe);
  return at === -1 ? text : `${text.slice(0, at)}${unsubscribe.replace("ADDRESS", () => address)}${text.slice(at + unsubscribe.length)}`;
}
