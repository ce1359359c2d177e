import type { Block, Layout } from "./document.ts";
import { tidy } from "./page-blocks.ts";

const headingMarks = /^#{1,6}\s+/;

/** Reads plain text: paragraphs are parted by empty lines, and a line that begins with # is a heading, as in Markdown. */
export function readText(text: string): Layout {
  const blocks = text
    .replace(/\r\n?/g, "\n")
    .split(/\n\s*\n/)
    .flatMap((part): Block[] => {
      const marks = headingMarks.exec(part)?.[0].trim().length ?? 0;
      const line = tidy(part.replace(headingMarks, ""));
      if (line === "") return [];
      return [marks > 0 ? { kind: "heading", level: marks, text: line } : { kind: "paragraph", text: line, lead: null }];
    });
  return { title: blocks[0]?.text ?? "", blocks, pages: null };
}
