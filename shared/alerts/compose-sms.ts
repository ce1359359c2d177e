import type { AlertFacts } from "./alert.ts";
import { daysLater } from "./comparison.ts";
import { dayAndTime } from "./days.ts";
import { safeLink, safeText } from "./safe-text.ts";
import type { SmsFit } from "./sms-fit.ts";
import { frameSms } from "./sms-frame.ts";
import { plainStyle, type Style, textsOf } from "./texts/languages.ts";
import type { Texts } from "./texts/texts.ts";
import { isByHand, namedByTitle, wording } from "./wording.ts";

/** Of one part, the lead takes at most a quarter. */
const leadShare = 4;
/** A name is not cut shorter than this share of a part to make room for what follows; of GSM-7 no series' short name is longer. */
const nameShare = 0.27;

/** What the SMS is on. A title that the characters cannot hold gives way to the series' short name. */
function name(facts: AlertFacts, fit: SmsFit, texts: Texts): string {
  const { series } = facts;
  const candidates = namedByTitle(facts) ? [facts.title, series?.short ?? ""] : [series?.short ?? "", series?.id ?? ""];
  const said = candidates.map((candidate) => fit.fold(safeText(candidate, 200))).find((candidate) => candidate !== "");
  return said?.replace(/[.\s]+$/, "") || texts.sms.item(facts.language);
}

/** "1 July 18:40 UTC", "1 July", or nothing. */
function when(facts: AlertFacts, { days }: Texts): string {
  const said = dayAndTime(facts.published, days);
  if (said === null) return "";
  return said.time === null ? ` ${days.dayOfYear(said.day)}.` : ` ${days.dayOfYear(said.day)} ${said.time}.`;
}

/** The site's page of an edition, which is short; undefined where there is none. */
function siteLink({ series, edition, kind }: AlertFacts, site: string | null): string | undefined {
  // What was taken back has nothing to read on its page.
  if (site === null || series === null || edition === null || kind === "about" || kind === "correction") return undefined;
  return `${site}/e/${encodeURIComponent((series.code ?? series.id).toWellFormed())}/${edition}`;
}

/** What may follow the name, from the best to the shortest: `rest` always. */
function endings(facts: AlertFacts, by: string, rest: string, { site }: Style, texts: Texts): string[] {
  const year = `${facts.series !== null && facts.edition !== null ? ` ${facts.edition}` : ""}${rest === "" ? "" : ` ${rest}`}`;
  const link = safeLink(facts.url);
  const full = `${year}${by}.`;
  const dated = `${full}${when(facts, texts)}`;
  const short = siteLink(facts, site);
  const bare = [dated, full, year];
  const withLink = (address: string): string[] => [`${dated} ${address}`, `${full} ${address}`, `${year} ${address}`];
  // The short one ends with the year, so that it need not stand before it.
  const links = [...(link === null ? [] : withLink(link)), ...(short === undefined ? [] : [...withLink(short), ` ${short}`])];
  if (link === null) return [...links, ...bare];
  const host = texts.sms.elsewhere(new URL(link).host);
  const { inEmail } = texts.sms;
  return [...links, `${dated} ${host}`, `${full} ${host}`, `${year}. ${host}`, `${full} ${inEmail}`, `${year} ${inEmail}`, ...bare];
}

/** What is said where there is room: that no source has shown it, and how late or early it is. */
function asides(facts: AlertFacts, { sms }: Texts): (readonly string[])[] {
  const later = daysLater(facts);
  return [isByHand(facts) ? [sms.byHand] : [], later === null || later.days === 0 ? [] : sms.later(later.days, later.year)];
}

/** The alert as one SMS part, of GSM-7 characters or of UCS-2 by the language. A link is in it whole, or not at all. */
export function composeSms(facts: AlertFacts, style: Style = plainStyle): string {
  return frameSms(style, (fit) => smsIn(fit, facts, style), asides(facts, textsOf(style)));
}

function smsIn(fit: SmsFit, facts: AlertFacts, style: Style): string {
  const texts = textsOf(style);
  const words = wording(facts, texts);
  const lead = `${fit.cut(fit.fold(words.sms ?? words.lead), Math.floor(fit.most / leadShare) - 1)} `;
  const publisher = fit.cut(fit.fold(safeText(facts.publisher.short, 20)), 20);
  const by = words.sms !== null || publisher === "" || facts.kind === "health" ? "" : ` (${publisher})`;
  const named = name(facts, fit, texts);
  const room = (ending: string): number => fit.most - fit.size(lead) - fit.size(ending);
  const least = Math.min(fit.size(named), Math.ceil(fit.most * nameShare));
  const ending = endings(facts, by, fit.fold(words.rest ?? ""), style, texts).find((candidate) => room(candidate) >= least) ?? "";
  return lead + fit.cut(named, room(ending)) + ending;
}
