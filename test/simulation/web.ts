import { createHash } from "node:crypto";
import { fetchedFrom } from "../../shared/intake/answer.ts";
import type { Answer } from "../../shared/intake/exchange.ts";
import type { Fetcher, FetchRequest } from "../../shared/intake/fetch.ts";
import { follow } from "../../shared/intake/follow.ts";
import { type Reason, SourceError } from "../../shared/intake/health.ts";
import { createPoliteness } from "../../shared/intake/politeness.ts";
import type { Cloud, Life } from "./cloud.ts";
import { jsonFeed, page, rss } from "./markup.ts";

/** One thing that a source shows, as it shows it. */
export interface Shown {
  /** The id of what was published: a word of its title, so that an alert can be traced back. */
  readonly id: string;
  readonly title: string;
  readonly date: string | null;
  readonly guid: string | null;
  readonly url: string | null;
}

/** How a site fails, and what its source's health must say then; null where it says nothing certain. */
export const failures = {
  "500": "http-500",
  "503": "http-503",
  "403": "http-403",
  "429": "http-429",
  "404": "http-404",
  challenge: "challenge",
  empty: "empty",
  html: "not-a-feed",
  timeout: "timeout",
  reset: "unreachable",
  truncated: null,
} as const satisfies Record<string, Reason | null>;
export type Failure = keyof typeof failures;

/** A source's place on the web. */
export interface Site {
  readonly id: string;
  readonly host: string;
  readonly path: string;
  readonly as: "rss" | "json";
  readonly tagged: boolean;
  /** How many items it shows at most. */
  readonly capacity: number;
  /** Whether it moved to https. */
  secure: boolean;
  failure: Failure | undefined;
  /** Newest first. */
  shown: readonly Shown[];
}

/** What a life was given when it asked. */
export type Given =
  | { readonly kind: "feed"; readonly site: Site; readonly shown: readonly Shown[]; readonly failure: Failure | undefined }
  | { readonly kind: "page"; readonly id: string; readonly found: boolean };

/** A source's list, or how it failed. */
export type GivenFeed = Extract<Given, { kind: "feed" }>;

/** All publishers together. */
export interface Web {
  readonly sites: readonly Site[];
  /** Ids of what has a page that cannot be read now. */
  readonly lostPages: Set<string>;
  fetcher(life: Life, hear: (given: Given) => void): Fetcher;
}

const answersWithinMs = 20_000;
const challengePage = "<!doctype html><html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>";
const plainPage = "<!doctype html><html><head><title>Welcome</title></head><body><p>We have moved some things around.</p></body></html>";

