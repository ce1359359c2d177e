import { html } from "hono/html";
import type { Series } from "../../shared/catalogue/schema.ts";
import { each, type Html } from "../html.ts";
import { publisherPath, seriesPath } from "../paths.ts";
import { forecastOf } from "../plots/year-rows.ts";
import type { Overview } from "../reads/overview.ts";
import type { Answer, Visit } from "../visit.ts";
import { chip } from "./standing-words.ts";

function row({ texts, to }: Visit, { standings }: Overview, { id, name, cadence }: Series): Html {
  const at = standings.get(id);
  const expected = at ? forecastOf(at) : null;
  return html`<tr><th scope="row"><a href="${to(seriesPath(id))}">${name}</a></th><td>${texts.cadences[cadence]}</td><td>${at ? chip({ texts }, at.standing) : ""}</td><td>${expected ? texts.range(texts.shortDay(expected.opens), texts.shortDay(expected.closes)) : html`<span class="quiet">–</span>`}</td></tr>
`;
}

/** The page of all series, by publisher in the order of the catalogue: where each stands, and when it is expected next. */
export function allSeriesPage(visit: Visit, overview: Overview): Answer {
  const { texts, to } = visit;
  const { series } = overview.catalogue;
  const group = ([publisher, own]: readonly [string, readonly Series[]]): Html => html`<h2><a href="${to(publisherPath(publisher))}">${overview.publishers.get(publisher)?.name ?? publisher}</a></h2>
<table class="stack whole"><thead><tr><th scope="col">${texts.columns.series}</th><th scope="col">${texts.allSeries.cadence}</th><th scope="col">${texts.columns.standing}</th><th scope="col">${texts.columns.usual}</th></tr></thead><tbody>
${each(own, (one) => row(visit, overview, one))}</tbody></table>`;
  return {
    title: texts.allSeries.title,
    current: "series",
    at: overview.at,
    main: html`<h1>${texts.allSeries.title}</h1>
<p class="lead">${texts.allSeries.lead(series.length)}</p>
${each([...Map.groupBy(series, ({ publisher }) => publisher)], group)}`,
  };
}
