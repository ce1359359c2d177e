import { html } from "hono/html";
import { zoneOf } from "../../shared/calendar/calendar.ts";
import { dayNumber, yearOf } from "../../shared/calendar/days.ts";
import { type Forecast, usualLag } from "../../shared/calendar/forecast.ts";
import { type Known, knownAt, nowIn } from "../../shared/calendar/known.ts";
import type { SeriesStanding } from "../../shared/calendar/standing.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { each, type Html, outsideLink, when } from "../html.ts";
import { editionPath, publisherPath, seriesPath } from "../paths.ts";
import { type Axis, axisFrom, firstMonthFor } from "../plots/axis.ts";
import { legend, type Mark, monthNames, strip } from "../plots/strip.ts";
import { expectedOf } from "../plots/year-rows.ts";
import { type EditionView, editionViews } from "../reads/editions.ts";
import type { Overview } from "../reads/overview.ts";
import { inTongue } from "../tongue.ts";
import type { Answer, Visit } from "../visit.ts";
import { healthChip, reasonWords } from "./health-words.ts";
import { changed } from "./sources.ts";
import { chip } from "./standing-words.ts";

/** A row of the history: an edition, and when it was to be expected by those before it. */
interface Line {
  readonly view: EditionView | null;
  readonly year: number | null;
  /** The year on whose axis it stands. */
  readonly on: number;
  readonly day: number | null;
  readonly expected: Forecast | null;
}

function linesOf(series: Series, views: readonly EditionView[], known: Known, standing: SeriesStanding): Line[] {
  const current = standing.expected;
  const lines = views.map((view): Line => {
    const day = dayNumber(view.released);
    const { year } = view;
    const expected = year === null || series.several ? null : ((current?.year === year ? current : expectedOf(series, known, year)) ?? null);
    const on = expected ? expected.year + usualLag(series) : day === null ? (year ?? 0) : yearOf(day);
    return { view, year, on, day, expected };
  });
  const ahead = [current, standing.next].flatMap((expected) => (expected && !views.some(({ year }) => year === expected.year) ? [{ view: null, year: expected.year, on: expected.year + usualLag(series), day: null, expected }] : []));
  return [...ahead.toReversed(), ...lines];
}

function marks({ expected, day }: Line): Mark[] {
  return [
    ...(expected ? [{ kind: "window", from: expected.opens, to: expected.closes } as const] : []),
    ...(expected && expected.due !== null ? [{ kind: "due", at: expected.due } as const] : []),
    ...(day === null ? [] : [{ kind: "out", at: day } as const]),
  ];
}

function released({ texts }: Visit, { view, expected, day }: Line): Html {
  if (day !== null) return html`${texts.day(day)}${when(view && !view.certain, () => html`<br><small>${texts.series.uncertain}</small>`)}`;
  if (view?.status === "out") return html`${texts.series.dayUnknown}`;
  if (view?.status === "announced") return html`<b class="chip announced">${texts.statuses.announced}</b>`;
  if (view?.status === "unknown") return html`<b class="chip blind">${texts.statuses.unknown}</b>`;
  return html`<span class="quiet">${expected ? texts.range(texts.shortDay(expected.opens), texts.shortDay(expected.closes)) : texts.notThisYear}</span>`;
}

function history(visit: Visit, series: Series, lines: readonly Line[], { edition, next }: SeriesStanding): Html {
  const { texts, to } = visit;
  if (lines.length === 0) return html`<p>${texts.series.noEditions}</p>`;
  const month = firstMonthFor(lines.flatMap(({ on, day, expected }) => [day, expected?.opens, expected?.closes].flatMap((one) => (one === null || one === undefined ? [] : [{ year: on, day: one }]))));
  const axisOf = (line: Line): Axis => axisFrom(line.on, month);
  const hasDue = lines.some(({ expected }) => expected?.due !== null && expected !== null);
  const kinds: Mark["kind"][] = [...(lines.some(({ expected }) => expected !== null) ? ["window" as const] : []), "out", ...(hasDue ? ["due" as const] : [])];
  // What has no year, or only comes in a season, has no page of its own before it came.
  const hasPage = ({ view, year }: Line): boolean => year !== null && (view !== null || year === edition || year === next?.year);
  const named = (line: Line): Html => (hasPage(line) ? html`<a href="${to(editionPath(series.id, line.year))}">${line.year}</a>` : html`${line.year ?? "–"}`);
  const row = (line: Line): Html => html`<tr><th scope="row">${named(line)}</th><td class="plot">${strip(axisOf(line), marks(line))}</td><td class="when">${released(visit, line)}</td><td class="name-of">${line.view ? outsideLink(line.view.url, inTongue(visit, line.view.title ?? line.view.symbol ?? (line.view.url ? texts.edition.read : ""))) : ""}${when(line.view?.why, (why) => html` <small>${inTongue(visit, why)}</small>`)}</td></tr>
`;
  return html`${legend(kinds, { ...texts.legend, notice: texts.legend.announced })}
<table class="history"><caption class="unseen">${texts.series.history}</caption>
<thead><tr><th scope="col">${texts.columns.year}</th><th scope="col" class="plot"><span class="unseen">${texts.columns.plot}</span>${monthNames(axisFrom(0, month), texts.monthLetters)}</th><th scope="col">${texts.columns.released}</th><th scope="col">${texts.columns.title}</th></tr></thead>
<tbody>
${each(lines, row)}</tbody></table>`;
}

