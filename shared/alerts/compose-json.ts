import type { AlertFacts, Composed } from "./alert.ts";
import { changesSentences } from "./compose-changes.ts";
import { safeLink, safeText } from "./safe-text.ts";
import { sitePage } from "./site-page.ts";
import { plainStyle, type Style } from "./texts/languages.ts";

/** The version of what HTTPS and queue subscribers get. A field may be added to it, never renamed or taken away. */
const alertSchema = "rights-almanac/alert/1";
/** With all addresses at their longest, this still leaves an SNS message far below its 256 KB. */
const earlierMost = 5;
const whyMost = 20;

/** What programs get of an alert by itself and in a digest, where its title is cut sooner. */
export function alertFields(facts: AlertFacts, titleMost: number): object {
  const { id, kind, series, edition, title, url, at, published, publisher, basis, update } = facts;
  return { alert: id, kind, series: series?.id ?? null, edition, title: safeText(title, titleMost), url: safeLink(url), at, published, publisher: publisher.id, basis, update };
}

/**
 * The alert as JSON on one line, its fields always all there and in one order, with the email's words for whoever only
 * passes them on. Unsafe addresses are null.
 */
export function composeJson(facts: AlertFacts, { subject, text }: Composed["email"], style: Style = plainStyle): string {
  return JSON.stringify({
    schema: alertSchema,
    ...alertFields(facts, 1000),
    why: facts.why.slice(0, whyMost).map((sentence) => safeText(sentence)),
    source: facts.source.id,
    symbol: facts.symbol,
    language: facts.language,
    seriesName: facts.series?.name ?? null,
    publisherName: facts.publisher.name,
    sourceName: facts.source.name,
    earlier: facts.earlier.slice(0, earlierMost).map(({ year, released, url }) => ({ year, released, url: safeLink(url) })),
    window: facts.window && { opens: facts.window.opens, closes: facts.window.closes },
    due: facts.due && { day: facts.due.day, law: facts.due.law },
    late: facts.late ?? null,
    against: facts.changes?.against ?? null,
    changes: changesSentences(facts.changes),
    evidence: facts.evidence ? { sha256: facts.evidence.sha256, at: facts.evidence.at, url: safeLink(facts.evidence.url), bytes: facts.evidence.bytes } : null,
    repeat: style.repeat ?? false,
    corrects: facts.corrects ? { alert: facts.corrects.wrong[0].alert, alerts: facts.corrects.wrong.map(({ alert }) => alert), kind: facts.corrects.kind, to: facts.corrects.to && { series: facts.corrects.to.series, edition: facts.corrects.to.edition } } : null,
    page: safeLink(sitePage(facts, style)),
    subject,
    text,
  });
}
