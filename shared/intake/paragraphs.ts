import { load } from "cheerio/slim";
import { decode } from "./decode.ts";
import { guard } from "./guard.ts";

const blocks = "p, li, td, dd, h1, h2, h3, h4, h5, blockquote, pre";
const mostParagraphs = 5000;

/**
 * The paragraphs of a page as plain text, in order, without scripts and menus. For finding the one that speaks
 * of the DPRK. Throws SourceError where the page is too large or too deep to be read safely.
 */
export function paragraphs(bytes: Uint8Array, contentType: string | null): string[] {
  const html = decode(bytes, contentType);
  guard(html);
  const $ = load(html);
  $("script, style, noscript, nav, header, footer, form").remove();
  const found: string[] = [];
  for (const element of $(blocks).toArray()) {
    if (found.length === mostParagraphs) break;
    // A cell or a list item that holds paragraphs is read by them.
    if ($(element).find(blocks).length > 0) continue;
    const text = $(element).text().replace(/\s+/g, " ").trim();
    if (text.length > 20) found.push(text);
  }
  return found.length > 0 ? found : [$.root().text().replace(/\s+/g, " ").trim()].filter(Boolean);
}