/** What is expected of the edition that a forecast is of. */
export function forecastFacts({ texts }: Visit, { expected, next }: Pick<SeriesStanding, "expected" | "next">): Html {
  if (!expected && !next) return html`<p>${texts.series.noForecast}</p>`;
  const one = expected ?? next;
  return html`<dl class="facts">${when(one, ({ opens, closes, median, due, year, ...rest }) => html`<dt>${texts.columns.edition}</dt><dd>${year}</dd><dt>${texts.series.usual}</dt><dd>${texts.range(texts.day(opens), texts.day(closes))}</dd>
<dt>${texts.series.middle}</dt><dd>${texts.day(median)}</dd>
${when(due, (day) => html`<dt>${texts.series.due}</dt><dd>${texts.day(day)}</dd>`)}
<dt>${texts.series.basis}</dt><dd>${texts.series.restsOn({ opens, closes, median, due, year, ...rest })}</dd>`)}
${when(expected && next, ({ opens, closes, year }) => html`<dt>${texts.series.next}</dt><dd>${year}: ${texts.range(texts.day(opens), texts.day(closes))}</dd>`)}</dl>`;
}

function sources(visit: Visit, overview: Overview, series: Series): Html {
  const { texts } = visit;
  const carriers = overview.catalogue.sources.filter(({ carries }) => carries.includes(series.id));
  if (carriers.length === 0) return html`<p>${texts.series.noSources}</p>`;
  return html`<table class="stack whole sources"><thead><tr><th scope="col">${texts.columns.source}</th><th scope="col">${texts.columns.health}</th><th scope="col">${texts.columns.change}</th></tr></thead><tbody>
${each(carriers, (source) => {
    const state = overview.states.get(source.id);
    return html`<tr><th scope="row">${outsideLink(source.url, source.name ?? source.id)}</th><td>${healthChip(visit, source, state)} <span class="quiet">${inTongue(visit, reasonWords(visit, source, state))}</span></td><td>${changed(visit, state)}</td></tr>`;
  })}</tbody></table>`;
}

function more(visit: Visit, series: Series): Html {
  const { texts } = visit;
  const { aka, basis, due, note, skipped } = series;
  return html`<dl class="facts">${when(aka.length > 0, () => html`<dt>${texts.series.aka}</dt><dd>${aka.map((name, index) => html`${index === 0 ? "" : " · "}${inTongue(visit, name)}`)}</dd>`)}
${when(due?.law ?? basis, (law) => html`<dt>${texts.series.law}</dt><dd lang="en">${law}</dd>`)}
${when(skipped.length > 0, () => html`<dt>${texts.series.skipped}</dt><dd lang="en">${skipped.map(({ year, why }) => `${year}: ${why}`).join(" ")}</dd>`)}
${when(note, (text) => html`<dt>${texts.series.note}</dt><dd lang="en">${text}</dd>`)}</dl>`;
}

/** The page of a series: where it stands, what it did in each year, what is expected, and where we look. */
export function seriesPage(visit: Visit, overview: Overview): Answer | undefined {
  const { texts, to, named } = visit;
  const series = overview.catalogue.series.find(({ id }) => id === named["series"]);
  const standing = series && overview.standings.get(series.id);
  if (!series || !standing) return undefined;
  const publisher = overview.publishers.get(series.publisher);
  const views = editionViews(overview.catalogue, series, overview.recorded);
  const known = knownAt(series, overview.recorded, nowIn(zoneOf(overview.catalogue, series), overview.at));
  const base = seriesPath(series.id);
  return {
    title: series.name,
    current: "series",
    at: overview.at,
    alternates: [
      { type: "application/atom+xml", title: series.name, href: `${base}/feed.atom` },
      { type: "application/feed+json", title: series.name, href: `${base}/feed.json` },
      { type: "text/calendar", title: series.name, href: `${base}/calendar.ics` },
    ],
    main: html`<h1>${series.name}</h1>
<p class="lead"><a href="${to(publisherPath(series.publisher))}">${inTongue(visit, publisher?.name ?? series.publisher)}</a> · ${texts.kinds[series.kind]} · ${texts.cadences[series.cadence]}</p>
<div class="banner ${standing.standing}"><p>${chip(visit, standing.standing)} ${when(standing.edition, (year) => html`<a href="${to(editionPath(series.id, year))}">${texts.columns.edition} ${year}</a>`)}</p>${each(texts.standingWords(series, standing), (line) => html`<p>${line}</p>`)}</div>
<h2>${texts.series.history}</h2>
<p>${texts.series.historyLead(views.filter((view) => view.released !== null).length)}</p>
${history(visit, series, linesOf(series, views, known, standing), standing)}
<div class="split"><section><h2>${texts.series.forecast}</h2>${forecastFacts(visit, standing)}</section>
<section><h2>${texts.series.follow}</h2><ul><li><a href="${base}/feed.atom">${texts.series.atom}</a></li><li><a href="${base}/feed.json">${texts.series.jsonFeed}</a></li><li><a href="${base}/calendar.ics">${texts.series.calendar}</a></li><li><a href="${to(`/items?series=${series.id}`)}">${texts.series.items}</a></li></ul></section></div>
${more(visit, series)}
<h2>${texts.series.sources}</h2>
${sources(visit, overview, series)}`,
  };
}
