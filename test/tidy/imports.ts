import { posix } from "node:path";
import { type Code, finding, walk } from "./code.ts";

interface Import {
  readonly specifier: string;
  readonly at: number;
}

/** The modules that a file loads when it runs. `import type` loads none; `import { type A }` does. */
export function importsOf(code: Code): Import[] {
  const imports: Import[] = [];
  walk(code, {
    ImportDeclaration: (node) => void (node.importKind !== "type" && imports.push({ specifier: node.source.value, at: node.start })),
    ExportNamedDeclaration: (node) => void (node.source && node.exportKind !== "type" && imports.push({ specifier: node.source.value, at: node.start })),
    ExportAllDeclaration: (node) => void (node.exportKind !== "type" && imports.push({ specifier: node.source.value, at: node.start })),
    ImportExpression: (node) => void (node.source.type === "Literal" && typeof node.source.value === "string" && imports.push({ specifier: node.source.value, at: node.start })),
  });
  return imports;
}

/** The path in the project that an import leads to; nothing for packages and Node's own modules. */
export function target(from: string, specifier: string): string | undefined {
  return specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier) : undefined;
}

/** Each function is a room of its own; files at the root belong to none. */
function roomOf(path: string): string {
  const [first = "", second = "", ...rest] = path.split("/");
  if (second === "") return "";
  return first === "functions" && rest.length > 0 ? `functions/${second}` : first;
}

/** What each room may import beside itself. Tests and measurements may import anything. */
const mayImport: Record<string, readonly string[]> = {
  shared: [],
  site: ["shared"],
  infra: ["shared"],
  local: ["shared", "functions", "site"],
  cli: ["shared", "functions", "site", "local"],
};

function allowed(from: string, to: string): boolean {
  if (from === to || from === "" || from === "test" || from === "bench") return true;
  if (from === "functions/site" && to === "site") return true;
  const list = from.startsWith("functions/") ? ["shared"] : mayImport[from];
  return list?.includes(to.startsWith("functions/") ? "functions" : to) ?? false;
}

/** Imports from a room that this one may not know. */
export function checkRooms(code: Code): string[] {
  const room = roomOf(code.path);
  return importsOf(code).flatMap(({ specifier, at }) => {
    const to = target(code.path, specifier);
    if (to === undefined || allowed(room, roomOf(to))) return [];
    return [finding(code, at, `imports ${to}: ${room} may not know ${roomOf(to) || "files at the root"}. Pass in what it needs, or move it to shared/.`)];
  });
}

/** Packages that belong to a few places, so that the rest can be read without knowing them. */
const reserved: readonly { readonly packages: RegExp; readonly places: RegExp }[] = [
  { packages: /^@(aws-sdk|smithy)\//, places: /^(shared\/(records|queue|lambda)\/|shared\/alerts\/(publish|sns)|local\/|infra\/|cli\/stage\/|test\/|bench\/)/ },
  { packages: /^@aws-lambda-powertools\//, places: /^(shared\/lambda\/|test\/)/ },
  { packages: /^rss-parser(\/|$)/, places: /^(shared\/intake\/|test\/|bench\/)/ },
  // It brings pdf.js, of a megabyte and a half: whoever needs no PDF must not load it.
  { packages: /^unpdf(\/|$)/, places: /^(shared\/intake\/pdf\.ts$|test\/|bench\/)/ },
  { packages: /^(hono|@hono\/[\w-]+|feedsmith)(\/|$)/, places: /^(site\/|functions\/site\/|local\/status\.ts$|test\/|bench\/)/ },
  { packages: /^cheerio(\/|$)/, places: /^(shared\/intake\/|shared\/changes\/section|test\/|bench\/)/ },
];

/** Imports of a package outside the places that it belongs to. */
export function checkPackages(code: Code): string[] {
  return importsOf(code).flatMap(({ specifier, at }) => {
    const rule = reserved.find(({ packages }) => packages.test(specifier));
    if (!rule || rule.places.test(code.path)) return [];
    return [finding(code, at, `imports ${specifier}, which belongs to other rooms. Take what it needs as an argument.`)];
  });
}
