import { sayableAddress, sourceAddress } from "../../shared/catalogue/address.ts";
import { endsGap } from "../../shared/calendar/readable.ts";
import { paceMinutes } from "../../shared/calendar/season.ts";
import { comesIn } from "../../shared/catalogue/mailbox.ts";
import type { Source } from "../../shared/catalogue/schema.ts";
import type { Clock } from "../../shared/clock.ts";
import { healthAfter, isToWait, later, longestWaitMs, nextAttempt } from "../../shared/intake/backoff.ts";
import type { Fetcher } from "../../shared/intake/fetch.ts";
import { type Health, type Reason, SourceError } from "../../shared/intake/health.ts";
import type { Reading } from "../../shared/intake/item.ts";
import { ReaderFault } from "../../shared/intake/read.ts";
import type { Content } from "../../shared/records/records.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import { type Answer, firstReadable } from "./answer.ts";
import { healthRing } from "./health.ts";
import { type Recording, recordItems, type Rung } from "./record.ts";
import { isNew, sift, unreadMark } from "./sift.ts";

/** What a poll needs from the world, and no more. */
export interface World extends Recording {
  readonly fetch: Fetcher;
  readonly clock: Clock;
  /** Credentials by the name of their environment variable. */
  readonly credentials: Readonly<Record<string, string | undefined>>;
  /** From 0 up to 1, for spreading retries. */
  random(): number;
  /** Whether mail comes in here; where it does not, a source that is mailed cannot be read. */
  readonly takesMail?: boolean;
  /** Whether this machine itself reaches nobody now: of a source that cannot be reached then nothing is told. */
  isCutOff?(): boolean;
}

/** What came of polling one source. */
export interface Outcome {
  readonly source: string;
  readonly health: Health;
  readonly reason: Reason | undefined;
  /** What the reason means here, in a sentence for the operator. */
  readonly detail: string | undefined;
  /** How many items the source shows. */
  readonly items: number;
  /** How many of them it did not show before. */
  readonly fresh: number;
  /** Entries that could not become items. */
  readonly skipped: Reading["skipped"];
  readonly rung: readonly Rung[];
  /** What our own reader broke with, where that is why the source could not be read: for the log. */
  readonly fault?: unknown;
  readonly ms: number;
  /** The state to store; absent where nothing changed, which costs nothing. */
  readonly state: Content<SourceState> | undefined;
}

/** Another state than the one on record, in words that matter; the moment of the last reading alone is worth a write once a day. */
function worthWriting(before: SourceState | undefined, after: Content<SourceState>): boolean {
  if (!before) return true;
  const staleDay = before.lastRead?.slice(0, 10) !== after.lastRead?.slice(0, 10);
  return (
    staleDay ||
    before.seen !== after.seen ||
    before.lastChange !== after.lastChange ||
    before.health !== after.health ||
    before.reason !== after.reason ||
    before.failures !== after.failures ||
    before.url !== after.url ||
    before.nextAt !== after.nextAt ||
    before.askedUntil !== after.askedUntil ||
    before.owed !== after.owed
  );
}

function blankState(source: Source, at: string): Content<SourceState> {
  return { id: source.id, url: source.url, contentHash: null, seen: "", firstRead: null, lastRead: null, lastChange: null, health: "well", since: at, failures: 0 };
}

/** A state without what the table adds to it; that of a source that was never read, where there is none. */
export function contentOf(source: Source, state: SourceState | undefined, at: string): Content<SourceState> {
  if (!state) return blankState(source, at);
  const { pk: _pk, sk: _sk, kind: _kind, format: _format, revision: _revision, ...content } = state;
  return content;
}

interface ReadResult {
  readonly items: number;
  readonly fresh: number;
  readonly skipped: Reading["skipped"];
  readonly rung: readonly Rung[];
  readonly state: Content<SourceState>;
  readonly reason: Reason | undefined;
  readonly detail: string | undefined;
}

const nothing = { items: 0, fresh: 0, skipped: [], rung: [], reason: undefined, detail: undefined } as const;

function count(seen: string): number {
  return seen === "" ? 0 : seen.split(" ").length;
}

function overflowSentence(items: number, lastRead: string | null, at: string): string {
  const days = lastRead ? Math.floor((Date.parse(at) - Date.parse(lastRead)) / 86_400_000) : 0;
  const gap = days >= 2 ? ` since the last reading ${days} days ago` : "";
  return `all ${items} items are new${gap}: others may have come and gone unseen`;
}

