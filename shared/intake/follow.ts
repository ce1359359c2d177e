import { challenged } from "./answer.ts";
import type { Answer, Exchange } from "./exchange.ts";
import { SourceError } from "./health.ts";
import { checkAddress } from "./public-address.ts";

/** Waits until a host may be asked again, then asks. Throws what `ask` throws, and SourceError "robots". */
export type Turn = <T>(url: URL, ask: () => Promise<T>) => Promise<T>;

/** By what means addresses are reached. */
export interface Path {
  readonly exchange: Exchange;
  readonly turn: Turn;
  readonly allowLoopback: boolean;
}

/** What is wanted, and within which limits. */
export interface Journey {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that belong to `url` alone, and not to where it leads: its validators. */
  readonly ownHeaders: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly wholeMs: number;
}

const maxRedirects = 5;
/** As of an item. A longer one is none that a publisher means, and every rule of a robots.txt is tried on all of it. */
const maxAddress = 4096;
const redirectStatus = new Set([301, 302, 303, 307, 308]);
/** Hosts to which a publisher sends those it takes for robots, with status 200 (seen 2026-08). */
const challengeHosts = new Set(["unblock.federalregister.gov"]);

/**
 * Asks an address and goes where it leads, at most 5 times; every stop is guarded, and waits its turn, as the first.
 * Gives the answer of the last. Throws SourceError: redirects, challenge, and what an exchange or a turn throws.
 */
export async function follow(journey: Journey, { exchange, turn, allowLoopback }: Path): Promise<Answer> {
  let url = journey.url;
  let withinMs = journey.wholeMs;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    // Connections are guarded as well; here it keeps a bad address from waiting its turn and having its robots.txt read.
    checkAddress(url, allowLoopback);
    const headers = redirects === 0 ? { ...journey.headers, ...journey.ownHeaders } : journey.headers;
    const question = { url, headers, maxBytes: journey.maxBytes, withinMs };
    const answer = await turn(url, () => exchange(question));
    const next = redirectOf(answer);
    if (!next) return answer;
    if (challengeHosts.has(next.hostname)) throw challenged(url.host, `led to ${next.host},`);
    if (next.href === url.href) throw endless(journey.url, "leads to itself");
    url = next;
    withinMs -= answer.tookMs;
  }
  throw endless(journey.url, `leads on more than ${maxRedirects} times, last to ${url.host}`);
}

function redirectOf(answer: Answer): URL | null {
  if (!redirectStatus.has(answer.status)) return null;
  // Headers come as Latin-1, but who writes more than ASCII into this one means UTF-8.
  const location = Buffer.from(answer.header("location") ?? "", "latin1").toString();
  if (location === "") return null;
  const next = URL.parse(location, answer.url.href);
  if (!next) throw new SourceError("redirects", `${answer.url.host} leads to an address that cannot be read. Look at the source's url in a browser.`);
  next.hash = "";
  if (next.href.length > maxAddress) throw new SourceError("redirects", `${answer.url.host} leads to an address of ${next.href.length} letters. Look at the source's url in a browser.`);
  return next;
}

function endless(url: URL, how: string): SourceError {
  return new SourceError("redirects", `The address on ${url.host} ${how}. Open it in a browser, and set the source's url to where it ends.`);
}
