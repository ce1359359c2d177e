import { html } from "hono/html";
import { firstMonth } from "../../shared/records/history.ts";
import { itemKey } from "../../shared/records/keys.ts";
import { read } from "../../shared/records/records.ts";
import { each, type Html, outsideLink, when } from "../html.ts";
import { cursorOf } from "../reads/cursor.ts";
import type { ItemPage, Items } from "../reads/items.ts";
import { type Asked, askedItems } from "../reads/item-question.ts";
import { publisherPath } from "../paths.ts";
import { type Overview, publisherName } from "../reads/overview.ts";
import { inTongue } from "../tongue.ts";
import type { Answer, Visit } from "../visit.ts";
import type { World } from "../world.ts";
import { itemList, subject } from "./item-list.ts";
import { badRequestPage } from "./problem.ts";

const size = 50;

/** The address of the same question, with another place to go on from. */
function address(path: string, { month, publisher, series, language, text }: Asked, after?: string): string {
  const given = Object.entries({ month, publisher, series, language, text, after }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const query = new URLSearchParams(given).toString();
  return query === "" ? path : `${path}?${query}`;
}

function choice(name: string, label: string, all: string, options: readonly (readonly [value: string, words: string])[], chosen: string | undefined): Html {
  return html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">${all}</option>${each(options, ([value, words]) => html`<option value="${value}"${value === chosen ? html` selected` : ""}>${words}</option>`)}</select></div>`;
}

const tongues = ["en", "ko", "fr", "es", "ja", "zh", "ru", "ar", "de"] as const;

function form({ texts, to, language }: Visit, { catalogue }: Overview, asked: Asked): Html {
  const { items } = texts;
  const publishing = new Set(catalogue.sources.map(({ publisher }) => publisher));
  const publishers = catalogue.publishers.filter(({ id }) => publishing.has(id)).map(({ id, short }) => [id, short] as const);
  const names = new Intl.DisplayNames(language, { type: "language" });
  return html`<form class="filter" action="${to("/items")}" method="get">
<div><label for="text">${items.text}</label><input id="text" name="text" value="${asked.text ?? ""}" maxlength="100" autocomplete="off"></div>
<div><label for="month">${items.month} <small>(${items.monthHint})</small></label><input id="month" name="month" value="${asked.month ?? ""}" pattern="[0-9]{4}-[0-9]{2}" maxlength="7" autocomplete="off"></div>
${choice("publisher", items.publisher, items.all, publishers.toSorted((a, b) => a[1].localeCompare(b[1])), asked.publisher)}
${choice("series", items.series, items.all, catalogue.series.map(({ id, short }) => [id, short] as const).toSorted((a, b) => a[1].localeCompare(b[1])), asked.series)}
${choice("language", items.language, items.all, tongues.map((one) => [one, names.of(one) ?? one] as const), asked.language)}
<div><button type="submit">${items.apply}</button></div>
</form>`;
}

function found({ texts, to }: Visit, overview: Overview, asked: Asked, page: ItemPage): Html {
  const { items } = texts;
  const isFiltered = address("", asked) !== "";
  const isEmpty = page.items.length === 0 && !isFiltered && !asked.question.after;
  if (overview.since === null || isEmpty) return html`<p class="notice">${items.noneYet}</p>`;
  return html`<p role="status">${page.items.length === 0 ? items.none : items.found(page.items.length)}${when(page.cut && page.next, ({ at }) => ` ${items.cut(at.slice(0, 7))}`)}${when(page.index, (index) => ` ${items.indexed(index.at)}${index.from === firstMonth ? "" : ` ${items.indexedFrom(index.from)}`}`)}</p>
${when(isFiltered, () => html`<p><a href="${to("/items")}">${items.clear}</a></p>`)}`;
}

function ends({ texts, to }: Visit, asked: Asked, page: ItemPage): Html {
  const { items } = texts;
  return html`<nav class="pager" aria-label="${items.title}">${when(page.next, (next) => html`<a href="${to(address("/items", asked, cursorOf(next)))}" rel="next">${items.older}</a>`)}${when(asked.question.after, () => html`<a href="${to(address("/items", asked))}">${items.newest}</a>`)}</nav>
<p>${items.export}: <a href="${address("/items.csv", asked)}">CSV</a> · <a href="${address("/items.json", asked)}">JSON</a></p>`;
}

/** Where the feeds of a publisher are, or those of all. */
function feedsOf({ texts }: Visit, { publishers }: Overview, { publisher }: Asked): { readonly base: string; readonly title: string } {
  return publisher === undefined ? { base: "", title: texts.name } : { base: `/publishers/${publisher}`, title: publishers.get(publisher)?.name ?? publisher };
}

/** The page of items: all that is on record, newest first, filtered as the address says. */
export async function itemsPage(visit: Visit, overview: Overview, items: Items): Promise<Answer> {
  const { texts, query } = visit;
  const asked = askedItems(overview.catalogue, query);
  if ("wrong" in asked) return badRequestPage(visit, asked.wrong === "month" ? texts.items.badMonth : texts.items.badValue(asked.wrong));
  const { base, title } = feedsOf(visit, overview, asked);
  const page = await items(overview, asked.question, size);
  return {
    title: texts.items.title,
    current: "items",
    status: page ? 200 : 503,
    at: overview.at,
    alternates: [
      { type: "application/atom+xml", title, href: `${base}/feed.atom` },
      { type: "application/feed+json", title, href: `${base}/feed.json` },
    ],
    main: html`<h1>${texts.items.title}</h1>
<p class="lead">${texts.items.lead(visit.theme.subject)}</p>
${form(visit, overview, asked)}
${page ? html`${found(visit, overview, asked, page)}
${itemList(visit, overview, page.items)}
${ends(visit, asked, page)}` : html`<p class="notice" role="status">${texts.items.noIndex}</p>`}
<p>${texts.follow} (${title}): <a href="${base}/feed.atom">Atom</a> · <a href="${base}/feed.json">JSON Feed</a> · <a href="${base}/calendar.ics">iCalendar</a></p>`,
  };
}

/** The items of a publisher are what there is to see of it. */
export function publisherPage({ named }: Visit, { publishers }: Overview): Answer | undefined {
  const publisher = publishers.get(named["publisher"] ?? "");
  return publisher && { to: publisherPath(publisher.id) };
}

/** The page of one item: what it is, and why it is here. */
export async function oneItemPage(visit: Visit, overview: Overview, world: World): Promise<Answer | undefined> {
  const { texts, query } = visit;
  const id = query.get("id");
  const item = id === null || id === "" || id.length > 500 ? undefined : await read(world.table, itemKey(id));
  if (!item) return undefined;
  const { columns } = texts;
  const source = overview.catalogue.sources.find((one) => one.id === item.source);
  return {
    title: item.title,
    current: "items",
    at: overview.at,
    main: html`<h1 lang="${item.language ?? ""}">${item.title}</h1>
<p class="lead">${outsideLink(item.url, item.url ?? texts.edition.noAddress)}</p>
<dl class="facts"><dt>${columns.publisher}</dt><dd>${inTongue(visit, publisherName(overview, item))}</dd><dt>${columns.source}</dt><dd>${inTongue(visit, source?.name ?? item.source)}</dd>
<dt>${columns.published}</dt><dd>${item.published === null ? "–" : texts.moment(item.published)}</dd><dt>${columns.seen}</dt><dd>${texts.moment(item.seen)}</dd>
<dt>${texts.changes.what}</dt><dd>${subject(visit, overview, item)}</dd>${when(item.symbol, (symbol) => html`<dt>${texts.edition.symbol}</dt><dd>${symbol}</dd>`)}</dl>
<h2>${texts.items.why}</h2><ul>${each(item.why, (line) => html`<li>${inTongue(visit, texts.reason(line, visit.theme.name))}</li>`)}</ul>
${when(item.earlierTitles.length > 0, () => html`<h2>${texts.items.earlierTitles}</h2><ul>${each(item.earlierTitles, (title) => html`<li lang="${item.language ?? ""}">${title}</li>`)}</ul>`)}`,
  };
}
