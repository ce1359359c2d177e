import { html } from "hono/html";
import { dayNumber, daysInto } from "../../shared/calendar/days.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import type { EditionChanges } from "../../shared/records/documents.ts";
import type { EditionRecord } from "../../shared/records/editions.ts";
import { readItems } from "../../shared/records/items.ts";
import { each, type Html, outsideLink, when } from "../html.ts";
import { changesPath, editionPath, itemPath, seriesPath } from "../paths.ts";
import { type EditionView, editionViews } from "../reads/editions.ts";
import type { Overview } from "../reads/overview.ts";
import { inTongue } from "../tongue.ts";
import type { Answer, Visit } from "../visit.ts";
import type { World } from "../world.ts";
import { forecastFacts } from "./series.ts";
import { chip } from "./standing-words.ts";

/** How many days later in its year it came than the edition before, where both days are known. */
function laterThan(view: EditionView, before: EditionView | undefined): number | undefined {
  const [day, earlier] = [dayNumber(view.released), dayNumber(before?.released ?? null)];
  if (day === null || earlier === null || view.year === null || before?.year === null || before === undefined) return undefined;
  return daysInto(view.year, day) - daysInto(before.year, earlier);
}

function facts(visit: Visit, view: EditionView, before: EditionView | undefined): Html {
  const { texts } = visit;
  const { record } = view;
  const day = dayNumber(view.released);
  return html`<dl class="facts"><dt>${texts.edition.status}</dt><dd><b class="chip ${view.status === "unknown" || view.status === "mentioned" ? "blind" : view.status}">${texts.statuses[view.status]}</b></dd>
${when(view.status === "out", () => html`<dt>${texts.edition.released}</dt><dd>${day === null ? texts.series.dayUnknown : texts.day(day)}${when(!view.certain, () => html` <small>(${texts.series.uncertain})</small>`)}${when(laterThan(view, before), (days) => html`<br><small>${texts.edition.against(days)}</small>`)}</dd>`)}
${when(view.symbol, (symbol) => html`<dt>${texts.edition.symbol}</dt><dd>${symbol}</dd>`)}
${when(record?.basis, (basis) => html`<dt>${texts.edition.basis}</dt><dd>${texts.edition.bases[basis]}</dd>`)}
${when(record, ({ firstSeen }) => html`<dt>${texts.edition.firstSeen}</dt><dd>${texts.moment(firstSeen)}</dd>`)}
${when(view.why, (why) => html`<dt>${texts.series.note}</dt><dd>${inTongue(visit, why)}</dd>`)}</dl>`;
}

function evidence({ texts }: Visit, { versions = [], document }: EditionRecord): Html {
  if (versions.length === 0) return html`<p>${texts.edition.noEvidence}</p>`;
  return html`<p>${texts.edition.evidenceLead}</p>
<table class="stack whole"><thead><tr><th scope="col">${texts.edition.found}</th><th scope="col">${texts.columns.source}</th><th scope="col">SHA-256</th></tr></thead><tbody>
${each(versions, ({ at, url, sha256, bytes }) => html`<tr><th scope="row">${texts.moment(at)}</th><td>${url === null ? texts.edition.byHand : outsideLink(url, url)}<br><small>${texts.edition.bytes(bytes)}</small></td><td><code>${sha256}</code></td></tr>
`)}</tbody></table>
${when(document?.notThereSince, (since) => html`<p class="notice">${texts.edition.gone(since)}</p>`)}`;
}

function changed(visit: Visit, { series, year }: EditionRecord, { before, summary }: EditionChanges): Html {
  const { texts, to } = visit;
  const lead = before.year !== null && before.year !== year ? texts.edition.changesLead(String(before.year)) : texts.edition.changesSelf(before.at);
  return html`<details open><summary>${lead}</summary><ul>${each(summary, (line) => html`<li>${inTongue(visit, texts.change(line))}</li>`)}</ul><p><a href="${to(changesPath(series, year))}">${texts.edition.sideBySide}</a></p></details>`;
}

