import { html } from "hono/html";
import { each, type Html } from "../html.ts";
import { type Axis, monthsOn, placeOn } from "./axis.ts";

/** Something on a strip of twelve months. Days are numbers since 1970. */
export type Mark =
  | { readonly kind: "window"; readonly from: number; readonly to: number }
  | { readonly kind: "out" | "notice" | "due" | "today"; readonly at: number };

const height = 22;
const middle = height / 2;

/** A share of the width, as an attribute has it. */
const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;
const within = (share: number): number => Math.min(1, Math.max(0, share));

function piece(axis: Axis, mark: Mark): Html | string {
  if (mark.kind === "window") {
    const [from, to] = [within(placeOn(axis, mark.from)), within(placeOn(axis, mark.to + 1))];
    return to <= from ? "" : html`<rect class="w" x="${percent(from)}" width="${percent(to - from)}" y="${middle - 5}" height="10" rx="2"/>`;
  }
  const at = placeOn(axis, mark.at);
  if (at < 0 || at > 1) return "";
  const x = percent(at);
  if (mark.kind === "today") return html`<line class="t" x1="${x}" x2="${x}" y1="-50" y2="${height + 50}"/>`;
  if (mark.kind === "due") return html`<line class="d" x1="${x}" x2="${x}" y1="3" y2="${height - 3}"/>`;
  return html`<circle class="${mark.kind === "out" ? "o" : "n"}" cx="${x}" cy="${middle}" r="5"/>`;
}

/** A strip of twelve months as SVG. It says nothing that its row of the table does not say in words. */
export function strip(axis: Axis, marks: readonly Mark[]): Html {
  return html`<svg class="strip" aria-hidden="true" width="100%" height="${height}">${each(marks, (mark) => piece(axis, mark))}</svg>`;
}

/** The names of the months above strips. */
export function monthNames(axis: Axis, names: readonly string[]): Html {
  return html`<span class="months" aria-hidden="true">${each(monthsOn(axis), (month) => html`<i>${names[month] ?? ""}</i>`)}</span>`;
}

/** What the marks mean, in this order. */
export function legend(kinds: readonly Mark["kind"][], names: Readonly<Record<Mark["kind"], string>>): Html {
  const mark = { window: html`<rect class="w" x="0" width="22" y="6" height="10" rx="2"/>`, out: html`<circle class="o" cx="11" cy="11" r="5"/>`, notice: html`<circle class="n" cx="11" cy="11" r="5"/>`, due: html`<line class="d" x1="11" x2="11" y1="3" y2="19"/>`, today: html`<line class="t" x1="11" x2="11" y1="0" y2="22"/>` };
  return html`<ul class="legend">${each(kinds, (kind) => html`<li><svg aria-hidden="true" width="22" height="22">${mark[kind]}</svg> ${names[kind]}</li>`)}</ul>`;
}
