import type { CheerioAPI } from "cheerio/slim";
import { dayIn, readDate } from "./dates.ts";
import type { Draft } from "./draft.ts";
import { absolute } from "./link.ts";
import { collapse, plainTitle } from "./text.ts";

type Elements = ReturnType<CheerioAPI>;
type Node = NonNullable<Elements[0]>;

/** A link that may be an item. */
interface Candidate {
  readonly element: Node;
  readonly url: string;
  readonly title: string;
}

const mains = ["main, [role=main]", "#content, #main, #main-content, #contents, #container", "body"];
const outside = "nav, aside, form, [role=navigation], [role=search], .breadcrumb, .breadcrumbs, .pagination, .pager, .paging";
const rows = "article, li, tr, dd";
const minLetters = 15;
// Hangul, Hanja and kana say in eight letters what Latin says in fifteen.
const minDense = 8;
const maxRowText = 1000;
const maxClimb = 6;
const maxLinksBeside = 12;

const navigation =
  /^(?:read|learn|see|view|show|find out|load|discover)\s+(?:more|all|full|the full)\b|^(?:continue reading|more (?:about|from|information|news|on)\b|next\b.{0,12}$|previous\b.{0,12}$|page \d|(?:go |back )?to (?:the )?(?:top|home|main|previous|next)\b|skip to|jump to|sign (?:up|in)\b|log ?in\b|subscribe\b|share (?:on|this|via)\b|follow us|contact us|privacy|terms (?:of|and)|cookie|accessibility|download (?:the )?(?:pdf|file)s?$|print this|email this|open in a new)|더\s?보기|자세히\s?보기|목록|이전\s?(?:글|페이지)|다음\s?(?:글|페이지)|바로\s?가기|개인정보|이용약관/iu;
const sharing = /^https?:\/\/(?:[\w-]+\.)*(?:facebook\.com\/(?:share|dialog)|twitter\.com\/(?:intent|share)|x\.com\/(?:intent|share)|linkedin\.com\/share|pinterest\.com\/pin|reddit\.com\/submit|api\.whatsapp\.com|wa\.me|t\.me\/share|telegram\.me\/share)/i;

/** The links of the page's main part that may be items: in the order of the page, one an address, with a date where one stands beside it. */
export function linksOf(page: CheerioAPI, base: string): Draft[] {
  for (const selector of mains) {
    const candidates = candidatesIn(page, page(selector), base);
    if (candidates.length === 0) continue;
    const crowd = crowded(candidates);
    return longest(candidates).map((candidate) => draftOf(page, candidate, base, crowd));
  }
  return [];
}

