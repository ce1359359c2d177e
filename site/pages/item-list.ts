import { html } from "hono/html";
import type { ItemRecord } from "../../shared/records/items.ts";
import { each, type Html, outsideLink, when } from "../html.ts";
import { editionPath, itemPath } from "../paths.ts";
import { type Overview, publisherName } from "../reads/overview.ts";
import type { Visit } from "../visit.ts";

/** The series and edition that an item is of, or that it is on the theme. */
export function subject({ texts, theme, to }: Visit, { catalogue }: Pick<Overview, "catalogue">, item: ItemRecord): Html {
  const series = catalogue.series.find(({ id }) => id === item.series);
  if (!series) return html`${texts.about(theme.subject)}`;
  const year = item.edition?.slice(0, 4) ?? null;
  const role = item.role === null ? texts.undecided : texts.roles[item.role];
  return html`<a href="${to(editionPath(series.id, year))}">${series.name}${when(year, (text) => ` ${text}`)}</a> (${role})`;
}

/** Items as a list: title, when, by whom, of what, and a permanent link. */
export function itemList(visit: Visit, overview: Overview, items: readonly ItemRecord[]): Html {
  const { texts, to } = visit;
  return html`<ul class="list">${each(items, (item) => html`<li><p lang="${item.language ?? ""}">${outsideLink(item.url, item.title)}</p><p class="meta">${texts.moment(item.at)} · ${publisherName(overview, item)} · ${subject(visit, overview, item)} · <a href="${to(itemPath(item.id))}">${texts.items.link}</a></p></li>
`)}</ul>`;
}
