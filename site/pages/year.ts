import { html } from "hono/html";
import { yearOf } from "../../shared/calendar/days.ts";
import { knownAt, nowIn } from "../../shared/calendar/known.ts";
import { zoneOf } from "../../shared/calendar/calendar.ts";
import type { SeriesStanding, Standing } from "../../shared/calendar/standing.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { each, type Html, outsideLink, when } from "../html.ts";
import { editionPath, seriesPath } from "../paths.ts";
import { axisFrom } from "../plots/axis.ts";
import { legend, type Mark, monthNames, strip } from "../plots/strip.ts";
import { forecastOf, type YearRow, yearRows } from "../plots/year-rows.ts";
import type { Overview } from "../reads/overview.ts";
import type { Answer, Visit } from "../visit.ts";
import { chip, outcome, standingCell } from "./standing-words.ts";

/** The first year of which the catalogue knows the editions. */
const firstYear = 2015;
const mostRecent = 9;

function marks({ expected, out, standing }: YearRow, today: number | null): Mark[] {
  const notice = today !== null ? standing.notice?.names : undefined;
  return [
    ...expected.map(({ opens, closes }): Mark => ({ kind: "window", from: opens, to: closes })),
    ...expected.flatMap(({ due }): Mark[] => (due === null ? [] : [{ kind: "due", at: due }])),
    ...(today === null ? [] : [{ kind: "today", at: today } as const]),
    ...out.flatMap(({ day }): Mark[] => (day === null ? [] : [{ kind: "out", at: day }])),
    ...(notice === undefined || notice === null ? [] : [{ kind: "notice", at: notice } as const]),
  ];
}

function usual({ texts }: Visit, row: YearRow, year: number, isNow: boolean): Html {
  const main = row.main ?? (isNow ? forecastOf(row.standing) : null);
  if (!main) return html`<span class="quiet">–</span>`;
  const day = (one: number): string => texts.shortDay(one).replace(new RegExp(` ${year}$`), "");
  return html`${texts.range(day(main.opens), day(main.closes))}`;
}

function timeline(visit: Visit, overview: Overview, rows: readonly YearRow[], year: number, isNow: boolean): Html {
  const { texts, to } = visit;
  const axis = axisFrom(year);
  const today = isNow ? nowIn("UTC", overview.at).today : null;
  const { publishers } = overview;
  const row = (one: YearRow): Html => html`<tr><th scope="row"><a href="${to(seriesPath(one.series.id))}">${one.series.name}</a> <small>${publishers.get(one.series.publisher)?.short ?? one.series.publisher}</small></th><td class="plot">${strip(axis, marks(one, today))}</td><td class="usual">${usual(visit, one, year, isNow)}</td><td class="stands">${isNow ? standingCell(visit, one, year) : outcome(visit, one)}</td></tr>
`;
  const kinds: Mark["kind"][] = isNow ? ["window", "out", "due", "notice", "today"] : ["window", "out", "due"];
  return html`<h2 id="timeline">${texts.year.timeline}</h2>
<p>${texts.year.timelineLead}</p>
${legend(kinds, { ...texts.legend, notice: texts.legend.announced })}
<table class="timeline"><caption class="unseen">${texts.year.timeline}, ${year}</caption>
<thead><tr><th scope="col">${texts.columns.series}</th><th scope="col" class="plot"><span class="unseen">${texts.columns.plot}</span>${monthNames(axis, texts.monthLetters)}</th><th scope="col" class="usual">${texts.columns.usual}</th><th scope="col">${texts.columns.standing}</th></tr></thead>
<tbody>
${each(rows, row)}</tbody></table>`;
}

/** The series that have no row in the year, so that each is found from here. */
function others({ texts, to }: Visit, { catalogue, publishers }: Overview, rows: readonly YearRow[]): Html | string {
  const shown = new Set(rows.map(({ series }) => series.id));
  const left = catalogue.series.filter(({ id }) => !shown.has(id));
  return when(left.length > 0, () => html`<section class="columns"><h2>${texts.year.others} <span class="count">${left.length}</span></h2><p>${texts.year.othersLead}</p><ul>${each(left, ({ id, name, publisher }) => html`<li><a href="${to(seriesPath(id))}">${name}</a> <small>${publishers.get(publisher)?.short ?? publisher}</small></li>`)}</ul></section>`);
}

interface Stands {
  readonly series: Series;
  readonly at: SeriesStanding;
}

function standingIn(overview: Overview, ...wanted: Standing[]): Stands[] {
  return overview.catalogue.series
    .flatMap((series): Stands[] => {
      const at = overview.standings.get(series.id);
      return at && wanted.includes(at.standing) ? [{ series, at }] : [];
    })
    .toSorted((a, b) => (b.at.lateness?.days ?? 0) - (a.at.lateness?.days ?? 0) || (a.at.expected?.closes ?? 0) - (b.at.expected?.closes ?? 0));
}

function card(visit: Visit, { series, at }: Stands): Html {
  const { texts, to } = visit;
  const [first, ...more] = texts.standingWords(series, at).filter((line) => line !== "");
  return html`<li class="card ${at.standing}"><a href="${to(editionPath(series.id, at.edition))}">${series.name}${at.edition === null ? "" : ` ${at.edition}`}</a><br><span class="quiet">${first ?? ""} ${more.slice(0, 1)}</span>${when(at.notice?.url, (url) => html` <small>${outsideLink(url, texts.edition.read)}</small>`)}</li>`;
}

