import { type Code, finding, walk } from "./code.ts";
import { importsOf, target } from "./imports.ts";

const pureRooms = /^shared\/(recognition\/|calendar\/|changes\/|alerts\/compose)/;
/** Packages that neither read nor write anything. ical-generator draws ids and the time where it is given none; ics.ts gives both. */
const purePackages = /^(zod|cheerio\/slim|ical-generator)$/;

/** Names that reach out of the program: the clock, the environment, the network, chance. */
const impure = new Set(["process", "console", "fetch", "performance", "crypto", "setTimeout", "setInterval", "setImmediate", "globalThis", "XMLHttpRequest", "WebSocket"]);
/** They answer in the time zone of the machine; their counterparts with UTC do not. */
const zoned = /^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)$/;
const impureMembers = new Set(["Date.now", "Math.random", "Temporal.Now"]);

/** Places where a file asks for the time, the environment, the network or chance, instead of being told. */
export function checkPurity(code: Code): string[] {
  const found: string[] = [];
  const breach = (at: number, what: string): void => void found.push(finding(code, at, `uses ${what}: it must be pure. Take the value as an argument.`));
  const properties = new Set<number>();
  walk(code, {
    MemberExpression(node) {
      if (node.object.type === "Identifier" && node.property.type === "Identifier") {
        const name = `${node.object.name}.${node.property.name}`;
        if (impureMembers.has(name)) breach(node.start, name);
      }
      if (node.property.type === "Identifier" && zoned.test(node.property.name)) breach(node.start, `${node.property.name}, which depends on the machine's time zone`);
      if (!node.computed) properties.add(node.property.start);
    },
    Property(node) {
      if (!node.computed && !node.shorthand) properties.add(node.key.start);
    },
    NewExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Date" && node.arguments.length === 0) breach(node.start, "new Date() without an argument");
    },
    CallExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "Date") breach(node.start, "Date()");
    },
    ImportExpression: (node) => breach(node.start, "import(), which reads a file when it runs"),
    Identifier(node) {
      if (impure.has(node.name) && !properties.has(node.start)) breach(node.start, node.name);
    },
  });
  return found;
}

/**
 * What the pure rooms reach by their imports, however far: each module on the way must be pure itself, and
 * no package on the way may do anything but compute.
 */
export function checkPureImports(files: readonly Code[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Map(files.filter(({ path }) => pureRooms.test(path)).map((file) => [file.path, file]));
  const found: string[] = [];
  for (const code of reached.values()) {
    found.push(...checkPurity(code));
    for (const { specifier, at } of importsOf(code)) {
      const to = target(code.path, specifier);
      const next = to === undefined ? undefined : byPath.get(to);
      if (next) reached.set(next.path, next);
      else if (to === undefined && !purePackages.test(specifier)) found.push(finding(code, at, `imports ${specifier}: a pure room reaches this file, so it may only compute. Move what needs it, or pass it in.`));
    }
  }
  return found;
}
