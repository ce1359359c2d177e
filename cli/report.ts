import type { Outcome } from "../functions/poll/poll.ts";
import type { Rung } from "../functions/poll/record.ts";
import { safeText } from "../shared/alerts/safe-text.ts";
import type { Output } from "./output.ts";

/** The line of JSON that says what came of polling a source. */
export function outcomeJson({ source, health, reason, items, fresh, rung, ms, detail }: Outcome): object {
  return { source, health, ...(reason ? { reason } : {}), items, new: fresh, alerts: rung.length, ms, ...(detail ? { detail } : {}) };
}

/** The line of JSON that says what rings. */
export function rungJson({ alert, kind, series, edition, title, url, at, basis, update }: Rung): object {
  return { alert, kind, series, edition, title, url, at, ...(basis ? { basis } : {}), ...(update ? { update } : {}) };
}

/** The colour of each health on a terminal. */
export const colours = { well: "green", quiet: "yellow", failing: "yellow", blocked: "red", dead: "red", disabled: "dim" } as const;

/** A line on a source, for people. */
export function outcomeLine(output: Output, { source, health, reason, items, fresh, rung, detail }: Outcome): string {
  const state = output.style(colours[health], health.padEnd(8));
  const news = fresh > 0 ? `${fresh} new of ${items}` : `${items} items, nothing new`;
  const rings = rung.length > 0 ? output.style("bold", `, ${rung.length} alert${rung.length === 1 ? "" : "s"}`) : "";
  const failed = reason && health !== "well" && health !== "quiet";
  return `${state} ${source.padEnd(34)} ${failed ? reason : news}${rings}${detail ? output.style("dim", `  ${safeText(detail)}`) : ""}`;
}

/** A line on an alert, for people: when, what kind, of what, and the title. */
export function rungLine(output: Output, { at, kind, series, edition, title, basis, update }: Rung): string {
  const what = series ? `${series}${edition ? ` ${edition}` : ""}` : "";
  const basisWords = update ? " (the document)" : basis === "coverage" ? " (by the publisher's word)" : "";
  return `${at.slice(0, 16).replace("T", " ")}  ${output.style("bold", kind.padEnd(8))}${what ? `${output.style("cyan", what)}${basisWords}  ` : ""}${safeText(title)}`;
}
