const opening = /<(?:[\w-]+:)?(?:item|entry)(?=[\s>])/gi;
const closing = /<\/(?:[\w-]+:)?(?:item|entry|channel|rss|feed|rdf)\s*>/i;
/** By these an item is told from others: while one of them is not written yet, it would be taken for another item. */
const telling = [/<\/(?:[\w-]+:)?title\s*>/i, /<\/link\s*>|<link\s[^>]*\/>/i, /<\/(?:guid|id)\s*>/i];

/**
 * Where the last item of a feed begins, if the text ends before that item has all that the one before it has of title,
 * address and guid: the publisher's system stopped while it wrote its file. Half a title would ring, and later the
 * whole one again. Undefined where the text does not end so.
 */
export function cutOffAt(text: string): number | undefined {
  const [before, last] = [...text.matchAll(opening)].slice(-2).map(({ index }) => index);
  if (before === undefined || last === undefined) return undefined;
  const rest = text.slice(last);
  if (closing.test(rest)) return undefined;
  const whole = text.slice(before, last);
  return telling.some((part) => part.test(whole) && !part.test(rest)) ? last : undefined;
}
