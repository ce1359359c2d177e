import { hash } from "node:crypto";
import { isChallenge } from "./challenge.ts";
import type { Answer } from "./exchange.ts";
import type { Fetched } from "./fetch.ts";
import { SourceError, type Reason } from "./health.ts";

export interface Asked {
  readonly url: URL;
  /** Whether we asked for content only if it changed. */
  readonly conditional: boolean;
}

/** What an answer means to a source. `now` is in milliseconds. Throws SourceError for all that is not its content. */
export function fetchedFrom(answer: Answer, asked: Asked, now: number): Fetched {
  const { status, url } = answer;
  const isWhereAsked = url.href === asked.url.href;
  if (isChallenged(answer)) throw challenged(url.host, `answered ${status}`);
  if (status === 304 && asked.conditional && isWhereAsked) return { kind: "unchanged", url: url.href, status };
  if (status < 200 || status > 299) throw refusal(answer, now);
  return {
    kind: "content",
    url: url.href,
    status,
    bytes: answer.bytes,
    contentType: answer.header("content-type"),
    // Validators of another address say nothing about the one that is asked next time.
    validators: isWhereAsked ? validatorsOf(answer) : {},
    headers: headersOf(answer),
    sha256: hash("sha256", answer.bytes),
  };
}

/** A test for robots stands where the source's content should be. */
export function challenged(host: string, how: string): SourceError {
  return new SourceError(
    "challenge",
    `${host} ${how} with a test for robots instead of its content. Ask the publisher to let our user agent through, or give the source another address.`,
  );
}

/**
 * The seconds that a Retry-After header asks for, given in seconds or as an HTTP date, never negative.
 * Undefined where it is absent or says neither. `now` is in milliseconds.
 */
function retryAfterSeconds(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text);
  // Date.parse alone would take "120.5" or "-1" for a year.
  const date = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

const mitigations = new Set(["challenge", "captcha"]);
const challengeStatus = new Set([200, 202, 401, 403, 405, 429, 503]);
const webPage = /<(?:!doctype html|html)\b/i;
const feed = /<(?:rss|feed|rdf:rdf)\b/i;
/** A challenge is a small page, so what matters is at its start. */
const challengeBytes = 64 * 1024;
const headBytes = 4096;

/** Text enough to look for English words and code in, whatever the charset. */
function textOf(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.byteLength)).toString("latin1");
}

function isChallenged(answer: Answer): boolean {
  // AWS WAF and Cloudflare name their own challenges; the former even with status 202 and no body.
  if (mitigations.has(answer.header("x-amzn-waf-action") ?? "")) return true;
  if (mitigations.has(answer.header("cf-mitigated") ?? "")) return true;
  if (!challengeStatus.has(answer.status)) return false;
  // Most content is a feed, so whether this is a web page at all is decided first, on little of it.
  const head = textOf(answer.bytes, headBytes);
  if (!webPage.test(head) || feed.test(head) || isErrorPage(head, answer.status)) return false;
  return isChallenge(textOf(answer.bytes, challengeBytes));
}

/** A server's own error page, titled with the status, is a plain answer and no test. */
function isErrorPage(page: string, status: number): boolean {
  return status >= 400 && /<title>\s*(\d{3})\b/i.exec(page)?.[1] === String(status);
}

const printable = /^[\x20-\x7e]+$/;

function validatorsOf(answer: Answer): { etag?: string; lastModified?: string } {
  const etag = answer.header("etag");
  const lastModified = answer.header("last-modified");
  return {
    ...(etag && printable.test(etag) ? { etag } : {}),
    ...(lastModified && printable.test(lastModified) ? { lastModified } : {}),
  };
}

const evidenceHeaders = ["date", "last-modified", "etag", "content-type", "content-length", "content-encoding", "content-language", "content-disposition", "server"] as const;
/** Longer ones are cut: a publisher decides how long they are. */
const longestHeader = 300;

function headersOf(answer: Answer): Readonly<Record<string, string>> {
  return Object.fromEntries(
    evidenceHeaders.flatMap((name) => {
      const value = answer.header(name);
      return value === null ? [] : [[name, value.slice(0, longestHeader)]];
    }),
  );
}

const remedies: Readonly<Record<number, string>> = {
  401: "it wants a login. Give the source its credential, or another address",
  403: "it does not let us read this address. Ask the publisher to let our user agent through, or give the source another address",
  404: "nothing is at this address any more. Find the new one and correct the source's url",
  410: "the publisher has taken this address away. Find the new one and correct the source's url",
  429: "it wants us to come less often. It is asked again later",
};

function refusal(answer: Answer, now: number): SourceError {
  const { status, url } = answer;
  const reason: Reason = `http-${status}`;
  const fallback = status >= 500 ? "it has trouble of its own. It is asked again later" : "that is no content. Look at the address in a browser";
  const seconds = retryAfterSeconds(answer.header("retry-after"), now);
  const message = `${url.host} answered ${status}: ${remedies[status] ?? fallback}.`;
  return new SourceError(reason, message, seconds === undefined ? {} : { retryAfterSeconds: seconds });
}
