import type { Source } from "../../shared/catalogue/schema.ts";
import { escapeHtml } from "../../shared/escape-html.ts";
import type { Recorded } from "./web.ts";

/** An item of a recorded year: what a source showed, and since when. */
export interface YearItem {
  readonly source: string;
  /** The moment of its publication, ISO 8601 in UTC. */
  readonly at: string;
  readonly title: string;
  readonly url?: string;
  readonly summary?: string;
  /** The paragraphs of the page at its address. */
  readonly body?: readonly string[];
  /** The title stands for one that was not seen word for word. */
  readonly paraphrased?: boolean;
}

function rss(source: Source, items: readonly YearItem[]): string {
  const entries = items.map(
    ({ title, url, at, summary }) =>
      `<item><title>${escapeHtml(title)}</title>${url ? `<link>${escapeHtml(url)}</link><guid>${escapeHtml(url)}</guid>` : ""}<pubDate>${new Date(at).toUTCString()}</pubDate>${summary ? `<description>${escapeHtml(summary)}</description>` : ""}</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${escapeHtml(source.name ?? source.id)}</title><link>${escapeHtml(source.url)}</link><description/>${entries.join("")}</channel></rss>`;
}

function atom(source: Source, items: readonly YearItem[]): string {
  const entries = items.map(
    ({ title, url, at, summary }) =>
      `<entry><title>${escapeHtml(title)}</title><id>${escapeHtml(url ?? title)}</id>${url ? `<link href="${escapeHtml(url)}"/>` : ""}<published>${at}</published><updated>${at}</updated>${summary ? `<summary>${escapeHtml(summary)}</summary>` : ""}</entry>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>${escapeHtml(source.name ?? source.id)}</title><id>${escapeHtml(source.url)}</id>${entries.join("")}</feed>`;
}

function list(source: Source, items: readonly YearItem[]): string {
  const rows = items.map(({ title, url, at }) => `<li><a href="${escapeHtml(url ?? source.url)}">${escapeHtml(title)}</a> <time datetime="${at}">${at.slice(0, 10)}</time></li>`);
  return `<!doctype html><html><head><meta charset="utf-8"><title>${escapeHtml(source.name ?? source.id)}</title></head><body><nav><a href="/">Home</a></nav><main><ul>${rows.join("")}</ul></main></body></html>`;
}

function federalRegister(items: readonly YearItem[]): string {
  return JSON.stringify({
    count: items.length,
    results: items.map(({ title, url, at }) => ({ title, type: "Notice", document_number: /\/(\d{4}-\d{5})\//.exec(url ?? "")?.[1], html_url: url, publication_date: at.slice(0, 10) })),
  });
}

/** Sources that publish Atom. */
const inAtom: ReadonlySet<string> = new Set(["uk-fcdo", "un-docs-hrc"]);

/** What a source showed when these were its newest items, newest first, in the form that it is read in. */
export function publish(source: Source, items: readonly YearItem[]): Recorded {
  if (source.read.as === "page") return { body: list(source, items), contentType: "text/html; charset=utf-8" };
  if (source.read.as === "json") return { body: federalRegister(items), contentType: "application/json" };
  if (inAtom.has(source.id)) return { body: atom(source, items), contentType: "application/atom+xml; charset=utf-8" };
  return { body: rss(source, items), contentType: "application/rss+xml; charset=utf-8" };
}

/** The page at an item's address. */
export function publishPage({ title, body = [] }: YearItem): Recorded {
  return {
    body: `<!doctype html><html><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body><main><h1>${escapeHtml(title)}</h1>${body.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("")}</main></body></html>`,
    contentType: "text/html; charset=utf-8",
  };
}
