import { html } from "hono/html";
import type { Part, Row, View } from "../../shared/changes/view.ts";
import { each, type Html, outsideLink, when } from "../html.ts";
import { editionPath } from "../paths.ts";
import type { createComparisons } from "../reads/comparison.ts";
import { editionViews } from "../reads/editions.ts";
import type { Overview } from "../reads/overview.ts";
import { inTongue } from "../tongue.ts";
import type { Answer, Visit } from "../visit.ts";

type Piece = Row["before"][number];

function words(pieces: readonly Piece[]): Html {
  if (pieces.length === 0) return html`<span class="quiet">–</span>`;
  return each(pieces, ({ kind, text }) => {
    if (kind === "same") return text;
    const [space, shown] = [/^\s/.test(text) ? " " : "", text.trimStart()];
    return kind === "gone" ? html`${space}<del>${shown}</del>` : html`${space}<ins>${shown}</ins>`;
  });
}

function row({ texts }: Visit, found: Row): Html {
  const { changes } = texts;
  const said = [found.label === null ? null : changes.inPart(found.label), found.movedFrom === null ? null : changes.from(found.movedFrom), found.wordingOnly ? changes.wordingOnly : null].filter((note) => note !== null);
  return html`<tr><th scope="row">${changes.rows[found.kind]}${when(said.join(", "), (note) => html`<br><small>${note}</small>`)}</th><td lang="en">${words(found.before)}</td><td lang="en">${words(found.after)}</td></tr>
`;
}

function part(visit: Visit, { heading, formerly, state, rows }: Part, { before, after }: View["subject"]): Html {
  const { changes } = visit.texts;
  const said = formerly === null ? { kept: "", new: changes.newSection, gone: changes.goneSection }[state] : changes.formerly(formerly);
  const name = html`${heading || changes.beforeFirst}${when(said, (text) => html` <small>(${text})</small>`)}`;
  if (rows.length === 0) return html`<p><strong>${name}</strong></p>`;
  return html`<details open><summary>${name}</summary><table class="compare"><thead><tr><th scope="col">${changes.what}</th><th scope="col">${before.year}</th><th scope="col">${after.year}</th></tr></thead><tbody>
${each(rows, (one) => row(visit, one))}</tbody></table></details>
`;
}

/** The page that shows, side by side, what is different in an edition's document against the one before. */
export async function changesPage(visit: Visit, overview: Overview, comparisons: ReturnType<typeof createComparisons>): Promise<Answer | undefined> {
  const { texts, to, named } = visit;
  const series = overview.catalogue.series.find(({ id }) => id === named["series"]);
  if (!series) return undefined;
  const record = editionViews(overview.catalogue, series, overview.recorded).find(({ year, record: found }) => String(year) === named["year"] && found?.changes?.length)?.record;
  const told = record?.changes?.at(-1);
  if (!record || !told) return undefined;
  const view = await comparisons(series, overview.recorded, record, told);
  const title = texts.changes.title(series.name, String(told.before.year ?? ""), String(record.year ?? ""));
  return {
    title,
    current: "series",
    at: overview.at,
    main: html`<h1>${title}</h1>
<p><a href="${to(editionPath(series.id, record.year))}">${texts.edition.heading(series.name, String(record.year ?? ""))}</a></p>
<h2>${texts.changes.summary}</h2>
<ul>${each(told.summary, (line) => html`<li>${inTongue(visit, texts.change(line))}</li>`)}</ul>
${view ? differences(visit, view) : html`<p>${texts.changes.notKept}</p>`}`,
  };
}

function differences(visit: Visit, view: View): Html {
  const { texts } = visit;
  const { before, after } = view.subject;
  return html`<h2>${texts.changes.differences}</h2>
<p>${before.year}: ${outsideLink(before.url, view.changes.before.title || before.year)} · ${after.year}: ${outsideLink(after.url, view.changes.after.title || after.year)}</p>
${each(view.parts, (one) => part(visit, one, view.subject))}
<h2>${texts.changes.howToRead}</h2>
<ul>${each(texts.changes.notes(view), (line) => html`<li>${line}</li>`)}</ul>`;
}
