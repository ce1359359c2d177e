import type { CheerioAPI } from "cheerio/slim";
import { dayIn, readDate } from "./dates.ts";
import { type Draft, maxEntries } from "./draft.ts";
import { absolute } from "./link.ts";
import { below, count, nearest, type TreeNode } from "./page-tree.ts";
import { collapse, plainTitle } from "./text.ts";

type Elements = ReturnType<CheerioAPI>;
type Node = NonNullable<Elements[0]>;

/** A link that may be an item. */
interface Candidate {
  readonly element: Node;
  readonly url: string;
  readonly title: string;
}

/** What surrounds the links. */
interface Beside {
  /** The date that stands in an element, those in a title not counted. */
  readonly dateIn: (around: Node, title: string) => string | null;
  /** Whether it holds links to more than one address: a date in it is nobody's. */
  readonly isCrowded: (node: Node) => boolean;
  readonly isCrowdedRow: (row: Node) => boolean;
}

const mains = ["main, [role=main]", "#content, #main, #main-content, #contents, #container", "body"];
const outside = "nav, aside, form, [role=navigation], [role=search], .breadcrumb, .breadcrumbs, .pagination, .pager, .paging";
const rows = "article, li, tr, dd";
const rowNames: ReadonlySet<string> = new Set(rows.split(", "));
const minLetters = 15;
// Hangul, Hanja and kana say in eight letters what Latin says in fifteen.
const minDense = 8;
const maxRowText = 1000;
const maxClimb = 6;
const maxLinksBeside = 12;
// No list is as long. What is searched for each link is bounded as well, so that a page cannot make it the square of its size.
const maxLinks = 20_000;
// One more than is read, which says that there are more.
const maxCandidates = maxEntries + 1;
const maxRowNodes = 2000;
const maxLinkNodes = 500;
const maxLinkText = 20_000;
const maxLabel = 1000;
const maxWords = 50_000;

const navigation =
  /^(?:read|learn|see|view|show|find out|load|discover)\s+(?:more|all|full|the full)\b|^(?:continue reading|more (?:about|from|information|news|on)\b|next\b.{0,12}$|previous\b.{0,12}$|page \d|(?:go |back )?to (?:the )?(?:top|home|main|previous|next)\b|skip to|jump to|sign (?:up|in)\b|log ?in\b|subscribe\b|share (?:on|this|via)\b|follow us|contact us|privacy|terms (?:of|and)|cookie|accessibility|download (?:the )?(?:pdf|file)s?$|print this|email this|open in a new)|더\s?보기|자세히\s?보기|목록|이전\s?(?:글|페이지)|다음\s?(?:글|페이지)|바로\s?가기|개인정보|이용약관/iu;
const sharing = /^https?:\/\/(?:[\w-]+\.)*(?:facebook\.com\/(?:share|dialog)|twitter\.com\/(?:intent|share)|x\.com\/(?:intent|share)|linkedin\.com\/share|pinterest\.com\/pin|reddit\.com\/submit|api\.whatsapp\.com|wa\.me|t\.me\/share|telegram\.me\/share)/i;

/** The links of the page's main part that may be items: in the order of the page, one an address, with a date where one stands beside it. */
export function linksOf(page: CheerioAPI, base: string): Draft[] {
  for (const selector of mains) {
    const candidates = candidatesIn(page, page(selector), base);
    if (candidates.length === 0) continue;
    const crowd = crowded(candidates);
    const beside = { dateIn: datesKept(), isCrowded: (node: Node) => crowd.has(node), isCrowdedRow: remembered((row: Node) => crowd.has(row) && holdsRows(row)) };
    return longest(candidates).map((candidate) => draftOf(page, candidate, base, beside));
  }
  return [];
}

