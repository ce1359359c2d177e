import type { Source } from "../../shared/catalogue/schema.ts";
import { isLost } from "../../shared/intake/health.ts";
import { sourceKey } from "../../shared/records/keys.ts";
import { owe } from "../../shared/records/owed.ts";
import type { Content } from "../../shared/records/records.ts";
import { lossTold, type SourceState } from "../../shared/records/sources.ts";
import type { Rung } from "./record.ts";

/** One refusal may be a firewall's mood; a second in a row is told. */
const refusalsTold = 2;
/** Other failures may be a network's or a server's, so that they have one more. */
const failuresTold = 3;
/** Whoever waits for a report must know by then, also where the publisher asked us to wait for longer. */
const lastsMs = 2 * 60 * 60 * 1000;
/** What never could be read is put right on the day of its installing, or is told then. */
const neverReadMs = 24 * 60 * 60 * 1000;

/** Whether a source fails for so long, or will not be asked before it has, that somebody must know. */
function lasts({ health, failures, failingSince, nextAt, firstRead }: Content<SourceState>, at: string): boolean {
  if (firstRead === null) return failures > 0 && failingSince !== undefined && Date.parse(at) - Date.parse(failingSince) >= neverReadMs;
  if (failures >= (isLost(health) ? refusalsTold : failuresTold)) return true;
  const until = Math.max(Date.parse(at), nextAt === undefined ? 0 : Date.parse(nextAt));
  return failures > 0 && failingSince !== undefined && until - Date.parse(failingSince) >= lastsMs;
}

/** What is to be told of a source: that it was lost to us, that it came back, or nothing. */
function news(before: Content<SourceState> | undefined, after: Content<SourceState>, at: string): "lost" | "back" | undefined {
  const toldLost = before !== undefined && lossTold(before) !== undefined;
  if (lasts(after, at) && !toldLost) return "lost";
  return toldLost && after.failures === 0 && after.health !== "disabled" ? "back" : undefined;
}

function titleOf(what: "lost" | "back", name: string, before: Content<SourceState> | undefined, { firstRead, reason, health }: Content<SourceState>): string {
  if (what === "back") return `${name} can be read ${before?.firstRead ? "again" : "for the first time"}`;
  return `${name} ${firstRead === null ? "could never be read" : "cannot be read"}: ${reason ?? health}`;
}

/**
 * The state, owing a `health` alert where a source was lost to us or came back: a source that dies in silence is a
 * report missed. Each loss is told once, however long it lasts.
 */
export function healthRing(source: Source, before: Content<SourceState> | undefined, after: Content<SourceState>, detail: string | undefined, at: string): { state: Content<SourceState>; rung: Rung | undefined } {
  const what = news(before, after, at);
  if (!what) return { state: after, rung: undefined };
  const alert = `health:${source.id}:${after.health}:${after.since}`;
  const name = source.name ?? source.id;
  const title = titleOf(what, name, before, after);
  const state = owe({ ...after, told: { alert, at, title, why: detail ? [detail] : [], health: after.health } }, alert, at);
  return { state, rung: { key: sourceKey(source.id), alert, kind: "health", series: null, edition: null, title, url: after.url, at } };
}
