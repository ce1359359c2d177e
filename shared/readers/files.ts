import type { ObjectAnswer } from "../lambda/bucket.ts";

/**
 * Files that watch makes of what is on record, so that readers of the site need not ask the table: in a data folder, or
 * in a bucket. They are made again from the table whenever they are absent or in another format, so they may be lost.
 */
export interface ReaderFiles {
  /** The file, or that it is still the one with this tag. It is given whole. Throws where it may be there and cannot be read. */
  read(name: string, tag?: string): Promise<ObjectAnswer>;
  /** Puts the file in the place of the one before. Whoever reads at that moment is given the one or the other. */
  write(name: string, text: string): Promise<void>;
}

/** The object that a file holds if it is in the format that this program reads; undefined where it is absent, damaged or in another one. */
export function inFormat<Content extends { readonly format: string }>(text: string, format: Content["format"], isWhole: (value: object) => value is Content): Content | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "format" in value && value.format === format && isWhole(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
