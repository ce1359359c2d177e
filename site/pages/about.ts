import { html } from "hono/html";
import { standings } from "../../shared/calendar/standing.ts";
import { each, type Html } from "../html.ts";
import type { Overview } from "../reads/overview.ts";
import type { Answer, Visit } from "../visit.ts";
import { figures } from "./figures.ts";
import { chip } from "./standing-words.ts";

function quality({ texts }: Visit): Html {
  const { quality: heading, qualityLead, qualityRows, qualityColumns } = texts.aboutPage;
  return html`<h2>${heading}</h2><p>${qualityLead(figures.labelled)}</p>
<table><thead><tr><th scope="col">${qualityColumns.what}</th><th scope="col">${qualityColumns.share}</th><th scope="col">${qualityColumns.count}</th></tr></thead><tbody>
${each(figures.shares, ({ name, right, of }) => html`<tr><th scope="row">${qualityRows[name]}</th><td class="number">${(100 * (right / of)).toFixed(1)}%</td><td class="number">${right} / ${of}</td></tr>`)}</tbody></table>`;
}

/** The page that says what this is, how it works, how good it is, and how to follow it. */
export function aboutPage(visit: Visit, overview: Overview): Answer {
  const { texts } = visit;
  const { catalogue } = overview;
  const { title, paragraphs, subscribe, subscribeLines, standings: standingsTitle } = texts.aboutPage;
  const publishers = new Set(catalogue.sources.map(({ publisher }) => publisher));
  return {
    title,
    current: "about",
    at: overview.at,
    main: html`<h1>${title}</h1>
<p class="lead">${texts.tagline(visit.theme.subject)}.</p>
${each(paragraphs(catalogue.series.length, catalogue.sources.length, publishers.size), ({ heading, lines }) => html`<h2>${heading}</h2>${each(lines, (line) => html`<p>${line}</p>`)}`)}
<h2>${standingsTitle}</h2>
<dl class="facts">${each(standings, (standing) => html`<dt>${chip(visit, standing)}</dt><dd>${texts.standingHelp[standing]}</dd>`)}</dl>
${quality(visit)}
<h2>${subscribe}</h2>
<ul>${each(subscribeLines, (line) => html`<li>${line}</li>`)}</ul>`,
  };
}