/** What the source shows differs from the last reading: what is fresh is matched and recorded. */
async function readFresh(world: World, source: Source, before: Content<SourceState>, answer: Extract<Answer, { kind: "read" }>, at: string): Promise<ReadResult> {
  const { items, skipped } = answer.reading;
  const sifted = sift(items, before.seen, source, before.earlier);
  const firstRead = before.firstRead === null;
  const relaid = (sifted.overflow || (!firstRead && before.seen === "" && before.earlier === undefined)) && sifted.fresh.length > 10 && sifted.fresh.every(({ item }) => item.published === null);
  const { rung, unread } = await recordItems(world, { source, at, firstRead, relaid }, sifted.fresh);
  const fresh = sifted.fresh.filter(isNew).length;
  const overflow = !firstRead && sifted.overflow;
  // While a linked page is still to be read, the same answer must be looked at again.
  const content = unread.size === 0 ? answer.content : undefined;
  return {
    items: items.length,
    fresh,
    skipped,
    rung,
    reason: overflow ? "overflow" : skipped.length > 0 ? "partial" : undefined,
    detail: overflow ? overflowSentence(items.length, before.lastRead, at) : skipped[0] && `${skipped.length} entries could not be read, the first because ${skipped[0].why}`,
    state: {
      ...before,
      url: answer.address,
      etag: content?.validators.etag,
      lastModified: content?.validators.lastModified,
      contentHash: content?.sha256 ?? null,
      seen: sifted.marks.map((mark) => (unread.has(mark) ? unreadMark(mark) : mark)).join(" "),
      earlier: sifted.earlier.join(" ") || undefined,
      firstRead: before.firstRead ?? at,
      lastChange: fresh > 0 ? at : before.lastChange,
    },
  };
}

/** The state as this version keeps it: an earlier one kept the address that works with its credential filled in. */
function withoutCredential(source: Source, state: SourceState, { credentials }: World, at: string): SourceState {
  const prepared = sourceAddress(source, { year: Number(at.slice(0, 4)), credentials });
  const shown = "missing" in prepared ? (text: string): string => text : prepared.shown;
  const asked = shown(state.url);
  const url = sayableAddress(source, asked);
  if (url === state.url) return state;
  const told = state.told && { ...state.told, why: state.told.why.map(shown) };
  // Validators of another address say nothing about this one.
  return url === asked ? { ...state, url, told } : { ...state, url, told, etag: undefined, lastModified: undefined, contentHash: null };
}

/** Nothing is asked: what is to be told is whether mail could come in, and how long none came. */
function lookAtMailbox({ takesMail = false }: World, before: Content<SourceState>, at: string): ReadResult {
  if (!takesMail) throw new SourceError("no-mailbox", "its mail does not come in here: see docs/mail.md for the ways to let it in");
  return { ...nothing, state: { ...before, firstRead: before.firstRead ?? at } };
}

async function readSource(world: World, source: Source, state: SourceState | undefined, at: string): Promise<ReadResult> {
  const before = contentOf(source, state, at);
  if (comesIn(source)) return lookAtMailbox(world, before, at);
  const prepared = sourceAddress(source, { year: Number(at.slice(0, 4)), credentials: world.credentials });
  if ("missing" in prepared) throw new SourceError("credential", `it needs ${prepared.missing}: set that variable in the environment`);
  const answer = await firstReadable(world.fetch, source, prepared, state);
  if (answer.kind === "same") {
    // What could not be read in it still cannot.
    const reason = before.reason === "partial" ? before.reason : undefined;
    return { items: count(before.seen), fresh: 0, skipped: [], rung: [], reason, detail: undefined, state: { ...before, url: answer.address } };
  }
  return readFresh(world, source, before, answer, at);
}

/** Nothing new came for longer than the catalogue says is usual. */
function isQuiet(source: Source, state: Content<SourceState>, at: string): boolean {
  const since = state.lastChange ?? state.firstRead;
  return since !== null && Date.parse(at) - Date.parse(since) > source.quietAfterDays * 86_400_000;
}

/** A reading, or what stood in its way. */
export type Attempt = ReadResult & { readonly failed: boolean; readonly fault?: unknown; readonly retryAfterSeconds: number | undefined };

