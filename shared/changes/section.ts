import { load } from "cheerio/slim";
import { guard } from "../intake/guard.ts";
import { SourceError } from "../intake/health.ts";
import type { Layout } from "./document.ts";
import { blocksOf, type PageNode, tidy } from "./page-blocks.ts";

const around =
  "script, style, noscript, template, svg, nav, footer, aside, form, select, button, iframe, dialog, [hidden], [aria-hidden=true], [role=navigation], [role=search], [role=contentinfo], [role=complementary]";
const texts = "p, li, td, dd, blockquote, pre";
/** A paragraph of at least this many characters is text; the entries of menus are shorter. */
const longText = 60;
/** The main part has at least this share of the text. */
const mainShare = 0.92;
/** These are text, and not parts of a page that hold it. */
const innermost = /^(p|li|td|tr|dd|blockquote|pre|table|tbody|ul|ol|dl)$/;

/**
 * Reads a web page: its title, and the headings, paragraphs and rows of its main part, without scripts, menus and forms.
 * The main part is found by where the text is. Throws SourceError where the page is too large or too deep to be read safely.
 */
export function readPage(html: string): Layout {
  guard(html, true);
  try {
    return read(html);
  } catch (error) {
    // What HTML lets stand open may nest as deep as the guard lets pass, and deeper than functions can call.
    if (error instanceof RangeError) throw new SourceError("too-deep", "The page's elements are nested too deep to be read.", { cause: error });
    throw error;
  }
}

function read(html: string): Layout {
  const $ = load(html);
  const title = tidy($("h1").first().text()) || tidy($("title").first().text());
  $(around).remove();
  for (const list of $("ul, ol").toArray()) if (isMenu($, list)) $(list).remove();
  const weights = new Map<PageNode, number>();
  for (const element of $(texts).toArray()) {
    if ($(element).find(texts).length === 0) weigh(element, $(element).text().trim().length, weights);
  }
  return { title, blocks: blocksOf(mainPart($.root().toArray(), weights)), pages: null };
}

/** Whether a list holds nothing but links with few words, such as those by which a page is shared. */
function isMenu($: ReturnType<typeof load>, list: Parameters<ReturnType<typeof load>>[0]): boolean {
  const items = $(list).children("li").toArray();
  return items.length > 0 && items.every((item) => tidy($(item).text()).length < longText && tidy($(item).find("a").text()).length >= 0.9 * tidy($(item).text()).length);
}

/** Adds the length of a text to all that it stands in. */
function weigh(element: PageNode, length: number, weights: Map<PageNode, number>): void {
  if (length < (element.name === "td" ? 1 : longText)) return;
  for (let node: PageNode | null = element; node; node = node.parent ?? null) weights.set(node, (weights.get(node) ?? 0) + length);
}

/** The children of the innermost element that holds nearly all of the text. */
function mainPart(nodes: readonly PageNode[], weights: ReadonlyMap<PageNode, number>): readonly PageNode[] {
  const all = nodes.reduce((sum, node) => sum + (weights.get(node) ?? 0), 0);
  const inner = nodes.find((node) => all > 0 && (weights.get(node) ?? 0) >= mainShare * all);
  return inner?.children && !innermost.test(inner.name ?? "") ? mainPart(inner.children, weights) : nodes;
}