function candidatesIn(page: CheerioAPI, scope: Elements, base: string): Candidate[] {
  const here = base.replace(/#.*$/, "");
  const barred = barredIn(scope);
  const headed = headedRows(page, scope);
  const found: Candidate[] = [];
  for (const element of scope.find("a[href]").toArray()) {
    const link = page(element);
    const href = (link.attr("href") ?? "").trim();
    const url = href.startsWith("#") ? null : (absolute(href, base)?.replace(/#.*$/, "") ?? null);
    if (url === null || url === here || sharing.test(url)) continue;
    const title = titleOf(link);
    if (isTitle(title) && !isInside(element, barred) && !isBesideHeading(element, headed)) found.push({ element, url, title });
  }
  return found;
}

/** What is navigation. A header or footer counts only when it is the page's, not an item's. */
function barredIn(scope: Elements): Set<unknown> {
  const heads = scope.find("header, footer").toArray();
  const inItems = new Set<unknown>(scope.find("article, li, section").find("header, footer").toArray());
  return new Set<unknown>([...scope.find(outside).toArray(), ...heads.filter((head) => !inItems.has(head))]);
}

/** The rows with one heading that is a link: that one is the item, the others are tags and persons. */
function headedRows(page: CheerioAPI, scope: Elements): Map<unknown, unknown> {
  const headed = new Map<unknown, unknown>();
  const inScope = new Set<unknown>(scope.find(rows).toArray());
  for (const heading of scope.find(rows).find("h1, h2, h3, h4, h5, h6").toArray()) {
    const inner = page(heading).find("a[href]").first();
    const link = inner.length > 0 ? inner : page(heading).closest("a[href]");
    const row = page(heading).closest(rows)[0];
    // A row with many links is a list in an article's clothes.
    if (!inScope.has(row) || page(row).find("a[href]").length > maxLinksBeside) continue;
    if (link.length > 0) headed.set(row, headed.has(row) ? null : link[0]);
  }
  return headed;
}

function isInside(element: Node, set: Set<unknown>): boolean {
  for (let at: unknown = element; isElement(at); at = at.parent) if (set.has(at)) return true;
  return false;
}

function isBesideHeading(element: Node, headed: Map<unknown, unknown>): boolean {
  for (let at: unknown = element.parent; isElement(at); at = at.parent) {
    const link = headed.get(at);
    if (link) return link !== element;
  }
  return false;
}

function titleOf(link: Elements): string {
  // A link around a whole card has the title in its heading.
  const heading = plainTitle(link.find("h1, h2, h3, h4, h5, h6").first().html() ?? "");
  const text = isTitle(heading) ? heading : plainTitle(link.html() ?? "");
  if (isTitle(text)) return text;
  return [text, collapse(link.attr("title") ?? ""), collapse(link.attr("aria-label") ?? "")].find(isTitle) ?? text;
}

function isTitle(text: string): boolean {
  const dense = text.match(/[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return text.length >= (dense >= 4 ? minDense : minLetters) && /\p{L}{2}/u.test(text) && !navigation.test(text);
}

/** One candidate an address, in the place of the first, with the longest title. */
function longest(candidates: readonly Candidate[]): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const earlier = best.get(candidate.url);
    if (!earlier || candidate.title.length > earlier.title.length) best.set(candidate.url, candidate);
  }
  return [...best.values()];
}

/** The elements that hold links to more than one address: a date in these is nobody's. */
function crowded(candidates: readonly Candidate[]): Set<unknown> {
  const owner = new Map<unknown, string>();
  const crowd = new Set<unknown>();
  for (const { element, url } of candidates) {
    for (let at = element.parent; at; at = at.parent) {
      if ((owner.get(at) ?? url) !== url) crowd.add(at);
      owner.set(at, url);
    }
  }
  return crowd;
}

function draftOf(page: CheerioAPI, { element, url, title }: Candidate, base: string, crowd: Set<unknown>): Draft {
  const date = dateBeside(page, element, title, crowd);
  return {
    title,
    links: [url],
    base,
    dates: date === null ? [] : [date],
    description: null,
    content: null,
    guid: null,
  };
}

/** The date in the link's row, or in what surrounds this link and no other. */
function dateBeside(page: CheerioAPI, element: Node, title: string, crowd: Set<unknown>): string | null {
  const row = page(element).closest(rows);
  if (row.length > 0 && !isCrowdedRow(row, crowd)) {
    const date = dateIn(row, title);
    if (date !== null) return date;
  }
  let at: Node | null = element;
  for (let step = 0; at && step < maxClimb && !crowd.has(at); step += 1) {
    const date = dateIn(page(at), title);
    if (date !== null) return date;
    at = isElement(at.parent) ? at.parent : null;
  }
  return null;
}

/** A row of a table or list belongs to its links together, unless it holds rows of its own. */
function isCrowdedRow(row: Elements, crowd: Set<unknown>): boolean {
  return crowd.has(row[0]) && (row.find(rows).length > 1 || row.find("time").length > 1);
}

function isElement(node: unknown): node is Node {
  return typeof node === "object" && node !== null && "name" in node && "attribs" in node;
}

/** The text of elements, its pieces parted even where no white space stands between them. */
export function wordsOf(elements: Elements): string {
  const words: string[] = [];
  const waiting: unknown[] = elements.toArray().toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== "object" || node === null) continue;
    if ("type" in node && node.type === "text" && "data" in node) words.push(String(node.data));
    if (!("type" in node) || node.type === "script" || node.type === "style") continue;
    if (!("children" in node) || !Array.isArray(node.children)) continue;
    for (let index = node.children.length - 1; index >= 0; index -= 1) waiting.push(node.children[index]);
  }
  return collapse(words.join(" "));
}

function dateIn(around: Elements, title: string): string | null {
  const time = around.find("time").first();
  const written = readDate(time.attr("datetime") ?? "") ?? readDate(wordsOf(time));
  if (written !== null) return written;
  const text = wordsOf(around);
  // The title may name a day of its own, which is not when it was published.
  return text.length > maxRowText ? null : dayIn(text.replace(title, " "));
}
