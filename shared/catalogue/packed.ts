import { createHash } from "node:crypto";
import { messageOf } from "../fault.ts";
import type { Catalogue } from "./schema.ts";

/** Raise it when a reader of the old shape would misread the new. */
const format = 1;

/** A catalogue that was checked before, and its version. */
export interface Packed {
  /** Follows from the content: the same catalogue has the same version. */
  readonly version: string;
  readonly catalogue: Catalogue;
}

interface Content {
  readonly events: Pick<Catalogue, "theme" | "series" | "companions" | "about">;
  readonly sources: Pick<Catalogue, "sources" | "publishers">;
}

/** The version of a content by its text. */
function versionOf(content: string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}

/** The text of a pack: its frame goes before all else, so that the content's text is what is left. */
function textOf(version: string, content: string): string {
  return `${frameOf(version)}${content.slice(1)}`;
}

function frameOf(version: string): string {
  return `{"format":${format},"version":${JSON.stringify(version)},`;
}

/** Whether the content's text is the one of which the version was made. Written out anew it would be the same, but a large one takes seconds. */
function isAsChecked(text: string, version: string): boolean {
  const frame = frameOf(version);
  return text.startsWith(frame) && versionOf(`{${text.slice(frame.length)}`) === version;
}

/**
 * A checked catalogue as one text `{format, version, events, sources}`, with all that the two files may leave out
 * filled in: who reads it needs no schema, which weighs more than all else in a small function.
 */
export function packCatalogue({ theme, series, companions, about, sources, publishers }: Catalogue): string {
  const content = JSON.stringify({ events: { theme, series, companions, about }, sources: { sources, publishers } } satisfies Content);
  return textOf(versionOf(content), content);
}

/**
 * The catalogue in a text that packCatalogue made. Throws a sentence where it is another's: its version shows
 * whether anything was changed since it was checked.
 */
export function readPacked(text: string): Packed {
  const packed = parse(text);
  if (!isPacked(packed)) throw unusable("it is not what `npm run catalogue:push` writes");
  if (packed.format !== format) throw unusable(`it has format ${packed.format}, and this program reads ${format}: deploy the version that wrote it`);
  if (!isAsChecked(text, packed.version)) throw unusable("it was changed after it was checked");
  return { version: packed.version, catalogue: { ...packed.events, ...packed.sources } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unusable(`it is not JSON: ${messageOf(error)}`);
  }
}

function has<K extends string>(value: unknown, ...names: readonly K[]): value is Record<K, unknown> {
  return typeof value === "object" && value !== null && names.every((name) => name in value);
}

/** Only the frame is looked at: the version vouches for the rest. */
function isPacked(value: unknown): value is Content & { readonly format: number; readonly version: string } {
  return (
    has(value, "format", "version", "events", "sources") &&
    has(value.events, "theme", "series", "companions", "about") &&
    has(value.sources, "sources", "publishers")
  );
}

function unusable(why: string): Error {
  return new Error(`The packed catalogue cannot be used: ${why}. Push it again with \`npm run catalogue:push\`.`);
}
