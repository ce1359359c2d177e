// Splitting a long title takes time that grows with its square.
const longestTitle = 300;
/** A title stands near the beginning. */
const headChars = 200_000;

/** The parts of a web page's title, as it is written: the site's own name may stand before or behind, as in "Federal Register :: Request Access". */
export function titleParts(html: string): string[] {
  const title = /<title[^<>]*>([^<]*)/i.exec(html.slice(0, headChars))?.[1]?.trim().slice(0, longestTitle) ?? "";
  return title.split(/\s*(?:[|｜–—]|::|\s-\s)\s*/);
}
