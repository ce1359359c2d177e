import { load } from "cheerio/slim";
import type { Draft } from "./draft.ts";
import { isChallenge } from "./challenge.ts";
import { firstEntries, toReading } from "./draft.ts";
import { guard } from "./guard.ts";
import { SourceError } from "./health.ts";
import type { Reading } from "./item.ts";
import { below } from "./page-tree.ts";

/** A node of cheerio's tree, as far as it is used here. */
interface Node {
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly Node[];
}

/** The fields of a record, by tag; a subfield is a code and its text. */
type Fields = ReadonlyMap<string, readonly (readonly (readonly [code: string, text: string])[])[]>;

/** Of one subfield, which holds a line of text. */
const maxText = 20_000;
const maxNodes = 1000;

const languages: Readonly<Record<string, string>> = { ara: "ar", chi: "zh", eng: "en", fre: "fr", rus: "ru", spa: "es" };
/** What a record is on: bodies, meetings, subjects and places. Who wrote or sponsored it stands in others. */
const subjects = ["610", "611", "650", "651"];

/**
 * Reads the records of a library as MARCXML, with or without a prefix before its names.
 * The statement of who wrote a text (245$c) is no part of its title: a co-sponsor is not what the text is on.
 * @throws SourceError with reason challenge, not-a-feed, too-large or too-deep.
 */
export function readMarc(text: string, base: string): Reading {
  if (isChallenge(text)) throw new SourceError("challenge", "A firewall's page came instead of the records.");
  guard(text, false);
  const root = rootOf(text);
  if (!root) {
    const start = text.slice(0, 60).replace(/\s+/g, " ").trim();
    throw new SourceError("not-a-feed", `The answer is no MARCXML; it begins with "${start}".`);
  }
  const records = localName(root) === "record" ? [root] : named(root, "record");
  return toReading(firstEntries(records).map((record) => draftOf(record, base)));
}

/** The collection or the one record that the document is. */
function rootOf(text: string): Node | undefined {
  const roots: readonly Node[] = load(text, { xml: { xmlMode: true, decodeEntities: true } }).root().children().toArray();
  return roots.find((node) => localName(node) === "collection" || localName(node) === "record");
}

function draftOf(record: Node, base: string): Draft {
  const fields = fieldsOf(record);
  const number = named(record, "controlfield").find(({ attribs }) => attribs?.["tag"] === "001");
  const id = number ? textOf(number) : "";
  const on = [...new Set(subjects.flatMap((tag) => valuesOf(fields, tag, "a")))];
  return {
    title: escaped(titleOf(fields)),
    links: [...(id === "" ? [] : [`/record/${id}`]), ...filesOf(fields)],
    base,
    dates: [...valuesOf(fields, "269", "a"), ...valuesOf(fields, "992", "a"), ...valuesOf(fields, "260", "c")],
    description: on.length > 0 ? escaped(`On: ${on.join("; ")}.`) : null,
    content: null,
    guid: id === "" ? null : id,
    symbol: valuesOf(fields, "191", "a").join("; ") || null,
    language: languageOf(fields),
  };
}

/** Title and remainder without the marks that catalogues put between them. */
function titleOf(fields: Fields): string {
  const parts = ["a", "b"].flatMap((code) => valuesOf(fields, "245", code).slice(0, 1));
  return parts.map((part) => part.replace(/\s*[:/;,=]\s*$/, "")).join(": ");
}

/** The addresses of the files, the English one first. */
function filesOf(fields: Fields): string[] {
  const files = valuesOf(fields, "856", "u");
  return [...files.filter(isEnglish), ...files.filter((file) => !isEnglish(file))];
}

function isEnglish(file: string): boolean {
  return /-EN\.\w+$/i.test(file);
}

/** The language of the text, where it has but one. */
function languageOf(fields: Fields): string | null {
  const [code, ...others] = valuesOf(fields, "041", "a");
  return code !== undefined && others.length === 0 ? (languages[code.toLowerCase()] ?? null) : null;
}

function fieldsOf(record: Node): Fields {
  const fields = new Map<string, (readonly (readonly [string, string])[])[]>();
  for (const field of named(record, "datafield")) {
    const tag = field.attribs?.["tag"] ?? "";
    const parts = named(field, "subfield").map((part) => [part.attribs?.["code"] ?? "", textOf(part)] as const);
    const list = fields.get(tag);
    if (list) list.push(parts);
    else fields.set(tag, [parts]);
  }
  return fields;
}

function valuesOf(fields: Fields, tag: string, code: string): string[] {
  return (fields.get(tag) ?? []).flatMap((field) => field.filter(([own, text]) => own === code && text !== "").map(([, text]) => text));
}

function named(parent: Node, name: string): Node[] {
  return (parent.children ?? []).filter((child) => localName(child) === name);
}

function textOf(node: Node): string {
  let text = "";
  for (const { data } of below(node, maxNodes)) text = (text + (data ?? "")).slice(0, maxText);
  return text.replace(/\s+/g, " ").trim();
}

/** Drafts hold markup, and this is plain text. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function localName({ name = "" }: Node): string {
  return name.slice(name.indexOf(":") + 1);
}
