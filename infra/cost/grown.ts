import type { Source } from "../../shared/catalogue/schema.ts";

/** The address of a source on a host of its own kind: each copy of the catalogue's hosts is another host. */
function copiedAddress(url: string, copy: number): string {
  const address = new URL(url);
  address.hostname = `h${copy}.${address.hostname}`;
  return address.href;
}

/**
 * So many sources: those that are given, and as often as it takes copies of them on hosts of their own. So what is
 * polled how often, and how many sources a host has, stays as it is.
 */
export function grownTo(sources: readonly Source[], count: number): Source[] {
  return Array.from({ length: sources.length === 0 ? 0 : count }, (_, index) => {
    const copy = Math.floor(index / sources.length);
    return sources.slice(index % sources.length, (index % sources.length) + 1).map((source) => (copy === 0 ? source : { ...source, id: `${source.id}-${copy}`, url: copiedAddress(source.url, copy) }));
  }).flat();
}
