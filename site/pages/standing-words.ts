import { html } from "hono/html";
import { yearOf } from "../../shared/calendar/days.ts";
import type { Standing } from "../../shared/calendar/standing.ts";
import type { Html } from "../html.ts";
import { editionPath } from "../paths.ts";
import type { OutEdition } from "../../shared/calendar/known.ts";
import type { YearRow } from "../plots/year-rows.ts";
import type { Visit } from "../visit.ts";

/** Where an edition stands, as a label with its colour and its word. */
export function chip({ texts }: Pick<Visit, "texts">, standing: Standing): Html {
  return html`<b class="chip ${standing}">${texts.standings[standing]}</b>`;
}

/** What became of a series in a year that is over, or what became of it up to now: the edition of its usual days first, and then what else came in the year. */
export function outcome(visit: Visit, { series, main, mainOut, out }: YearRow): Html {
  const { texts, to } = visit;
  const others = out.filter((edition) => edition !== mainOut);
  if (mainOut === undefined && others.length === 0) return html`<span class="quiet">${texts.notThisYear}</span>`;
  const isOther = ({ year }: OutEdition): boolean => main !== undefined && year !== null && year !== main.year;
  const shown = [...(mainOut ? [mainOut] : []), ...others].slice(0, 3).map((edition) => html`<a href="${to(editionPath(series.id, edition.year))}">${edition.day === null ? texts.series.dayUnknown : texts.shortDay(edition.day)}</a>${isOther(edition) ? ` (${texts.ofEdition(edition.year ?? 0)})` : ""}`);
  const more = others.length + (mainOut ? 1 : 0) - shown.length;
  return html`${chip(visit, "out")} ${shown.map((one, index) => (index === 0 ? one : html`, ${one}`))}${more > 0 ? ` +${more}` : ""}`;
}

/** Where a series stands today, in a few words. */
export function standingCell(visit: Visit, row: YearRow, year: number): Html {
  const { texts, to } = visit;
  const { standing, out, edition, lateness, notice } = row.standing;
  if (standing === "out" && out?.day !== null && out !== null) {
    const day = yearOf(out.day) === year ? texts.shortDay(out.day) : texts.day(out.day);
    return html`${chip(visit, "out")} <a href="${to(editionPath(row.series.id, out.year))}">${day}</a>`;
  }
  if ((row.out.length > 0 || row.mainOut) && standing === "ahead") return outcome(visit, row);
  const detail = standing === "late" || standing === "missed" || standing === "blind" ? (lateness ? texts.days(lateness.days) : "") : standing === "announced" && notice?.names ? texts.shortDay(notice.names) : "";
  return html`<a class="plain" href="${to(editionPath(row.series.id, edition))}">${chip(visit, standing)}</a> ${detail}`;
}
