import { html } from "hono/html";
import { each, type Html, when } from "./html.ts";
import { stylePath } from "./style.ts";
import { otherLanguages, type Page, pathIn, type Visit } from "./visit.ts";

const navigation = [
  ["year", "/"],
  ["series", "/series"],
  ["items", "/items"],
  ["sources", "/sources"],
  ["about", "/about"],
  ["api", "/api"],
] as const;

/** Whether nothing is at its address, in no language. */
const isNowhere = ({ status }: Page): boolean => status === 400 || status === 404;

function head(visit: Visit, page: Page): Html {
  const { title, alternates = [] } = page;
  const { texts, language, path, theme } = visit;
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === texts.name ? title : `${title} – ${texts.name}`}</title>
<meta name="description" content="${texts.tagline(theme.subject)}">
<link rel="stylesheet" href="${stylePath}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${each(isNowhere(page) ? [] : otherLanguages(language), (other) => html`<link rel="alternate" hreflang="${other}" href="${pathIn(other, path)}">
`)}${each(alternates, ({ type, title: name, href }) => html`<link rel="alternate" type="${type}" title="${name}" href="${href}">
`)}`;
}

function header({ texts, language, path, to }: Visit, page: Page): Html {
  const { current } = page;
  return html`<a class="skip" href="#main">${texts.skip}</a>
<header class="top"><div class="inner">
<a class="name" href="${to("/")}">${texts.name}</a>
<nav aria-label="${texts.menu}"><ul>${each(navigation, ([name, where]) => html`<li><a href="${to(where)}"${name === current ? html` aria-current="page"` : ""}>${texts.nav[name]}</a></li>`)}</ul></nav>
<p class="tongue">${each(otherLanguages(language), (other) => html`<a href="${pathIn(other, isNowhere(page) ? "/" : path)}" hreflang="${other}" lang="${other}">${texts.otherLanguage}</a>`)}</p>
</div></header>`;
}

function footer({ texts }: Visit, { at }: Page): Html {
  const { asOf, times, reads } = texts.footer;
  return html`<footer class="bottom"><div class="inner">
<p>${when(at, (moment) => `${asOf(moment.slice(0, 10))} `)}${times}</p>
<p>${reads}</p>
<p>${texts.follow}: <a href="/feed.atom">Atom</a> · <a href="/feed.json">JSON Feed</a> · <a href="/calendar.ics">iCalendar</a> · <a href="/sources.opml">OPML</a></p>
</div></footer>`;
}

/** A whole page: head, header, what it shows, and footer. */
export function layout(visit: Visit, page: Page): Html {
  return html`<!doctype html>
<html lang="${visit.language}">
<head>
${head(visit, page)}</head>
<body>
${header(visit, page)}
<main id="main" tabindex="-1" class="inner">
${page.main}
</main>
${footer(visit, page)}
</body>
</html>
`;
}
