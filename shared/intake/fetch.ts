import type { Clock } from "../clock.ts";
import { fetchedFrom } from "./answer.ts";
import type { Timeouts } from "./connections.ts";
import { createExchange } from "./exchange.ts";
import { follow, type Path, type Turn } from "./follow.ts";
import { SourceError } from "./health.ts";
import { createPoliteness, type Politeness } from "./politeness.ts";
import { isLoopback } from "./public-address.ts";
import { createRobots, productToken, type ReadRobots, type Robots } from "./robots.ts";

export interface FetchRequest {
  readonly url: string;
  /** Sent instead of our own; `{contact}` in it is replaced by the operator's address. */
  readonly userAgent?: string | undefined;
  /** What the last answer of this very address carried. */
  readonly validators?: { readonly etag?: string | undefined; readonly lastModified?: string | undefined } | undefined;
  readonly accept?: string | undefined;
  readonly ignoreRobots?: boolean | undefined;
  /** Of the unpacked body; 10 MB unless given. */
  readonly maxBytes?: number | undefined;
}

export type Fetched =
  | { readonly kind: "unchanged"; readonly url: string; readonly status: 304 }
  | {
      readonly kind: "content";
      /** The final address. */
      readonly url: string;
      readonly status: number;
      /** Unpacked, not decoded. */
      readonly bytes: Uint8Array;
      readonly contentType: string | null;
      /** To be sent when the same address is asked again; empty where it led to another. */
      readonly validators: { readonly etag?: string; readonly lastModified?: string };
      /** What the publisher said of it, by the names of the headers: those that are worth keeping as evidence. */
      readonly headers: Readonly<Record<string, string>>;
      /** Of `bytes`, in hexadecimal. */
      readonly sha256: string;
    };

/** Reads one address. Throws SourceError with its reason where the source could not be read. */
export type Fetcher = (request: FetchRequest) => Promise<Fetched>;

export interface FetcherOptions {
  /** An address at which the operator can be reached: publishers find it in our user agent. */
  readonly contact: string | undefined;
  /** Lets 127.0.0.0/8, ::1 and localhost be read, without pauses or robots.txt. */
  readonly allowLoopback?: boolean;
  readonly clock: Clock;
  readonly timeouts?: Partial<Timeouts>;
  /** Between two requests to one host; a second unless given. */
  readonly pauseMs?: number;
}

/** Between two requests to one host. */
export const hostPauseMs = 1000;
const defaultTimeouts: Timeouts = { connectMs: 10_000, headersMs: 20_000, wholeMs: 60_000 };
/** As much of an answer is read, unless who asks wants less. */
export const pageMaxBytes = 10_000_000;
/** No robots.txt is as large; search engines read half a megabyte of it. */
const robotsMaxBytes = 2_000_000;
const defaultAccept =
  "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, application/json;q=0.8, */*;q=0.5";

/**
 * The way to the network: capped, conditional, polite and safe. Connections are kept per host until `close`,
 * which gives up what is still being read.
 */
export function createFetcher(options: FetcherOptions): Fetcher & { close: () => Promise<void> } {
  const { clock, contact, allowLoopback = false, pauseMs = hostPauseMs } = options;
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const { exchange, close } = createExchange(allowLoopback, timeouts);
  const politeness = createPoliteness({ clock, pauseMs });
  const pathWith = (robots: Robots | null): Path => ({ exchange, turn: turnsOf(politeness, robots), allowLoopback });
  const readRobots = robotsReader(pathWith(null), userAgentOf(undefined, contact), timeouts);
  const robots = createRobots({ clock, read: readRobots });

  const fetch: Fetcher = async (request) => {
    const url = addressOf(request.url);
    const ownHeaders = conditions(request.validators ?? {});
    const journey = {
      url,
      headers: { "user-agent": userAgentOf(request.userAgent, contact), accept: request.accept ?? defaultAccept },
      ownHeaders,
      maxBytes: request.maxBytes ?? pageMaxBytes,
      wholeMs: timeouts.wholeMs,
    };
    const answer = await follow(journey, pathWith(request.ignoreRobots ? null : robots));
    const conditional = Object.keys(ownHeaders).length > 0;
    return fetchedFrom(answer, { url, conditional }, clock.now());
  };
  return Object.assign(fetch, { close: async () => close() });
}

/** Turns as politeness and robots.txt give them; null leaves robots.txt aside. Servers on this machine are exempt from both. */
export function turnsOf(politeness: Politeness, robots: Robots | null): Turn {
  return async (url, ask) => {
    if (isLoopback(url)) return politeness.amongLocal(ask);
    const pauseMs = robots ? await robots.check(url) : 0;
    return politeness.inTurn(url.hostname, ask, pauseMs);
  };
}

/** Reads a robots.txt over a path that knows no robots.txt itself. */
export function robotsReader(path: Path, userAgent: string, { wholeMs }: Pick<Timeouts, "wholeMs">): ReadRobots {
  return async (url: URL) => {
    const journey = { url, headers: { "user-agent": userAgent }, ownHeaders: {}, maxBytes: robotsMaxBytes, wholeMs };
    const { status, bytes } = await follow(journey, path);
    return { status, text: new TextDecoder().decode(bytes) };
  };
}

/** Who we say that we are. Some firewalls want 40 characters, so it says what we do as well. */
export function userAgentOf(own: string | undefined, contact: string | undefined): string {
  const known = contact ?? "no contact given";
  const userAgent = own?.replaceAll("{contact}", known) ?? `${productToken}/0.1 (monitor of reports that come back every year; +${known})`;
  // A header holds nothing else, and a name in Korean must not keep us from asking.
  return userAgent.replace(/[^\x20-\x7e]/g, "?");
}

function addressOf(text: string): URL {
  const url = URL.parse(text);
  if (!url) throw new SourceError("bad-address", "The source's url cannot be read as an address. It must be whole, as in https://www.example.org/feed.xml.");
  url.hash = "";
  return url;
}

function conditions({ etag, lastModified }: NonNullable<FetchRequest["validators"]>): Record<string, string> {
  return {
    ...(etag ? { "if-none-match": etag } : {}),
    ...(lastModified ? { "if-modified-since": lastModified } : {}),
  };
}
