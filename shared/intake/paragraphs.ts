import { load } from "cheerio/slim";
import { decode } from "./decode.ts";
import { guard } from "./guard.ts";
import type { TreeNode } from "./page-tree.ts";

const blocks = "p, li, td, dd, h1, h2, h3, h4, h5, blockquote, pre";
const mostParagraphs = 5000;

/**
 * The paragraphs of a page as plain text, in order, without scripts and menus. For finding the one that speaks
 * of the theme. Throws SourceError where the page is too large or too deep to be read safely.
 */
export function paragraphs(bytes: Uint8Array, contentType: string | null): string[] {
  const html = decode(bytes, contentType);
  guard(html);
  const $ = load(html);
  $("script, style, noscript, nav, header, footer, form").remove();
  const found: string[] = [];
  const all = $(blocks).toArray();
  const holders = holdersOf(all);
  for (const element of all) {
    if (found.length === mostParagraphs) break;
    // A cell or a list item that holds paragraphs is read by them.
    if (holders.has(element)) continue;
    const text = $(element).text().replace(/\s+/g, " ").trim();
    if (text.length > 20) found.push(text);
  }
  return found.length > 0 ? found : [$.root().text().replace(/\s+/g, " ").trim()].filter(Boolean);
}

/** What the elements stand in. Each is climbed once: a search below each takes minutes where a hostile page nests them deep. */
function holdersOf(elements: readonly TreeNode[]): Set<TreeNode> {
  const holders = new Set<TreeNode>();
  for (const element of elements) for (let at = element.parent; at && !holders.has(at); at = at.parent) holders.add(at);
  return holders;
}
