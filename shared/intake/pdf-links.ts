import { load } from "cheerio/slim";
import { guard } from "./guard.ts";
import { absolute } from "./link.ts";
import { collapse } from "./text.ts";

/** A link to a PDF. */
export interface PdfLink {
  readonly url: string;
  /** The words of the link, and what else it says of itself. */
  readonly text: string;
}

/** The links of a page to PDFs, one an address. Throws SourceError where the page is too large or too deep to be read safely. */
export function pdfLinks(html: string, base: string): PdfLink[] {
  guard(html);
  const $ = load(html);
  const found = new Map<string, string[]>();
  for (const element of $("a[href]").toArray()) {
    const link = $(element);
    const url = absolute(link.attr("href") ?? "", base)?.replace(/#.*$/, "");
    if (url === undefined || !(/\.pdf(?:$|\?)/i.test(url) || link.attr("type") === "application/pdf")) continue;
    found.set(url, [...(found.get(url) ?? []), collapse(`${link.text()} ${link.attr("title") ?? ""} ${link.attr("aria-label") ?? ""}`)]);
  }
  return [...found].map(([url, texts]) => ({ url, text: texts.join(" ") }));
}
