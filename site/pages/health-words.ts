import { html } from "hono/html";
import type { Source } from "../../shared/catalogue/schema.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import type { Html } from "../html.ts";
import type { Texts } from "../texts/texts.ts";
import type { Visit } from "../visit.ts";

/** Whether a source is read, and whether it can be. */
export type Reading = keyof Texts["healths"];

/** How reading a source stands: what the catalogue disabled is not read, whatever was. */
export function readingOf(source: Pick<Source, "disabled">, state: Pick<SourceState, "health"> | undefined): Reading {
  return source.disabled === undefined ? (state?.health ?? "unread") : "disabled";
}

/** A source's health, as a label with its colour and its word. */
export function healthChip({ texts }: Visit, source: Source, state: SourceState | undefined): Html {
  const reading = readingOf(source, state);
  return html`<b class="chip ${reading}">${texts.healths[reading]}</b>`;
}

function isReason(texts: Texts, reason: string): reason is keyof Texts["reasons"] {
  return Object.hasOwn(texts.reasons, reason);
}

/** Why a source is not simply well, in words; nothing where there is nothing to say. */
export function reasonWords({ texts }: Visit, source: Source, state: SourceState | undefined): string {
  if (source.disabled !== undefined) return source.disabled;
  const reason = state?.reason;
  if (reason === undefined) return "";
  if (isReason(texts, reason)) return texts.reasons[reason];
  return texts.httpReason(Number(reason.replace("http-", "")));
}