function answerOf(url: URL, status: number, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Answer {
  return { url, status, header: (name) => headers[name] ?? null, bytes: typeof body === "string" ? Buffer.from(body) : body, tookMs: 5 };
}

interface List {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
}

/** Lists that were written before, as most polls find nothing changed. */
const written = new WeakMap<readonly Shown[], List>();

/** A site's whole list as it would be sent, with its tag. */
function listOf(site: Site): List {
  const list = written.get(site.shown) ?? write(site);
  written.set(site.shown, list);
  return list;
}

function write(site: Site): List {
  const body = Buffer.from(site.as === "rss" ? rss(site.shown) : jsonFeed(site.shown));
  return { body, type: site.as === "rss" ? "application/rss+xml" : "application/feed+json", etag: `"${createHash("sha1").update(body).digest("hex")}"` };
}

function failed(site: Site, url: URL): Answer | undefined {
  switch (site.failure) {
    case "500":
      return answerOf(url, 500, "Internal error");
    case "503":
      return answerOf(url, 503, "Come back later", { "retry-after": "1800" });
    case "403":
      return answerOf(url, 403, "no");
    case "429":
      return answerOf(url, 429, "Too many", { "retry-after": "7200" });
    case "404":
      return answerOf(url, 404, "gone");
    case "challenge":
      return answerOf(url, 200, challengePage, { "content-type": "text/html" });
    case "html":
      return answerOf(url, 200, plainPage, { "content-type": "text/html" });
    case "empty":
      return answerOf(url, 200, site.as === "rss" ? rss([]) : jsonFeed([]), { "content-type": "application/xml" });
    case "timeout":
      throw new SourceError("timeout", "It did not answer in time.");
    case "reset":
      throw new SourceError("unreachable", "It closed the connection.");
    case "truncated":
    case undefined:
    default:
      return undefined;
  }
}

function answerOfSite(site: Site, url: URL, headers: Readonly<Record<string, string>>): Answer {
  const failure = failed(site, url);
  if (failure) return failure;
  if (site.secure && url.protocol === "http:") return answerOf(url, 301, "", { location: url.href.replace("http:", "https:") });
  const { body, type, etag } = listOf(site);
  const tag: Record<string, string> = site.tagged && site.failure === undefined ? { etag } : {};
  if (headers["if-none-match"] === etag) return answerOf(url, 304, "", tag);
  // A page system that was cut off while it wrote its file.
  const sent = site.failure === "truncated" ? body.subarray(0, Math.floor(body.length * 0.6)) : body;
  return answerOf(url, 200, sent, { "content-type": type, ...tag });
}

/** The web of these sites. Items' pages are at /p…, and say what a rule on bodies asks. */
export function webOf(cloud: Cloud, sites: readonly Site[]): Web {
  const byAddress = new Map(sites.map((site) => [site.host + site.path, site]));
  const lostPages = new Set<string>();

  function answer(url: URL, headers: Readonly<Record<string, string>>, hear: (given: Given) => void): Answer {
    const site = byAddress.get(url.host + url.pathname);
    if (site) {
      const given = answerOrFailure(() => answerOfSite(site, url, headers));
      if (!("answer" in given) || given.answer.status !== 301) hear({ kind: "feed", site, shown: site.shown, failure: site.failure });
      if ("answer" in given) return given.answer;
      throw given.error;
    }
    const id = /^\/(p\d+)/.exec(url.pathname)?.[1] ?? "";
    const found = !lostPages.has(id);
    hear({ kind: "page", id, found });
    return found ? answerOf(url, 200, page(id), { "content-type": "text/html; charset=utf-8" }) : answerOf(url, 502, "Bad gateway");
  }

  return {
    sites,
    lostPages,
    fetcher(life, hear) {
      const politeness = createPoliteness({ clock: life.clock, pauseMs: 1000 });
      return async (request) => {
        const url = new URL(request.url);
        const path = {
          exchange: ({ url: at, headers }: { readonly url: URL; readonly headers: Readonly<Record<string, string>> }) =>
            cloud.effect<Answer>(life, { kind: "fetch", what: `asks ${at.href}`, apply: () => answer(at, headers, hear), ...(isSlow(byAddress.get(at.host + at.pathname)) ? { takes: answersWithinMs } : {}) }),
          turn: <T>(at: URL, ask: () => Promise<T>) => politeness.inTurn(at.hostname, ask),
          allowLoopback: false,
        };
        const ownHeaders = validatorsOf(request);
        const last = await follow({ url, headers: {}, ownHeaders, maxBytes: 1_000_000, wholeMs: answersWithinMs }, path);
        return fetchedFrom(last, { url, conditional: Object.keys(ownHeaders).length > 0 }, life.clock.now());
      };
    },
  };
}

function isSlow(site: Site | undefined): boolean {
  return site?.failure === "timeout";
}

function validatorsOf({ validators }: FetchRequest): Record<string, string> {
  return validators?.etag ? { "if-none-match": validators.etag } : {};
}

function answerOrFailure(ask: () => Answer): { readonly answer: Answer } | { readonly error: unknown } {
  try {
    return { answer: ask() };
  } catch (error) {
    return { error };
  }
}
