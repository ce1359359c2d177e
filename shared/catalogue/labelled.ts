import * as z from "zod";
import { messageOf } from "../fault.ts";

/** An item of which people know what it is. The label is a series for its release, `related` for a notice or coverage of one, `none` for neither. */
const LabelledItem = z.object({
  source: z.string().nullable().default(null),
  title: z.string().min(1),
  url: z.string().nullable().default(null),
  published: z.string().nullable().default(null),
  summary: z.string().nullish(),
  symbol: z.string().nullable().default(null),
  label: z.string().min(1),
  /** Null where the series is not counted by years, or nobody knows the year. */
  edition: z.int().nullable().default(null),
  /** Paragraphs of the linked page, where only they can tell. */
  body: z.array(z.string()).optional(),
  /** Written for this set in a publisher's style; no such item is claimed to exist. */
  synthetic: z.boolean().default(false),
});

export type LabelledItem = z.infer<typeof LabelledItem>;

/** The label is that of a release, and so the id of a series. */
export function isEdition({ label }: Pick<LabelledItem, "label">): boolean {
  return label !== "related" && label !== "none";
}

/** A file of labelled items is not what it should be; the message says which line, and what to do. */
export class LabelError extends Error {
  override readonly name = "LabelError";
}

function parseLine(name: string, text: string, line: number): LabelledItem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LabelError(`${name}, line ${line} is not JSON: ${messageOf(error)}`, { cause: error });
  }
  const parsed = LabelledItem.safeParse(value);
  if (parsed.success) return parsed.data;
  const [fault] = parsed.error.issues;
  throw new LabelError(`${name}, line ${line}: ${fault?.path.join(".") || "the line"}: ${fault?.message}. A line is {"source", "title", "url", "published", "symbol", "label", "edition"}.`);
}

/** Labelled items from the text of a file, a line of JSON each. `name` is the file's, for messages. Throws LabelError. */
export function parseLabelled(name: string, text: string): LabelledItem[] {
  return text.split("\n").flatMap((line, index) => (line.trim() === "" ? [] : [parseLine(name, line, index + 1)]));
}
