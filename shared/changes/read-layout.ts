import { countryPart } from "./country-part.ts";
import type { Document, Layout } from "./document.ts";
import { headingKey } from "./headings.ts";
import { outline } from "./outline.ts";

/** What a layout says on the DPRK, in sections. */
export function documentOf({ title, blocks, pages }: Layout): Document {
  const [first, ...rest] = blocks;
  // The title is no section, and is another one each year.
  const repeats = first?.kind === "heading" && headingKey(first.text) === headingKey(title);
  const part = countryPart(title, repeats ? rest : blocks);
  return { title, scope: part.scope, sections: outline(part.blocks), pages };
}
