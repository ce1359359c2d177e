import { septets, toGsm7 } from "../alerts/gsm7.ts";
import { editionYear, inWindow } from "../recognition/edition.ts";
import { didYouMean, type Finding, findingsOn, twice } from "./finding.ts";
import type { Catalogue, Edition, Rule, Series } from "./schema.ts";

type Findings = ReturnType<typeof findingsOn>;

/** Whether a rule asks for anything: one that does not takes every item for its own. */
function asksNothing({ title, form, text, url, symbol, body }: Rule): boolean {
  return title.length === 0 && !form?.length && text.length === 0 && !url?.length && !symbol?.length && !body;
}

function ruleFindings({ recognise }: Series, publishers: ReadonlySet<string>, { fault }: Findings): Finding[] {
  return recognise.flatMap((rule, index) => {
    const found = (rule.from ?? []).filter((name) => !publishers.has(name)).map((name) => fault(`recognise[${index}] reads from "${name}", which is no publisher of the sources file. ${didYouMean(name, publishers) || "Describe it there."}`));
    if (asksNothing(rule)) found.push(fault(`recognise[${index}] asks for nothing, so every item would be of this series. Give it a title, form, text, url or symbol.`));
    return found;
  });
}

/** What may be there only once: the month or the year with the title where several come a year, otherwise the year. */
function keyOf({ several }: Series, { year, released, title }: Edition): string {
  if (several === "month") return released === "unknown" ? `${year}, ${title ?? released}` : released.slice(0, 7);
  return several === "title" ? `${year}, ${title ?? released}` : String(year);
}

/** By year, then by day, as far as they are known: an edition without a day is as good as any of its year. */
function placeOf(series: Series, { year, released }: Edition): string {
  return [series.year ? year : null, released === "unknown" ? null : released].filter((part) => part !== null).join(" ");
}

function orderFindings(series: Series, { fault }: Findings): Finding[] {
  const found: Finding[] = [];
  const counted = series.editions.filter(({ year }) => year !== null);
  for (const key of twice(counted.map((edition) => keyOf(series, edition)))) found.push(fault(`has two editions ${key}. Take one away, or say with "several" how they are told apart.`));
  let last = "";
  for (const edition of series.editions) {
    const place = placeOf(series, edition);
    if (place < last.slice(0, place.length)) found.push(fault(`edition ${edition.year ?? edition.released} stands after a later one. Put the editions in order, the oldest first.`));
    else if (place !== "") last = place;
  }
  return found;
}

function dayFindings(series: Series, today: string, { fault, warning }: Findings): Finding[] {
  const found: Finding[] = [];
  for (const { year, released, why } of series.editions) {
    if (year !== null && series.skipped.some((skip) => skip.year === year)) found.push(fault(`edition ${year} is listed as skipped too. Take one of them away.`));
    if (released === "unknown") {
      if (why === undefined) found.push(fault(`edition ${year} was released on an unknown day, without a "why". Say what was looked at.`));
      continue;
    }
    if (released > today) found.push(fault(`edition ${year} was released on ${released}, which is still to come. Editions are what is out.`));
    const expected = editionYear(series, "", released, []).year;
    if (year !== null && expected !== null && !lags(series).some((lag) => year === expected + usualLag(series) - lag)) found.push(warning(`edition ${year} was released on ${released}, which by "lagYears" is edition ${expected}. Mend the year, the day, or the lags.`));
  }
  return found;
}

/** Days on which the calendar would not have looked for it. A day with a reason beside it is explained. */
function windowFinding({ window, editions }: Series, { warning }: Findings): Finding[] {
  const astray = editions.flatMap(({ released, why, certain }) => (window && released !== "unknown" && certain && why === undefined && !inWindow(released, window) ? [released] : []));
  if (!window || astray.length === 0) return [];
  const [lie, days] = astray.length === 1 ? ["lies", "day"] : ["lie", "days"];
  return [warning(`${astray.join(", ")} ${lie} outside its window, ${window.opens} to ${window.closes}. Widen the window, or say beside the ${days} "why".`)];
}

function lags({ lagYears, year }: Series): readonly number[] {
  return lagYears ?? [year === "coverage" ? 1 : 0];
}

function usualLag(series: Series): number {
  return lags(series)[0] ?? 0;
}

function shortFinding(text: string, { fault }: Findings): Finding[] {
  if (toGsm7(text) === text && septets(text) <= 28) return [];
  return [fault(`its short "${text}" does not fit an SMS: it may have GSM-7 characters only, at most 28. Write "${toGsm7(text) || "it in Latin letters"}".`)];
}

/** A short address must lead to one series. */
function codeFindings({ id, code }: Series, series: readonly Series[], { fault }: Findings): Finding[] {
  const other = code === undefined ? undefined : series.find((one) => one.id !== id && [one.code, one.id].includes(code));
  return other ? [fault(`has the code "${code}", which is the code or the id of ${other.id} too. Give it one that no other series has.`)] : [];
}

/** Faults of the series in themselves and against the publishers, and what is odd about their editions. `today` is YYYY-MM-DD. */
export function checkSeries({ series, publishers }: Catalogue, today: string): Finding[] {
  const publisherIds = new Set(publishers.map(({ id }) => id));
  const shorts = publishers.flatMap(({ id, short }) => shortFinding(short, findingsOn("sources", id)));
  const found = series.flatMap((one) => {
    const findings = findingsOn("events", one.id);
    const publisher = publisherIds.has(one.publisher) ? [] : [findings.fault(`has the publisher "${one.publisher}", which is not among the publishers of the sources file. ${didYouMean(one.publisher, publisherIds) || "Describe it there."}`)];
    return [...publisher, ...shortFinding(one.short, findings), ...codeFindings(one, series, findings), ...ruleFindings(one, publisherIds, findings), ...orderFindings(one, findings), ...dayFindings(one, today, findings), ...windowFinding(one, findings)];
  });
  return [...found, ...shorts];
}
