import { html } from "hono/html";
import { each } from "../html.ts";
import type { Page, Visit } from "../visit.ts";

/** The page that says that nothing is at an address. */
export function notFoundPage({ texts }: Visit): Page {
  const { title, lines } = texts.notFound;
  return { title, status: 404, main: html`<h1>${title}</h1>${each(lines, (line) => html`<p>${line}</p>`)}` };
}

/** The page that says that something of ours failed. */
export function failedPage({ texts }: Visit): Page {
  const { title, lines } = texts.failed;
  return { title, status: 500, main: html`<h1>${title}</h1>${each(lines, (line) => html`<p>${line}</p>`)}` };
}

/** The page that says why something cannot be asked. */
export function badRequestPage({ texts, to }: Visit, why: string): Page {
  const { title } = texts.badRequest;
  return { title, status: 400, main: html`<h1>${title}</h1><p>${why}</p><p><a href="${to("/items")}">${texts.items.clear}</a></p>` };
}
