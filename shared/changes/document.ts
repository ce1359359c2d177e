/** A piece of a page as it is laid out, before anyone asked what it means. */
export type Block =
  | { readonly kind: "heading"; /** 1 is the highest. */ readonly level: number; readonly text: string }
  /** `lead` is what the page sets apart at the beginning of the text, such as "Arbitrary Arrest". */
  | { readonly kind: "paragraph"; readonly text: string; readonly lead: string | null }
  | { readonly kind: "row"; readonly text: string };

/** What was published, as it is laid out. */
export interface Layout {
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Null where it has no pages. */
  readonly pages: number | null;
}

/** One paragraph, list item or row of a table. */
export interface Paragraph {
  /** "12." or "(a)", as it stands in front; null without one. A number that moved is no change of the text. */
  readonly label: string | null;
  readonly text: string;
}

/** A heading and the text right below it, up to the next heading. */
export interface Section {
  /** Empty for what stands before the first heading. */
  readonly heading: string;
  /** The headings that this one lies under, the highest first. */
  readonly within: readonly string[];
  readonly paragraphs: readonly Paragraph[];
}

/** How much of what was published is in the document: all of it, its chapter on the theme, or only what names the theme. */
export type Scope = "whole" | "chapter" | "mentions";

/** What an edition says on the theme. */
export interface Document {
  readonly title: string;
  readonly scope: Scope;
  readonly sections: readonly Section[];
  /** Pages of all that was published; null where it has none. */
  readonly pages: number | null;
}
