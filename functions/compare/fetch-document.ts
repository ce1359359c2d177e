import type { Publisher, Series, Source } from "../../shared/catalogue/schema.ts";
import { decode } from "../../shared/intake/decode.ts";
import type { FetchRequest, Fetcher } from "../../shared/intake/fetch.ts";
import { SourceError } from "../../shared/intake/health.ts";
import { pdfLinks } from "../../shared/intake/pdf-links.ts";
import { isPdf } from "../../shared/intake/read-document.ts";
import type { Names } from "../../shared/recognition/names.ts";
import type { DocumentState } from "../../shared/records/documents.ts";
import { documentBehind } from "./behind.ts";
import { documentAccept, documentAddress, type Found, mostBytes } from "./documents.ts";
import { readIfPossible, wordsIn } from "./keep.ts";

/** What is asked for, and what was answered when it was last asked for. */
export interface Asked {
  readonly series: Pick<Series, "chapterAt" | "name" | "aka"> | undefined;
  readonly year: number | null;
  /** The hosts of its publisher. */
  readonly hosts: Publisher["hosts"];
  /** What tells the part of a document that is on the theme. */
  readonly names: Names;
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
  /** The page that the document was found behind. */
  readonly page?: Found | undefined;
}

/** A page with fewer words on the theme may be the front of a document. */
const fewWords = 250;

const isAbsent = (error: unknown): boolean => error instanceof SourceError && (error.reason === "http-404" || error.reason === "http-410");

/**
 * An edition's document from its publisher: the part on the theme where that has an address of its own, else the whole;
 * and where its address is a page with few words on the theme, the one PDF behind that. Throws SourceError where there
 * is none to be had.
 */
export async function fetchDocument(fetch: Fetcher, asked: Asked): Promise<Answered> {
  const own = documentAddress(asked.series ?? {}, asked.url);
  try {
    return await behind(fetch, asked, await ask(fetch, asked, own));
  } catch (error) {
    // A chapter may come later than the report that it is of.
    if (own === asked.url || !isAbsent(error)) throw error;
    return behind(fetch, asked, await ask(fetch, asked, asked.url));
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

/** The address of the PDF behind what was found, if that is a page with few words on the theme. */
async function addressBehind({ series, year, hosts, names }: Asked, found: Found): Promise<string | undefined> {
  if (!series || found.url === null || isPdf(found.bytes) || wordsIn(await readIfPossible(found, names)) >= fewWords) return undefined;
  try {
    return documentBehind(pdfLinks(decode(found.bytes, found.contentType), found.url), found.url, { series, year, hosts });
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

/** The document behind a page, one step further and no more; the page itself where there is none to be had. */
async function behind(fetch: Fetcher, asked: Asked, page: Answered): Promise<Answered> {
  const url = page.found && (await addressBehind(asked, page.found));
  if (url === undefined) return page;
  try {
    return { ...(await ask(fetch, asked, url)), page: page.found };
  } catch (error) {
    // Where it was had before, the page in its place would pass for a change of it.
    if (!(error instanceof SourceError) || asked.before?.url === url) throw error;
    // Next time the page is asked for whole, so that the PDF is looked for again.
    return { ...page, validators: undefined };
  }
}
