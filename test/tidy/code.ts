import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Comment, parseSync, type Program, Visitor, type VisitorObject } from "oxc-parser";

/** A file of ours, parsed. */
export interface Code {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
}

/** Parses TypeScript or JavaScript. Throws where it does not parse, since a check would then see nothing. */
export function parse(path: string, text: string): Code {
  const { program, comments, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path} does not parse: ${errors[0].message}`);
  return { path, text, program, comments };
}

/** The line of a place in the text, counted from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** One breach of a rule: where, what, and what to do. */
export function finding({ path, text }: Pick<Code, "path" | "text">, offset: number, what: string): string {
  return `${path}:${lineAt(text, offset)} ${what}`;
}

/** Walks a file's tree; the handlers are named for the nodes that they want. */
export function walk({ program }: Code, handlers: VisitorObject): void {
  new Visitor(handlers).visit(program);
}

const left = new Set(["node_modules", ".git", ".almanac", "cdk.out", "build", "coverage", "bench/results"]);

/** Every file of the project but what was installed, built or recorded, as paths from its root. */
export function projectFiles(root: string, folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return left.has(entry.name) || left.has(path) ? [] : projectFiles(root, path);
    return entry.isFile() && !left.has(entry.name) ? [path] : [];
  });
}

/** The project's own code, parsed. */
export function projectCode(root: string, files: readonly string[]): Code[] {
  return files.filter((path) => /\.(ts|mjs)$/.test(path)).map((path) => parse(path, readFileSync(join(root, path), "utf8")));
}
