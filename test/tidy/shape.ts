import { type Code, finding, lineAt, walk } from "./code.ts";

const longestFile = 300;
const longestHandler = 60;
const longestFunction = 70;

/** A file that grew too long to be read at once. */
export function checkFileLength({ path, text }: Pick<Code, "path" | "text">): string[] {
  const lines = text.trimEnd().split("\n").length;
  const most = path.endsWith("/handler.ts") ? longestHandler : longestFile;
  return lines > most ? [`${path} has ${lines} lines, and ${most} are the most: split it where its subject changes.`] : [];
}

/** Functions that grew too long. The groups of a test file are no functions in this sense. */
export function checkFunctionLength(code: Code): string[] {
  const found: string[] = [];
  const groups = new Set<number>();
  const measure = ({ start, end }: { start: number; end: number }): void => {
    const lines = lineAt(code.text, end) - lineAt(code.text, start) + 1;
    if (lines > longestFunction && !groups.has(start)) found.push(finding(code, start, `is a function of ${lines} lines, and ${longestFunction} are the most: name its parts.`));
  };
  walk(code, {
    CallExpression(node) {
      if (/^describe\b/.test(code.text.slice(node.start, node.start + 12))) for (const { start } of node.arguments) groups.add(start);
    },
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  });
  return found;
}

/** Places where the compiler is told to look away: `any`, a cast (`as const` is none), a silenced line. */
export function checkLooseTypes(code: Code): string[] {
  const found: string[] = [];
  const breach = (at: number, what: string): void => void found.push(finding(code, at, `${what} silences the compiler: check the value instead.`));
  walk(code, {
    TSAnyKeyword: (node) => breach(node.start, "any"),
    TSAsExpression(node) {
      if (code.text.slice(node.typeAnnotation.start, node.typeAnnotation.end) !== "const") breach(node.start, `"${code.text.slice(node.expression.end, node.end).trim().slice(0, 40)}"`);
    },
    TSTypeAssertion: (node) => breach(node.start, "a cast"),
    TSNonNullExpression: (node) => breach(node.start, `"${code.text.slice(node.start, node.end).slice(-40)}"`),
  });
  for (const { value, start } of code.comments) if (/@ts-(ignore|nocheck|expect-error)/.test(value)) breach(start, "a @ts- comment");
  return found;
}

/** Files and folders named for nobody. */
export function checkName(path: string): string[] {
  const part = path.split("/").find((name) => /^(utils?|helpers?|common|misc)(\.|$)/i.test(name));
  return part ? [`${path}: "${part}" says nothing of what is in it. Name it for its subject.`] : [];
}
