import type { Series, Source } from "../catalogue/schema.ts";
import { releasers } from "./readable.ts";

/** An address that stands for itself: without a year or a credential to be filled in. */
const isWhole = ({ url }: Source): boolean => !url.includes("{");

const startPage = ({ url }: Source): string => new URL("/", url).href;

/**
 * The page that a person opens to see whether an edition is out: of the pages that can show it the one that lists the
 * fewest other series, and the first of those. Where there are only feeds and APIs, which no person reads, it is the
 * start page of the first of their sites. Null where no source can show it.
 */
export function whereToLook(series: Series, sources: readonly Source[]): string | null {
  const able = new Set(releasers(series, sources));
  const found = sources.filter((source) => able.has(source.id) && isWhole(source));
  const [listing] = found.filter(({ read }) => read.as === "page").toSorted((a, b) => a.carries.length - b.carries.length);
  if (listing) return listing.url;
  const site = found.find(({ read }) => read.as === "feed") ?? found.find(({ read }) => read.as !== "mail");
  return site ? startPage(site) : null;
}