function group(visit: Visit, heading: string, stands: readonly Stands[]): Html | string {
  return when(stands.length > 0, () => html`<section class="group"><h2>${heading} <span class="count">${stands.length}</span></h2><ul class="cards">${each(stands, (one) => card(visit, one))}</ul></section>`);
}

/** What is due now, a line each, with the day until which it usually comes. */
function dueNow({ texts, to }: Visit, stands: readonly Stands[]): Html | string {
  const line = ({ series, at }: Stands): Html => html`<li><span class="day">${when(at.expected, ({ closes }) => texts.until(texts.shortDay(closes)))}</span> <span><a href="${to(editionPath(series.id, at.edition))}">${series.name}${at.edition === null ? "" : ` ${at.edition}`}</a>${when(at.lateness, ({ days, against }) => (against === "due" ? html`<br><small>${texts.afterLaw(texts.days(days))}</small>` : ""))}</span></li>`;
  return when(stands.length > 0, () => html`<section><h2>${texts.year.open} <span class="count">${stands.length}</span></h2><ul class="dated">${each(stands.toSorted((a, b) => (a.at.expected?.closes ?? 0) - (b.at.expected?.closes ?? 0)), line)}</ul></section>`);
}

function blind(visit: Visit, stands: readonly Stands[]): Html | string {
  const { texts, to } = visit;
  if (stands.length === 0) return "";
  const line = ({ series, at }: Stands): Html => html`<li><a href="${to(editionPath(series.id, at.edition))}">${series.name}${at.edition === null ? "" : ` ${at.edition}`}</a>${when(at.lateness, ({ days }) => ` (${texts.days(days)})`)}</li>`;
  return html`<details class="columns"><summary>${chip(visit, "blind")} <span class="count">${stands.length}</span></summary><p>${texts.year.blindLead}</p><ul>${each(stands, line)}</ul></details>`;
}

function recent({ texts, to }: Visit, overview: Overview): Html {
  const { catalogue } = overview;
  const releases = catalogue.series.flatMap((series) => knownAt(series, overview.recorded, nowIn(zoneOf(catalogue, series), overview.at)).out.map((edition) => ({ series, edition })));
  const latest = releases.flatMap((one) => (one.edition.day === null && one.edition.seen === null ? [] : [{ ...one, day: one.edition.day ?? one.edition.seen ?? 0 }])).toSorted((a, b) => b.day - a.day).slice(0, mostRecent);
  return html`<section><h2>${texts.year.recent}</h2><ul class="dated">${each(latest, ({ series, edition, day }) => html`<li><span class="day">${edition.day === null ? texts.until(texts.shortDay(day)) : texts.shortDay(day)}</span> <a href="${to(editionPath(series.id, edition.year))}">${series.name}${edition.year === null ? "" : ` ${edition.year}`}</a></li>`)}</ul></section>`;
}

function picker({ texts, to }: Visit, shown: number, now: number): Html {
  const years = Array.from({ length: now - firstYear + 1 }, (_, index) => now - index);
  return html`<nav class="years" aria-label="${texts.year.picker}"><ul>${each(years, (year) => html`<li><a href="${to(year === now ? "/" : `/year/${year}`)}"${year === shown ? html` aria-current="page"` : ""}>${year}</a></li>`)}</ul></nav>`;
}

function standsNow(visit: Visit, overview: Overview): Html {
  const { texts } = visit;
  const [late, announced, open] = [standingIn(overview, "late", "missed"), standingIn(overview, "announced"), standingIn(overview, "open")];
  return html`${when(late.length + announced.length + open.length === 0, () => html`<p>${texts.year.noneDue}</p>`)}
${group(visit, texts.year.announced, announced)}${group(visit, texts.year.late, late)}
<div class="split">${dueNow(visit, open)}${recent(visit, overview)}</div>
${blind(visit, standingIn(overview, "blind"))}`;
}

/** The page of a year: of the current one, where every series stands; of an earlier one, what came when. */
export function yearPage(visit: Visit, overview: Overview): Answer | undefined {
  const { texts, named } = visit;
  const now = yearOf(nowIn("UTC", overview.at).today);
  const year = named["year"] === undefined ? now : Number(named["year"]);
  if (!Number.isInteger(year) || year < firstYear || year > now) return undefined;
  const isNow = year === now;
  const rows = yearRows(overview, year, isNow);
  return {
    title: isNow ? texts.name : texts.year.title(year),
    current: "year",
    at: overview.at,
    alternates: [
      { type: "application/atom+xml", title: texts.name, href: "/feed.atom" },
      { type: "application/feed+json", title: texts.name, href: "/feed.json" },
      { type: "text/calendar", title: texts.name, href: "/calendar.ics" },
    ],
    main: html`<h1>${isNow ? texts.year.titleNow(year) : texts.year.title(year)}</h1>
<p class="lead">${isNow ? texts.year.leadNow(overview.catalogue.series.length, visit.theme.subject) : texts.year.lead(rows.length, year, visit.theme.subject)}</p>
${when(isNow && overview.since === null, () => html`<p class="notice">${texts.year.catalogueOnly}</p>`)}
${isNow ? standsNow(visit, overview) : ""}
${picker(visit, year, now)}
${timeline(visit, overview, rows, year, isNow)}
${isNow ? others(visit, overview, rows) : ""}
<p><a href="${visit.to("/series")}">${texts.allSeries.link(overview.catalogue.series.length)}</a></p>
<p><a href="/calendar.ics">${texts.year.calendarLink}</a></p>`,
  };
}
