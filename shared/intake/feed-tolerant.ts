import { load } from "cheerio/slim";
import { absolute } from "./link.ts";
import { type Draft, maxEntries } from "./draft.ts";
import { SourceError } from "./health.ts";

/** A node of cheerio's tree, as far as it is used here. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly Node[];
  readonly parent?: Node | null;
}

const roots = new Set(["rss", "feed", "rdf", "channel"]);
const dates = ["pubdate", "published", "issued", "date", "created", "updated", "modified", "lastmod"];

/**
 * Reads what a strict parser refuses: prefixed Atom, truncated and ill-formed feeds, naked markup, bases inside items.
 * Gives null when the content is no feed at all.
 */
export function readTolerant(text: string, base: string): Draft[] | null {
  const document = parse(text);
  const home = { value: base };
  const drafts: Draft[] = [];
  let isFeed = false;
  // The guard bounds the depth; a list instead of recursion keeps the order and spares the stack.
  const waiting: Node[] = [document];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const name = localName(node);
    isFeed ||= roots.has(name);
    if ((name === "item" || name === "entry") && drafts.length <= maxEntries) drafts.push(draftOf(node, home.value));
    else if (name === "link" && home.value === base) home.value = homeOf(node, base);
    push(waiting, node);
  }
  return isFeed ? drafts : null;
}

function parse(text: string): Node {
  try {
    return load(text, { xml: { xmlMode: true, decodeEntities: true } }).root()[0] ?? { type: "root" };
  } catch (error) {
    if (error instanceof RangeError) throw new SourceError("too-deep", "The feed is nested too deep to be read.", { cause: error });
    throw error;
  }
}

/** The address of the feed's own site, given before its items. */
function homeOf(link: Node, base: string): string {
  const parent = link.parent ? localName(link.parent) : "";
  if (parent !== "channel" && parent !== "feed") return base;
  const rel = link.attribs?.["rel"] ?? "alternate";
  return rel === "alternate" ? absolute(link.attribs?.["href"] ?? contentOf(link), baseOf(link, base)) ?? base : base;
}

function draftOf(item: Node, base: string): Draft {
  const fields = fieldsOf(item);
  const first = (...names: string[]): string | null => {
    for (const name of names) {
      for (const element of fields.get(name) ?? []) {
        const text = contentOf(element);
        if (text.trim() !== "") return text;
      }
    }
    return null;
  };
  const about = item.attribs?.["rdf:about"];
  return {
    title: first("title"),
    links: linksOf(item, fields, base),
    base: baseOf(item, base),
    dates: dates.flatMap((name) => fields.get(name) ?? []).map(contentOf),
    description: first("description", "summary", "abstract"),
    content: first("encoded", "content", "body"),
    guid: first("guid", "id") ?? about ?? null,
    language: first("language") ?? item.attribs?.["xml:lang"] ?? null,
  };
}

/** The item's own elements by local name; those of its own vocabulary come first. */
function fieldsOf(item: Node): Map<string, Node[]> {
  const prefix = prefixOf(item);
  const fields = new Map<string, Node[]>();
  for (const child of item.children ?? []) {
    const from = prefixOf(child);
    // Captions of pictures and podcast extras are not the item's.
    if (child.name === undefined || from === "media" || from === "itunes") continue;
    const list = fields.get(localName(child));
    if (list) list.push(child);
    else fields.set(localName(child), [child]);
  }
  const rank = (node: Node): number => (prefixOf(node) === prefix ? 0 : 1);
  for (const list of fields.values()) list.sort((one, other) => rank(one) - rank(other));
  return fields;
}

function linksOf(item: Node, fields: Map<string, Node[]>, base: string): string[] {
  const found: string[] = [];
  for (const link of fields.get("link") ?? []) {
    const { rel = "alternate", href } = link.attribs ?? {};
    const written = href ?? contentOf(link).trim();
    if (written === "" || rel !== "alternate") continue;
    found.push(absolute(written, baseOf(link, base)) ?? written);
  }
  const permanent = (fields.get("guid") ?? []).filter((guid) => guid.attribs?.["isPermaLink"] !== "false");
  const last = [...permanent, ...(fields.get("id") ?? [])].map(contentOf).filter((text) => /^\s*https?:\/\//i.test(text));
  const { "rdf:about": about = "", href = "", HREF = "" } = item.attribs ?? {};
  return [...found, ...last, about, href, HREF].filter((link) => link.trim() !== "");
}

/** xml:base of the node and of all around it, each resolved against the next outer one. */
function baseOf(node: Node, base: string): string {
  const written: string[] = [];
  for (let at: Node | null | undefined = node; at; at = at.parent) {
    const value = at.attribs?.["xml:base"];
    if (value !== undefined) written.unshift(value);
  }
  return written.reduce((outer, inner) => absolute(inner, outer) ?? outer, base);
}

/** Far more than any title or summary needs: items may stand in one another, and then each would hold all that follows. */
const maxContent = 20_000;

/** The text of an element, some 20,000 characters of it; where it holds elements, their markup, so that words stay parted. */
function contentOf(element: Node): string {
  let text = "";
  const open: { readonly children: Iterator<Node>; readonly end: string }[] = [{ children: (element.children ?? []).values(), end: "" }];
  for (let inner = open.at(-1); inner && text.length < maxContent; inner = open.at(-1)) {
    const { value: node, done } = inner.children.next();
    if (done || !node) {
      text += inner.end;
      open.pop();
    } else if (node.type === "text") text += node.data ?? "";
    else if (node.type === "cdata" || node.name !== undefined) {
      const name = node.type === "cdata" ? "" : localName(node);
      text += name && `<${name}>`;
      open.push({ children: (node.children ?? []).values(), end: name && `</${name}>` });
    }
  }
  return text;
}

/** Puts the children on the list so that the first is taken first. */
function push(waiting: Node[], parent: Node): void {
  const children = parent.children ?? [];
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const child = children[index];
    if (child) waiting.push(child);
  }
}

function localName(node: Node): string {
  const name = node.name ?? "";
  return name.slice(name.indexOf(":") + 1).toLowerCase();
}

function prefixOf(node: Node): string {
  const name = node.name ?? "";
  return name.slice(0, Math.max(0, name.indexOf(":")));
}
