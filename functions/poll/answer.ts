import type { Addresses } from "../../shared/catalogue/address.ts";
import type { Source } from "../../shared/catalogue/schema.ts";
import type { Fetched, Fetcher } from "../../shared/intake/fetch.ts";
import { type Reason, SourceError } from "../../shared/intake/health.ts";
import type { Reading } from "../../shared/intake/item.ts";
import { readContent } from "../../shared/intake/read.ts";
import { ledToRoot } from "../../shared/intake/soft-error.ts";
import type { SourceState } from "../../shared/records/sources.ts";

type Content = Extract<Fetched, { kind: "content" }>;

/** What a source answered: the same as before, or a reading of what it shows now; its address as it may be said and kept. */
export type Answer =
  | { readonly kind: "same"; readonly address: string }
  | { readonly kind: "read"; readonly address: string; readonly content: Content | undefined; readonly reading: Reading };

/** The part of a state that conditional requests need. */
type Before = Pick<SourceState, "url" | "etag" | "lastModified" | "contentHash">;

/** Nothing is there, in a status or in words. */
const absent: ReadonlySet<Reason> = new Set(["http-404", "soft-error"]);

/** An address of this year's edition is absent until the edition is out, which is no fault. */
export function isNotOutYet(source: Pick<Source, "mayBeEmpty" | "url">, error: SourceError): boolean {
  return absent.has(error.reason) && source.mayBeEmpty && source.url.includes("{year}");
}

/** A reading that says no credential: some publishers put the address that was asked into their answer. */
function sayable({ items, skipped }: Reading, shown: Addresses["shown"]): Reading {
  return {
    items: items.map((item) => ({ ...item, url: item.url && shown(item.url), guid: item.guid && shown(item.guid) })),
    skipped: skipped.map((entry) => ({ ...entry, why: shown(entry.why) })),
  };
}

/**
 * What the content of a source's address (as it is shown) says. Throws SourceError also where it lists nothing and
 * never is empty.
 */
export async function readingOf(source: Source, content: Content, address: string, shown: Addresses["shown"]): Promise<Reading> {
  if (source.read.as === "page" && ledToRoot(address, shown(content.url))) {
    throw new SourceError("soft-error", `it led to ${shown(content.url)}, the first page of the site, in place of the listing. Look for the listing's new address; if that page is the listing, write it in "url"`);
  }
  const reading = sayable(await readContent(content.bytes, content.contentType, { ...source, url: shown(content.url) }), shown);
  if (reading.items.length > 0 || source.mayBeEmpty) return reading;
  const lost = reading.skipped[0] ? `none of its ${reading.skipped.length} entries could be read: ${reading.skipped[0].why}` : "it lists nothing, and it never is empty";
  throw new SourceError("empty", `${lost}. Look at ${address}; if it may be empty, say so with "mayBeEmpty" in the catalogue.`);
}

function hostOf(address: string): string {
  return URL.parse(address)?.hostname ?? address;
}

/** A host that asks for patience is not asked again at another of its addresses. */
function asksForPatience({ reason, retryAfterSeconds }: SourceError): boolean {
  return reason === "http-429" || retryAfterSeconds !== undefined;
}

async function ask(fetch: Fetcher, source: Source, url: string, shown: Addresses["shown"], before: Before | undefined): Promise<Answer> {
  const address = shown(url);
  const same = before?.url === address;
  const validators = same ? { etag: before.etag, lastModified: before.lastModified } : undefined;
  const fetched = await fetch({ url, userAgent: source.userAgent, validators, ignoreRobots: source.ignoreRobots !== undefined });
  if (fetched.kind === "unchanged" || (same && fetched.sha256 === before.contentHash)) return { kind: "same", address };
  return { kind: "read", address, content: fetched, reading: await readingOf(source, fetched, address, shown) };
}

/**
 * The answer of the first address that can be read: the one that worked last, then the catalogue's in turn. A page
 * that is no feed, or a list that is empty, is as unreadable as no answer. Throws the first address's SourceError
 * where none can be read.
 */
export async function firstReadable(fetch: Fetcher, source: Source, { urls, shown }: Addresses, before: Before | undefined): Promise<Answer> {
  const inOrder = urls.toSorted((a, b) => Number(shown(b) === before?.url) - Number(shown(a) === before?.url));
  const failures: SourceError[] = [];
  const busyHosts = new Set<string>();
  for (const url of inOrder) {
    if (busyHosts.has(hostOf(url))) continue;
    try {
      return await ask(fetch, source, url, shown, before);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      failures.push(error);
      if (asksForPatience(error)) busyHosts.add(hostOf(url));
    }
  }
  const [first = new SourceError("bad-address", `source "${source.id}" has no address`)] = failures;
  if (failures.every((failure) => isNotOutYet(source, failure)) && failures.length > 0) return { kind: "read", address: shown(inOrder[0] ?? source.url), content: undefined, reading: { items: [], skipped: [] } };
  throw first;
}