function candidatesIn(page: CheerioAPI, scope: Elements, base: string): Candidate[] {
  const here = base.replace(/#.*$/, "");
  const barred = barredIn(scope);
  const barredAround = nearest((node) => barred.has(node) || undefined);
  const headingAround = headingLinks(scope);
  const found: Candidate[] = [];
  for (const element of scope.find("a[href]").toArray().slice(0, maxLinks)) {
    if (found.length === maxCandidates) break;
    const link = page(element);
    const href = (link.attr("href") ?? "").trim();
    const url = href.startsWith("#") ? null : (absolute(href, base)?.replace(/#.*$/, "") ?? null);
    if (url === null || url === here || sharing.test(url) || barredAround(element) || !isSmall(element)) continue;
    const title = titleOf(link);
    if (isTitle(title) && (headingAround(element.parent) ?? element) === element) found.push({ element, url, title });
  }
  return found;
}

/** What is navigation. A header or footer counts only when it is the page's, not an item's. */
function barredIn(scope: Elements): Set<unknown> {
  const items = new Set<TreeNode>(scope.find("article, li, section").toArray());
  const isInItem = nearest((node) => items.has(node) || undefined);
  const heads = scope.find("header, footer").toArray();
  return new Set<unknown>([...scope.find(outside).toArray(), ...heads.filter((head) => !isInItem(head))]);
}

/** The link that heads the nearest row which one heading heads: that one is the item, the others there are tags and persons. */
function headingLinks(scope: Elements): (node: TreeNode | null) => TreeNode | undefined {
  const headed = new Map<TreeNode, TreeNode | null>();
  const inScope = new Set<TreeNode>(scope.find(rows).toArray());
  const rowAround = nearest((node) => (inScope.has(node) ? node : undefined));
  const linkAround = nearest((node) => (isLink(node) ? node : undefined));
  for (const heading of scope.find("h1, h2, h3, h4, h5, h6").toArray()) {
    const link = firstLink(heading) ?? linkAround(heading);
    const row = rowAround(heading);
    // A row with many links is a list in an article's clothes.
    if (!link || !row || count(row, isLink, maxLinksBeside + 1, maxRowNodes) > maxLinksBeside) continue;
    headed.set(row, headed.has(row) ? null : link);
  }
  return nearest((node) => headed.get(node) ?? undefined);
}

function isLink({ name, attribs }: TreeNode): boolean {
  return name === "a" && attribs?.["href"] !== undefined;
}

function firstLink(root: TreeNode): TreeNode | undefined {
  for (const node of below(root, maxLinkNodes)) if (isLink(node)) return node;
  return undefined;
}

/** Who puts a whole page into a link has no title for us, and links may stand in one another. */
function isSmall(link: TreeNode): boolean {
  let nodes = 0;
  let length = 0;
  for (const { data } of below(link, maxLinkNodes + 1)) {
    nodes += 1;
    length += data?.length ?? 0;
    if (nodes > maxLinkNodes || length > maxLinkText) return false;
  }
  return true;
}

function titleOf(link: Elements): string {
  // A link around a whole card has the title in its heading.
  const heading = plainTitle(link.find("h1, h2, h3, h4, h5, h6").first().html() ?? "");
  const text = isTitle(heading) ? heading : plainTitle(link.html() ?? "");
  if (isTitle(text)) return text;
  return [text, labelOf(link, "title"), labelOf(link, "aria-label")].find(isTitle) ?? text;
}

function labelOf(link: Elements, name: string): string {
  return collapse((link.attr(name) ?? "").slice(0, maxLabel));
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
    for (let at = element.parent; at && !crowd.has(at) && owner.get(at) !== url; at = at.parent) {
      if (owner.has(at)) crowd.add(at);
      owner.set(at, url);
    }
  }
  return crowd;
}

function draftOf(page: CheerioAPI, { element, url, title }: Candidate, base: string, beside: Beside): Draft {
  const date = dateBeside(page, element, title, beside);
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
function dateBeside(page: CheerioAPI, element: Node, title: string, { dateIn, isCrowded, isCrowdedRow }: Beside): string | null {
  const row = page(element).closest(rows)[0];
  if (row && !isCrowdedRow(row)) {
    const date = dateIn(row, title);
    if (date !== null) return date;
  }
  let at: Node | null = element;
  for (let step = 0; at && step < maxClimb && !isCrowded(at); step += 1) {
    const date = dateIn(at, title);
    if (date !== null) return date;
    at = isElement(at.parent) ? at.parent : null;
  }
  return null;
}

const isRow = ({ name }: TreeNode): boolean => rowNames.has(name ?? "");
const isTime = ({ name }: TreeNode): boolean => name === "time";

/** A row of a table or list belongs to its links together, unless it holds rows of its own. */
function holdsRows(row: Node): boolean {
  // The row itself is the first of its rows.
  return count(row, isRow, 3, maxRowNodes) > 2 || count(row, isTime, 2, maxRowNodes) > 1;
}

function isElement(node: unknown): node is Node {
  return typeof node === "object" && node !== null && "name" in node && "attribs" in node;
}

/** The text of elements, its pieces parted even where no white space stands between them. */
export function wordsOf(elements: Elements): string {
  const words: string[] = [];
  for (const element of elements.toArray()) words.push(...piecesOf(element, maxWords));
  return collapse(words.join(" "));
}

function* piecesOf(element: TreeNode, most: number): Generator<string> {
  const inScript = nearest(({ type }) => type === "script" || type === "style" || undefined);
  for (const node of below(element, most)) if (node.type === "text" && !inScript(node)) yield node.data ?? "";
}

/** The text of an element; null where it is longer than a row is. */
function rowText(element: TreeNode): string | null {
  const words: string[] = [];
  let length = 0;
  for (const word of piecesOf(element, maxRowNodes)) {
    words.push(word);
    length += word.trim().length;
    if (length > maxRowText) return null;
  }
  const text = collapse(words.join(" "));
  return text.length > maxRowText ? null : text;
}

function datesKept(): Beside["dateIn"] {
  const read = remembered((around: Node): { written: string | null; text: string } => {
    const time = firstTime(around);
    const written = time ? (readDate(time.attribs?.["datetime"] ?? "") ?? readDate(rowText(time) ?? "")) : null;
    return { written, text: written === null ? (rowText(around) ?? "") : "" };
  });
  return (around, title) => {
    const { written, text } = read(around);
    // The title may name a day of its own, which is not when it was published.
    return written ?? dayIn(text.replace(title, " "));
  };
}

/** The same answers, each found once: a row may hold thousands of links that all ask. */
function remembered<K, V>(find: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key) ?? find(key);
    known.set(key, found);
    return found;
  };
}

function firstTime(around: TreeNode): TreeNode | undefined {
  for (const node of below(around, maxRowNodes)) if (node.name === "time" && node !== around) return node;
  return undefined;
}
