import { html } from "hono/html";
import type { Source } from "../../shared/catalogue/schema.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import { each, type Html, outsideLink, when } from "../html.ts";
import type { Overview } from "../reads/overview.ts";
import { inTongue } from "../tongue.ts";
import type { Answer, Visit } from "../visit.ts";
import { healthChip, type Reading, readingOf, reasonWords } from "./health-words.ts";

/** Those that need somebody come first. */
const order: readonly Reading[] = ["blocked", "dead", "failing", "quiet", "well", "unread", "disabled"];

function summary({ texts }: Visit, overview: Overview): Html {
  const { sources } = overview.catalogue;
  const counts = order.map((reading) => ({ reading, count: sources.filter((source) => readingOf(source, overview.states.get(source.id)) === reading).length }));
  return html`<ul class="legend">${each(counts.filter(({ count }) => count > 0), ({ reading, count }) => html`<li><b class="chip ${reading}">${texts.healths[reading]}</b> ${count}</li>`)}</ul>`;
}

/** When a source last had something new, in words that need no heading: on a phone there is none. */
export function changed({ texts }: Visit, state: SourceState | undefined): string {
  return state?.lastChange ? texts.sources.changed(texts.moment(state.lastChange.slice(0, 10))) : texts.sources.never;
}

/** The page of sources: whether each can be read, since when, why not, and when it last had something new. */
export function sourcesPage(visit: Visit, overview: Overview): Answer {
  const { texts } = visit;
  const { columns } = texts;
  const { publishers } = overview;
  const placeOf = (source: Source): number => order.indexOf(readingOf(source, overview.states.get(source.id)));
  const sources = overview.catalogue.sources.toSorted((a, b) => placeOf(a) - placeOf(b) || a.publisher.localeCompare(b.publisher));
  const row = (source: Source): Html => {
    const state = overview.states.get(source.id);
    const why = reasonWords(visit, source, state);
    const since = when(state?.health !== "well" && state?.since, (at) => html` <small>${texts.sources.since(texts.moment(at.slice(0, 10)))}</small>`);
    return html`<tr id="${source.id}"><th scope="row">${outsideLink(source.url, source.name ?? source.id)}<br><small>${publishers.get(source.publisher)?.short ?? source.publisher}</small></th><td>${healthChip(visit, source, state)}${since}${when(why, (text) => html`<br><small>${inTongue(visit, text)}</small>`)}</td><td>${changed(visit, state)}</td></tr>
`;
  };
  return {
    title: texts.sources.title,
    current: "sources",
    at: overview.at,
    main: html`<h1>${texts.sources.title}</h1>
<p class="lead">${texts.sources.lead(sources.filter(({ disabled }) => disabled === undefined).length, sources.length)}</p>
${summary(visit, overview)}
<p><a href="/sources.opml">${texts.sources.opml}</a></p>
<table class="stack whole sources"><caption class="unseen">${texts.sources.title}</caption><thead><tr><th scope="col">${columns.source}</th><th scope="col">${columns.health}</th><th scope="col">${columns.change}</th></tr></thead><tbody>
${each(sources, row)}</tbody></table>`,
  };
}
