import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** A text for readers, by its path from the project's root. */
export interface Doc {
  readonly path: string;
  readonly text: string;
}

/** A text of the project, by its path from the root. */
export function doc(path: string): Doc {
  return { path, text: readFileSync(join(root, path), "utf8") };
}

/** Every text that is written for readers. */
export function allDocs(): Doc[] {
  const under = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));
  return ["README.md", "CHANGELOG.md", "SECURITY.md", ...under.map((path) => `docs/${path}`)].map(doc);
}

/** A fenced block: what its fence says, what it holds, and the comment right above it that says where it comes from. */
export interface Block {
  readonly info: string;
  readonly text: string;
  readonly from: string | undefined;
}

/** The fenced blocks of a text, in order. */
export function blocks({ text }: Doc): Block[] {
  const found = text.matchAll(/(?:^<!-- (.+) -->\n)?^```(.*)\n([\s\S]*?)^```$/gm);
  return [...found].map(([, from, info = "", content = ""]) => ({ info, text: content, from }));
}

/** Lines without the spaces at their ends, which editors take away. */
export const trimmed = (text: string): string[] => text.trimEnd().split("\n").map((line) => line.trimEnd());

/** The lines of the README's block whose comment says that it comes from this command. */
export function shown(command: string): string[] {
  const block = blocks(doc("README.md")).find(({ from }) => from === command);
  if (!block) throw new Error(`The README shows nothing of ${command}.`);
  return trimmed(block.text);
}

/** The text without its fenced blocks and comments. */
export function prose({ text }: Doc): string {
  return text.replace(/^```.*\n[\s\S]*?^```$/gm, "").replace(/<!--[\s\S]*?-->/g, "");
}

/** The pieces of code within the prose. */
export function codeSpans(page: Doc): string[] {
  return [...prose(page).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
}

/** The rows of the tables under a heading, cell by cell, without their heads. */
export function rows({ text }: Doc, heading: string): string[][] {
  const [, after] = text.split(new RegExp(`^#+ ${heading}$`, "m"));
  if (after === undefined) throw new Error(`There is no heading "${heading}".`);
  const section = after.split(/^#+ /m)[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.filter((_, index) => !isHead(lines, index)).map((line) => line.slice(1, -1).split(" | ").map((cell) => cell.trim()));
}

const isRule = (line: string | undefined): boolean => line?.startsWith("|---") ?? false;

function isHead(lines: readonly string[], index: number): boolean {
  return isRule(lines[index]) || isRule(lines[index + 1]);
}

/** What stands in code in the first cells of the tables under a heading. */
export function named(page: Doc, heading: string): string[] {
  return rows(page, heading).flatMap(([first = ""]) => [...first.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
}

/** The anchors that a page's headings make. */
export function anchors({ text }: Doc): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, "").replaceAll(" ", "-"));
}