async function attempt(world: World, source: Source, state: SourceState | undefined, at: string): Promise<Attempt> {
  try {
    return { ...(await readSource(world, source, state, at)), failed: false, retryAfterSeconds: undefined };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { reason, message, retryAfterSeconds } = error;
    const fault = error instanceof ReaderFault ? error : undefined;
    return { ...nothing, reason, detail: message, state: contentOf(source, state, at), failed: true, fault, retryAfterSeconds };
  }
}

/** The state after an attempt: its health, and when to ask again where that is not what the pace says. */
function stateAfter(world: World, source: Source, before: SourceState | undefined, read: Attempt, at: string): Content<SourceState> {
  const now = Date.parse(at);
  const previous = before ? { health: before.health, reason: before.reason ?? null, since: before.since, failures: before.failures } : null;
  const { health, reason, since, failures } = healthAfter(previous, { reason: read.reason, at, quiet: !read.failed && isQuiet(source, read.state, at) });
  const { retryAfterSeconds } = read;
  return {
    ...read.state,
    lastRead: read.failed ? read.state.lastRead : at,
    gapUntil: !read.failed && endsGap(source, read.state.lastRead, at, read.reason === "overflow") ? at : read.state.gapUntil,
    health,
    reason: reason ?? undefined,
    since,
    failures,
    failingSince: failures > 0 ? (before?.failingSince ?? (before && before.failures > 0 ? before.since : at)) : undefined,
    nextAt: failures > 0 ? nextAttempt({ failures, now, retryAfterSeconds, random: world.random(), paceMinutes: paceMinutes(source, at, world.series) }) : undefined,
    askedUntil: retryAfterSeconds ? new Date(now + Math.min(retryAfterSeconds * 1000, longestWaitMs)).toISOString() : undefined,
  };
}

/** A publisher that asked for patience gets it, whoever asks to poll. One that waits for another of its host is due when that wait ends: its own slot is gone, and the next may be days away. */
function waiting(source: Source, state: SourceState | undefined, askedUntil: string, at: string): Outcome {
  const detail = `the publisher asked not to be read before ${askedUntil.slice(0, 16).replace("T", " ")} UTC`;
  return { ...nothing, source: source.id, health: state?.health ?? "well", reason: "waiting", detail, ms: 0, state: state?.askedUntil === askedUntil ? undefined : { ...contentOf(source, state, at), nextAt: askedUntil } };
}

/**
 * Polls one source: fetches it, reads what changed, records what concerns us, and gives its health. Whatever
 * the publisher does is a result, also where our reader falls over it; only a fault of the table's throws. `hostAskedUntil` is a Retry-After that another
 * source of the same host was given.
 */
export async function pollSource(world: World, source: Source, state: SourceState | undefined, hostAskedUntil?: string): Promise<Outcome> {
  const started = performance.now();
  const at = new Date(world.clock.now()).toISOString();
  const askedUntil = later(state?.askedUntil, hostAskedUntil);
  if (askedUntil !== undefined && isToWait(askedUntil, Date.parse(at))) return waiting(source, state, askedUntil, at);
  const known = state && withoutCredential(source, state, world, at);
  return concluded(world, source, known, await attempt(world, source, known, at), { at, started, stored: state });
}

/** When an attempt was made, and what was on record before it. */
interface Occurrence {
  readonly at: string;
  /** On the clock of performance. */
  readonly started: number;
  readonly stored: SourceState | undefined;
}

/** The outcome of an attempt: the state after it, where that is worth a write, and what is to be told of the source's health. */
export function concluded(world: World, source: Source, known: SourceState | undefined, read: Attempt, { at, started, stored }: Occurrence): Outcome {
  const found = stateAfter(world, source, known, read, at);
  const isOurFault = read.reason === "unreachable" && world.isCutOff?.() === true;
  const { state: after, rung } = isOurFault ? { state: found, rung: undefined } : healthRing(source, known, found, read.detail, at);
  return {
    source: source.id,
    health: after.health,
    reason: read.reason,
    detail: read.detail,
    items: read.items,
    fresh: read.fresh,
    skipped: read.skipped,
    rung: rung ? [...read.rung, rung] : read.rung,
    fault: read.fault,
    ms: Math.round(performance.now() - started),
    state: worthWriting(stored, after) ? after : undefined,
  };
}
