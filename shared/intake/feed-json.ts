import type { Draft } from "./draft.ts";
import { firstEntries, toReading } from "./draft.ts";
import { SourceError } from "./health.ts";
import type { Reading } from "./item.ts";

/** A JSON object whose members are not known yet. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a parsed value is an object with members. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member as text: a number is written out, anything else is null. */
export function textAt(value: Json, name: string): string | null {
  const member = Object.hasOwn(value, name) ? value[name] : undefined;
  if (typeof member === "string") return member;
  return typeof member === "number" ? String(member) : null;
}

/** The first members that are text, in the order of their names. */
export function textsAt(value: Json, ...names: readonly string[]): string[] {
  return names.map((name) => textAt(value, name)).filter((text) => text !== null);
}

/**
 * Reads a JSON Feed, version 1.0 or 1.1.
 * @throws SourceError with reason not-a-feed when there is no list of items.
 */
export function readJsonFeed(feed: unknown, base: string): Reading {
  if (!isObject(feed) || !Array.isArray(feed["items"])) {
    throw new SourceError("not-a-feed", 'The JSON is no JSON Feed: it has no list "items".');
  }
  return toReading(firstEntries(feed["items"].filter(isObject)).map((item) => draftOf(item, textAt(feed, "home_page_url") ?? base)));
}

function draftOf(item: Json, base: string): Draft {
  return {
    title: textAt(item, "title"),
    links: [...textsAt(item, "url", "external_url"), ...textsAt(item, "id").filter((id) => /^https?:/i.test(id))],
    base,
    dates: textsAt(item, "date_published", "date_modified"),
    description: textAt(item, "summary"),
    content: textAt(item, "content_html") ?? textAt(item, "content_text"),
    guid: textAt(item, "id"),
    language: textAt(item, "language"),
  };
}
