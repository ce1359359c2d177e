import type { Changes } from "../../shared/changes/changes.ts";
import { compare } from "../../shared/changes/compare.ts";
import type { Document } from "../../shared/changes/document.ts";
import { changesHtml } from "../../shared/changes/render-html.ts";
import { changesJson } from "../../shared/changes/render-json.ts";
import { changesMarkdown } from "../../shared/changes/render-markdown.ts";
import { type View, viewOf } from "../../shared/changes/view.ts";
import type { EditionChanges, Version } from "../../shared/records/documents.ts";
import { type EditionRecord, nameInAlerts } from "../../shared/records/editions.ts";
import { type Evidence, evidenceName } from "../../shared/records/evidence.ts";
import { saysSomething } from "./keep.ts";

/** A document that is kept, of which edition it is, and what it says. */
export interface Side {
  readonly year: number | null;
  readonly version: Version;
  readonly document: Document | undefined;
}

/** Of two texts of one series, the shorter has more than this share of the longer; else one is only a page about the other. */
const leastShare = 0.1;

function isComparable({ before, after }: Changes): boolean {
  return Math.min(before.words, after.words) > leastShare * Math.max(before.words, after.words);
}

/** Whether more is different than wording and order. */
function saysOtherwise({ changes }: Changes): boolean {
  return changes.some((change) => change.kind === "added" || change.kind === "removed" || (change.kind === "changed" && !change.wordingOnly));
}

function opening(before: Version, after: Version): string {
  return `What is at its address on ${after.at.slice(0, 10)}, against what was there on ${before.at.slice(0, 10)}.`;
}

function viewFor(series: { readonly id: string; readonly name: string }, before: Side, after: Side, changes: Changes): View {
  const own = before.year === after.year;
  const told = ({ year, version }: Side, earlier: boolean) => ({ year: `${earlier ? "earlier " : ""}${year ?? ""}`, url: version.url, sha256: version.sha256 });
  return viewOf({ series, before: told(before, own), after: told(after, false) }, changes);
}

/** Keeps all that is different, in every form, beside the documents; gives where, without the form. */
async function keepView(evidence: Evidence, { series, key }: Pick<EditionRecord, "series" | "key">, view: View, before: Version, after: Version): Promise<string> {
  const name = evidenceName(series, key, `changes-${before.sha256.slice(0, 12)}-${after.sha256.slice(0, 12)}`);
  await evidence.note(`${name}.html`, changesHtml(view), "text/html; charset=utf-8");
  await evidence.note(`${name}.md`, changesMarkdown(view), "text/markdown; charset=utf-8");
  await evidence.note(`${name}.json`, `${JSON.stringify(changesJson(view))}\n`, "application/json");
  return name;
}

/**
 * What is different in an edition's document, and where all of it is kept. Nothing where the two cannot be compared: one
 * says nothing on the theme, both say the same, or one is only a page about the other; nor where only the wording of a
 * document was mended. `number` counts the edition's versions.
 */
export async function differences(evidence: Evidence, edition: Pick<EditionRecord, "series" | "key" | "corrections">, name: string, before: Side, after: Side, number: number, at: string): Promise<EditionChanges | undefined> {
  if (!saysSomething(before.document) || !saysSomething(after.document) || before.version.text === after.version.text) return undefined;
  const changes = compare(before.document, after.document);
  const own = before.year === after.year;
  if (!isComparable(changes) || (own && !saysOtherwise(changes))) return undefined;
  const view = viewFor({ id: edition.series, name }, before, after, changes);
  return {
    alert: `changes:${nameInAlerts(edition)}:${number}`,
    at,
    sha256: after.version.sha256,
    before: { year: before.year, sha256: before.version.sha256, at: before.version.at },
    summary: own ? [opening(before.version, after.version), ...view.summary] : view.summary,
    key: await keepView(evidence, edition, view, before.version, after.version),
  };
}
