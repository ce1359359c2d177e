import type { Series } from "../../shared/catalogue/schema.ts";
import type { Fetcher } from "../../shared/intake/fetch.ts";

/** What was published, as it was found. */
export interface Found {
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
  /** Where it was found. */
  readonly url: string | null;
  /** Of the bytes, in hexadecimal. */
  readonly sha256: string;
  /** What the publisher said of it, where it came from one. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Which edition is wanted, and where its publisher has it. */
export interface Wanted {
  readonly series: string;
  readonly year: number;
  readonly url: string | null;
}

/**
 * The port through which a comparison gets its documents: from files, from what was kept as evidence, or from the
 * publisher. Gives nothing where there is none; throws SourceError where there is one that cannot be read.
 */
export type Documents = (wanted: Wanted) => Promise<Found | undefined>;

/** Whether an address is like a pattern of the catalogue: a host and a path, in which * stands for any run without a slash. */
function isLike(url: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[^\w/-]/g, "\\$&"));
  return new RegExp(`^https?://${parts.join("[^/?#]*")}/?$`, "i").test(url);
}

/** The address of an edition's part on the theme: that of its chapter, where the catalogue says that it lies below the whole report's. */
export function documentAddress({ chapterAt }: Pick<Series, "chapterAt">, url: string): string {
  return chapterAt?.below.some((pattern) => isLike(url, pattern)) ? `${url.replace(/\/?$/, "/")}${chapterAt.path}` : url;
}

/** What documents are asked for as. */
export const documentAccept = "text/html, application/pdf, */*;q=0.5";

/** Reports are larger than pages: with their pictures, up to tens of megabytes. */
export const mostBytes = 50_000_000;

/** Documents from their publishers' own addresses, as politely as anything else is fetched. */
export function fetchedDocuments(fetch: Fetcher): Documents {
  return async ({ url }) => {
    if (url === null) return undefined;
    const fetched = await fetch({ url, accept: documentAccept, maxBytes: mostBytes });
    return fetched.kind === "content" ? { bytes: fetched.bytes, contentType: fetched.contentType, url: fetched.url, sha256: fetched.sha256, headers: fetched.headers } : undefined;
  };
}

/** Documents from the first place that has one. */
export function firstOf(...places: readonly Documents[]): Documents {
  return async (wanted) => {
    for (const place of places) {
      const found = await place(wanted);
      if (found) return found;
    }
    return undefined;
  };
}
