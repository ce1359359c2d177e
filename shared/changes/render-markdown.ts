import { notes, type Part, type Row, rowNames, type View } from "./view.ts";
import type { Piece } from "./word-diff.ts";

const escape = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, String.raw`\$&`);
/** A mark holds only where no white space stands inside it. */
function marked(text: string, mark: string): string {
  const [, lead = "", words = "", end = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  return words === "" ? text : `${lead}${mark}${escape(words)}${mark}${end}`;
}

function inline(pieces: readonly Piece[]): string {
  return pieces.map(({ kind, text }) => (kind === "same" ? escape(text) : marked(text, kind === "gone" ? "~~" : "**"))).join("").trim();
}

function line(row: Row): string {
  const notesOf = [row.movedFrom === null ? null : `was in “${escape(row.movedFrom)}”`, row.moved && row.movedFrom === null && row.kind === "changed" ? "moved" : null, row.wordingOnly ? "wording only" : null];
  const said = notesOf.filter((note) => note !== null);
  const lead = `- ${rowNames[row.kind]}${row.label === null ? "" : ` in ${escape(row.label)}`}${said.length > 0 ? ` (${said.join(", ")})` : ""}: `;
  if (row.kind !== "changed") return lead + inline(row.kind === "removed" ? row.before : row.after);
  return `${lead}\n  - ${inline(row.before)}\n  - ${inline(row.after)}`;
}

function part({ heading, formerly, state, rows }: Part): string {
  const said = formerly === null ? (state === "kept" ? "" : ` (${state})`) : ` (was “${escape(formerly)}”)`;
  return [`### ${escape(heading) || "Before the first heading"}${said}`, ...(rows.length > 0 ? [rows.map(line).join("\n")] : [])].join("\n\n");
}

/** A comparison as Markdown: the summary, then the differences by section, with ~~what is gone~~ and **what is new**. */
export function changesMarkdown(view: View): string {
  const { subject, summary, parts } = view;
  const told = [subject.before, subject.after].map(({ year, url, sha256 }) => `- ${year}: ${url === null ? "address not known" : `<${url}>`}${sha256 === null ? "" : ` (SHA-256 \`${sha256}\`)`}`);
  const differences = parts.length > 0 ? ["## Differences, by section", ...parts.map(part)] : [];
  return `${[`# ${escape(subject.series.name)}: ${subject.before.year} and ${subject.after.year}`, told.join("\n"), "## Summary", summary.map((text) => `- ${escape(text)}`).join("\n"), ...differences, "## How to read this", notes(view).map((note) => `- ${note}`).join("\n")].join("\n\n")}\n`;
}