async function sightings(visit: Visit, world: World, overview: Overview, { sightings: seen, sightingCount }: EditionRecord): Promise<Html> {
  const { texts, theme, to } = visit;
  const items = await readItems(world.table, seen.map(({ item }) => item));
  const names = new Map(overview.catalogue.sources.map(({ id, name }) => [id, name ?? id]));
  return html`<p>${texts.edition.sightingsLead(sightingCount)}</p>
<table class="stack whole"><thead><tr><th scope="col">${texts.columns.item}</th><th scope="col">${texts.columns.source}</th><th scope="col">${texts.columns.role}</th><th scope="col">${texts.columns.seen}</th></tr></thead><tbody>
${each(seen, ({ item, title, url, role, source, at }) => html`<tr><th scope="row">${outsideLink(url, inTongue(visit, title))}${when(items.get(item)?.why, (why) => html`<ul class="why">${each(why, (line) => html`<li>${inTongue(visit, texts.reason(line, theme.name))}</li>`)}</ul>`)}</th><td>${names.get(source) ?? source}</td><td>${role === null ? texts.undecided : texts.roles[role]}</td><td><a href="${to(itemPath(item))}">${texts.moment(at)}</a></td></tr>
`)}</tbody></table>`;
}

async function one(visit: Visit, world: World, overview: Overview, series: Series, view: EditionView, before: EditionView | undefined): Promise<Html> {
  const { texts } = visit;
  const { record } = view;
  return html`${when(view.title, (title) => html`<p class="lead">${outsideLink(view.url, inTongue(visit, title))}</p>`)}
${when(view.title === null && view.url, (url) => html`<p class="lead">${outsideLink(url, texts.edition.read)}</p>`)}
${facts(visit, view, before)}
${when(record?.changes?.length, () => html`<h2>${texts.edition.changes}</h2>${each((record?.changes ?? []).toReversed(), (told) => (record ? changed(visit, record, told) : ""))}`)}
<h2>${texts.edition.evidence}</h2>
${record ? evidence(visit, record) : html`<p>${texts.edition.noEvidence}</p>`}
<h2>${texts.edition.sightings}</h2>
${record && record.sightings.length > 0 ? await sightings(visit, world, overview, record) : html`<p>${texts.edition.noSightings}</p>`}`;
}

function neighbours({ texts, to }: Visit, series: Series, year: number, years: readonly number[]): Html {
  const sorted = [...new Set([...years, year])].toSorted((a, b) => a - b);
  return html`<nav class="years" aria-label="${texts.edition.others}"><ul>${each(sorted.toReversed(), (other) => html`<li><a href="${to(editionPath(series.id, other))}"${other === year ? html` aria-current="page"` : ""}>${other}</a></li>`)}</ul></nav>`;
}

/**
 * The page of a series' edition or editions of a year: what is known of it, the evidence, what changed, and what showed
 * it. The key of one of several leads to the page of its year.
 */
export async function editionPage(visit: Visit, overview: Overview, world: World): Promise<Answer | undefined> {
  const { texts, to, named } = visit;
  const series = overview.catalogue.series.find(({ id }) => id === named["series"]);
  const standing = series && overview.standings.get(series.id);
  const year = Number(named["year"]);
  if (!series || !standing) return undefined;
  const views = editionViews(overview.catalogue, series, overview.recorded);
  if (!/^\d{4}$/.test(named["year"] ?? "")) {
    const keyed = views.find(({ key, year: of }) => of !== null && key === named["year"]);
    return keyed && { to: editionPath(series.id, keyed.year) };
  }
  const own = views.filter((view) => view.year === year);
  const isCurrent = standing.edition === year && standing.standing !== "out";
  const isNext = standing.next?.year === year;
  if (own.length === 0 && !isCurrent && !isNext) return undefined;
  const before = series.several ? undefined : views.find((view) => view.year !== null && view.year < year && view.released !== null);
  const parts = await Promise.all(own.map((view) => one(visit, world, overview, series, view, before)));
  const title = texts.edition.heading(series.name, String(year));
  return {
    title,
    current: "series",
    at: overview.at,
    main: html`<h1>${title}</h1>
<p><a href="${to(seriesPath(series.id))}">${series.name}</a></p>
${neighbours(visit, series, year, views.flatMap((view) => view.year ?? []))}
${when(isCurrent, () => html`<div class="banner ${standing.standing}"><p>${chip(visit, standing.standing)}</p>${each(texts.standingWords(series, standing), (line) => html`<p>${line}</p>`)}</div>`)}
${when(isCurrent || isNext, () => html`<h2>${texts.edition.expected}</h2>${forecastFacts(visit, isCurrent ? { expected: standing.expected, next: null } : { expected: standing.next, next: null })}`)}
${each(parts, (part) => html`<article>${part}</article>`)}`,
  };
}

/** The page of the edition that a short address names by the code of its series or by its id; undefined where there is no such series. */
export function shortEditionPage({ named }: Visit, { catalogue }: Overview): Answer | undefined {
  const { series: asked = "", year = "" } = named;
  const series = catalogue.series.find(({ id, code }) => [id, code].includes(asked));
  return series && { to: editionPath(series.id, encodeURIComponent(year)) };
}
