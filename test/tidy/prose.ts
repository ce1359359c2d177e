import { type Code, finding, walk } from "./code.ts";

interface Block {
  readonly at: number;
  readonly words: string;
}

const pragma = /^(oxlint-|eslint-|@ts-|@vitest|v8 |[#@]__|<reference|!)/;

/** Line comments that stand below each other are one text. */
function blocksOf({ text, comments }: Code): Block[] {
  const blocks: (Block & { end: number; line: boolean })[] = [];
  for (const { type, value, start, end } of comments) {
    const words = value.replace(/^\s*\*/gm, "").replace(/\s+/g, " ").trim();
    const before = blocks.at(-1);
    const joins = type === "Line" && before?.line && /^[ \t]*\n[ \t]*$/.test(text.slice(before.end, start)) && /(^|\n)[ \t]*$/.test(text.slice(0, before.at));
    if (joins && before) blocks[blocks.length - 1] = { ...before, words: `${before.words} ${words}`, end };
    else blocks.push({ at: start, words, end, line: type === "Line" });
  }
  return blocks;
}

/** A capital, a figure or a sign; or a name that is written small, such as `us-state`, state.gov or readBody. */
function beginsWell(words: string): boolean {
  const first = words.split(" ")[0] ?? "";
  return !/^\p{Ll}/u.test(words) || /[\p{Lu}\d.:_/-]./u.test(first) || /^(undici|cheerio|dynalite|fauxqs|mailauth|zod|oxlint|npm|almanac)\b/.test(words);
}

/** Comments that are no sentences: they begin with a capital and end with a stop. */
export function checkSentences(code: Code): string[] {
  return blocksOf(code).flatMap(({ at, words }) => {
    if (words === "" || pragma.test(words)) return [];
    if (!beginsWell(words)) return [finding(code, at, `"${words.slice(0, 50)}" begins without a capital.`)];
    if (!/[.!?…:]["'”’`)]*$/.test(words)) return [finding(code, at, `"…${words.slice(-50)}" ends without a full stop.`)];
    return [];
  });
}

/** Exported functions without a docstring right above them. Of an overloaded one, the first signature has it. */
export function checkDocstrings(code: Code): string[] {
  const found: string[] = [];
  const overloaded = new Set([...code.text.matchAll(/^export (?:async )?function (\w+)[^{]*?;$/gm)].map(([, name]) => name));
  walk(code, {
    ExportNamedDeclaration(node) {
      const { declaration } = node;
      const names =
        declaration?.type === "FunctionDeclaration"
          ? [declaration.id?.name ?? ""]
          : declaration?.type === "VariableDeclaration"
            ? declaration.declarations.flatMap(({ id, init }) => (id.type === "Identifier" && (init?.type === "ArrowFunctionExpression" || init?.type === "FunctionExpression") ? [id.name] : []))
            : [];
      const documented = code.comments.some(({ type, value, end }) => type === "Block" && value.startsWith("*") && end <= node.start && code.text.slice(end, node.start).trim() === "");
      if (!documented) for (const name of names) if (!overloaded.has(name)) found.push(finding(code, node.start, `${name} is exported without a docstring: say what it gives.`));
    },
  });
  return found;
}

const words: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /\b(TO-?DO|FIX-?ME)\b/, what: "is something left undone: do it, or write down why not" },
  { pattern: /(^|[\s"'`(=:])\/(work|root|home|Users)\//, what: "is a path of one machine" },
  { pattern: /\bregistry\.(npmjs|yarnpkg|npmmirror)\.|_auth-?token|\bartifactory\b/i, what: "is a registry's address" },
  { pattern: /\bissue #\d/i, what: "points to a list that readers do not have" },
];

/** Words that do not belong into the repository, in any kind of file. */
export function checkWords({ path, text }: Pick<Code, "path" | "text">): string[] {
  return words.flatMap(({ pattern, what }) => {
    const hit = pattern.exec(text);
    return hit ? [finding({ path, text }, hit.index, `"${hit[0].trim()}" ${what}.`)] : [];
  });
}
