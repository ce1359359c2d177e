import robotsParser from "robots-parser";
import type { Clock } from "../clock.ts";
import { SourceError } from "./health.ts";

/** What an origin's robots.txt says to us about an address. */
export interface Robots {
  /** Gives the pause in milliseconds that the host wants between requests, 0 for none. Throws SourceError "robots" where we are not wanted. */
  readonly check: (url: URL) => Promise<number>;
}

/** Reads a robots.txt, redirects followed: its status and text. Throws SourceError where it cannot be read. */
export type ReadRobots = (url: URL) => Promise<{ status: number; text: string }>;

/** The name by which a robots.txt speaks to us. */
export const productToken = "RightsAlmanac";

const hour = 3_600_000;
const keptMs = 24 * hour;
const retryMs = hour;
const maxDelayMs = 30_000;

interface Rules {
  isAllowed(url: string, ua?: string): boolean | undefined;
  getCrawlDelay(ua?: string): number | undefined;
}
interface Known {
  readonly until: number;
  readonly rules: Rules | null;
}

/**
 * Honours robots.txt, read once a day per origin and kept in memory.
 *
 * As RFC 9309 says, a 4xx answer is no rules at all. Where robots.txt cannot be read (5xx, 429, no connection) the RFC
 * would have us assume that everything is forbidden. We differ: the rules known before stay in force, and without
 * any the source is read, for an hour, until robots.txt is asked again. For we do not crawl: we read single addresses
 * that a publisher offers to feed readers, and a moment's trouble with another file must not blind us on the day
 * when a report comes out. If the host is down, the reading itself says so.
 */
export function createRobots({ clock, read }: { clock: Clock; read: ReadRobots }): Robots {
  const known = new Map<string, Promise<Known>>();

  const refreshed = async (origin: string, before: Known | undefined): Promise<Known> => {
    if (before && clock.now() < before.until) return before;
    const rules = await readRules(origin, read);
    if (rules === "unknown") return { until: clock.now() + retryMs, rules: before?.rules ?? null };
    return { until: clock.now() + keptMs, rules };
  };

  return {
    check: async (url) => {
      // The promise is kept, not its result, so that two sources of one host ask once.
      const current = (known.get(url.origin) ?? Promise.resolve(undefined)).then((before) => refreshed(url.origin, before));
      known.set(url.origin, current);
      const { rules } = await current.catch((error: unknown) => {
        known.delete(url.origin);
        throw error;
      });
      if (rules?.isAllowed(url.href, productToken) === false) throw forbidden(url);
      return crawlDelayMs(rules);
    },
  };
}

async function readRules(origin: string, read: ReadRobots): Promise<Rules | null | "unknown"> {
  const url = new URL("/robots.txt", origin);
  try {
    const { status, text } = await read(url);
    if (status >= 200 && status < 300) return parse(url.href, text);
    return status >= 400 && status < 500 && status !== 429 ? null : "unknown";
  } catch (error) {
    if (error instanceof SourceError) return "unknown";
    throw error;
  }
}

function crawlDelayMs(rules: Rules | null): number {
  const seconds = rules?.getCrawlDelay(productToken) ?? 0;
  return Math.min(maxDelayMs, Math.max(0, seconds * 1000));
}

/** Search engines read no more of it. */
const maxChars = 500 * 1024;
const maxLines = 10_000;
/** In the whole file. Each is tried at every letter of an address: 250,000 of them took half a minute for one of 4,000 letters. */
const maxWildcards = 2000;

/** A robots.txt without what would make it slow to match: the rules in which there are more wildcards than any publisher needs. */
function tamed(text: string): string {
  let wildcards = 0;
  const lines = text.slice(0, maxChars).split(/\r\n|\r|\n/).slice(0, maxLines);
  return lines
    .map((line) => line.replace(/\*{2,}/g, "*"))
    .filter((line) => {
      const own = line.split("*").length - 1;
      if (wildcards + own > maxWildcards) return false;
      wildcards += own;
      return true;
    })
    .join("\n");
}

type Parser = (url: string, text: string) => Rules;

// The package declares a default export inside a CommonJS module, so what the types call a namespace is the function.
const parser: unknown = robotsParser;

function isParser(value: unknown): value is Parser {
  return typeof value === "function";
}

function parse(url: string, text: string): Rules {
  if (!isParser(parser)) throw new TypeError("The package robots-parser no longer is a function; see how it exports its parser.");
  return parser(url, tamed(text));
}

function forbidden(url: URL): SourceError {
  return new SourceError(
    "robots",
    `The robots.txt of ${url.host} asks us not to read this address. Ask the publisher, give the source another address, or write the reason for reading it all the same in "ignoreRobots".`,
  );
}
