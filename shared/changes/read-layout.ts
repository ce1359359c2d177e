import { countryPart } from "./country-part.ts";
import type { Document, Layout } from "./document.ts";
import { headingKey } from "./headings.ts";
import type { Names } from "../recognition/names.ts";
import { outline } from "./outline.ts";

/** A document's title stands among its first headings and paragraphs. */
const titleWithin = 10;

/** What a layout says on the theme, in sections. */
export function documentOf({ title, blocks, pages }: Layout, names: Names): Document {
  // The title is no section, and is another one each year.
  const own = blocks.findIndex(({ kind, text }, at) => at < titleWithin && kind === "heading" && headingKey(text) === headingKey(title));
  const part = countryPart(names, title, own === -1 ? blocks : blocks.toSpliced(own, 1));
  return { title, scope: part.scope, sections: outline(part.blocks), pages };
}
