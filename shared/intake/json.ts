import type { Source } from "../catalogue/schema.ts";
import { isChallenge } from "./challenge.ts";
import type { Draft } from "./draft.ts";
import { firstEntries, toReading } from "./draft.ts";
import type { Json } from "./feed-json.ts";
import { isObject, readJsonFeed, textAt, textsAt } from "./feed-json.ts";
import { parseJson } from "./guard-json.ts";
import { SourceError } from "./health.ts";
import type { Reading } from "./item.ts";

type Paths = Omit<Extract<Source["read"], { as: "json" }>, "as">;

/**
 * Reads a JSON API in the shape that its source names.
 * @throws SourceError with reason challenge, not-a-feed (no JSON, or not of that shape), too-large or too-deep.
 */
export function readJson(text: string, base: string, read: Paths): Reading {
  const answer = parse(text);
  if (read.api === "jsonfeed") return readJsonFeed(answer, base);
  if (read.api === "federal-register") return toReading(listAt(answer, "results").map((result) => federalRegister(result, base)));
  if (read.api === "reliefweb") return toReading(listAt(answer, "data").map((report) => reliefweb(report, base)));
  return toReading(listAt(answer, read.items ?? "").map((item) => listed(item, base, read)));
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    if (isChallenge(text)) throw new SourceError("challenge", "A firewall's page came instead of the JSON.", { cause: error });
    const start = text.slice(0, 60).replace(/\s+/g, " ").trim();
    throw new SourceError("not-a-feed", `The answer is no JSON; it begins with "${start}".`, { cause: error });
  }
}

function listAt(answer: unknown, path: string): readonly Json[] {
  const list = path === "" ? answer : valueAt(answer, path);
  if (Array.isArray(list)) return firstEntries(list.filter(isObject));
  throw new SourceError("not-a-feed", `The answer has no list ${path === "" ? "at its top" : `at "${path}"`}.`);
}

function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const name of path.split(".")) {
    if (Array.isArray(at)) at = at[Number(name)];
    else at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  }
  return at;
}

function textAtPath(value: Json, path: string): string | null {
  const found = valueAt(value, path);
  if (typeof found === "string") return found;
  return typeof found === "number" ? String(found) : null;
}

/** A document of the Federal Register, or one on public inspection, which has a date of filing and perhaps no title yet. */
function federalRegister(result: Json, base: string): Draft {
  const subject = textsAt(result, "toc_subject", "toc_doc").join(" ");
  return {
    title: textAt(result, "title") ?? subject,
    links: textsAt(result, "html_url", "pdf_url"),
    base,
    dates: textsAt(result, "filed_at", "publication_date"),
    description: textAt(result, "abstract"),
    content: textAt(result, "excerpts"),
    guid: textAt(result, "document_number"),
    symbol: textAt(result, "citation"),
  };
}

const symbolInTitle = /\((?:[^()]*\s)?((?:A|S|E|ST|HRI|CAT|CCPR|CED|CEDAW|CERD|CRC|CRPD|CMW)\/[A-Z0-9/.-]*\d[A-Z0-9/.-]*)\)/;

function reliefweb(report: Json, base: string): Draft {
  const fields = isObject(report["fields"]) ? report["fields"] : {};
  const title = textAt(fields, "title");
  return {
    title,
    links: [...textsAt(fields, "url_alias", "url"), `https://reliefweb.int/node/${textAt(report, "id") ?? ""}`],
    base,
    dates: ["date.created", "date.original", "date.changed"].map((path) => reliefwebDate(fields, path)),
    description: textAt(fields, "body-html") ?? textAt(fields, "body"),
    content: null,
    guid: textAt(report, "id"),
    // ReliefWeb ends the titles of UN documents with their symbol.
    symbol: symbolInTitle.exec(title?.slice(-300) ?? "")?.[1] ?? null,
    language: textAtPath(fields, "language.0.code"),
  };
}

/** ReliefWeb writes a day as its midnight in UTC. */
function reliefwebDate(fields: Json, path: string): string {
  return (textAtPath(fields, path) ?? "").replace(/T00:00:00(?:\+00:00|Z)$/, "");
}

function listed(item: Json, base: string, read: Paths): Draft {
  const date = textAtPath(item, read.date ?? "date");
  return {
    title: textAtPath(item, read.title ?? "title"),
    links: [textAtPath(item, read.link ?? "url") ?? ""],
    base,
    dates: date === null ? [] : [date],
    description: textAtPath(item, read.summary ?? "summary"),
    content: null,
    guid: textAt(item, "id"),
  };
}
