import type { Series, Source } from "../../shared/catalogue/schema.ts";
import type { FetchRequest, Fetcher } from "../../shared/intake/fetch.ts";
import { SourceError } from "../../shared/intake/health.ts";
import type { DocumentState } from "../../shared/records/documents.ts";
import { documentAccept, documentAddress, type Found, mostBytes } from "./documents.ts";

/** What is asked for, and what was answered when it was last asked for. */
export interface Asked {
  readonly series: Pick<Series, "chapters"> | undefined;
  /** The address of the edition. */
  readonly url: string;
  /** The source that showed it: how its publisher lets itself be read holds for the document, too. */
  readonly source: Pick<Source, "userAgent" | "ignoreRobots"> | undefined;
  readonly before?: DocumentState | undefined;
}

/** What an edition's address gave. */
export interface Answered extends Pick<DocumentState, "validators"> {
  /** Where it was asked for. */
  readonly url: string;
  /** Nothing where it is as it was when it was last asked for. */
  readonly found: Found | undefined;
}

const isAbsent = (error: unknown): boolean => error instanceof SourceError && (error.reason === "http-404" || error.reason === "http-410");

/**
 * An edition's document from its publisher: the part on the DPRK where that has an address of its own, else the whole.
 * Throws SourceError where there is none to be had.
 */
export async function fetchDocument(fetch: Fetcher, asked: Asked): Promise<Answered> {
  const own = documentAddress({ chapters: asked.series?.chapters ?? false }, asked.url);
  try {
    return await ask(fetch, asked, own);
  } catch (error) {
    // A chapter may come later than the report that it is of.
    if (own === asked.url || !isAbsent(error)) throw error;
    return ask(fetch, asked, asked.url);
  }
}

async function ask(fetch: Fetcher, { source, before }: Asked, url: string): Promise<Answered> {
  const validators = before?.url === url ? before.validators : undefined;
  const request: FetchRequest = { url, userAgent: source?.userAgent, ignoreRobots: source?.ignoreRobots !== undefined, accept: documentAccept, maxBytes: mostBytes, validators };
  const fetched = await fetch(request);
  if (fetched.kind === "unchanged") return { url, found: undefined, validators };
  const { bytes, contentType, sha256, headers } = fetched;
  return { url, found: { bytes, contentType, url: fetched.url, sha256, headers }, validators: fetched.validators };
}
