import { build, type Metafile, type Plugin } from "esbuild";
import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { CatalogueFile } from "../shared/catalogue/file.ts";
import { loadCatalogue } from "../shared/catalogue/load.ts";
import { packCatalogue } from "../shared/catalogue/packed.ts";
import { functionNames } from "../shared/stage.ts";

const root = resolve(import.meta.dirname, "..");
/** Where a deployment takes the functions from. */
export const bundlesFolder = join(root, "build/functions");

/** One part of a bundle: a package, or a room of ours. */
interface Weight {
  readonly part: string;
  readonly bytes: number;
}

/** A function, ready to be uploaded. */
export interface Bundle {
  readonly name: string;
  /** Holds index.mjs, the parts that it loads, and the catalogue that is used where the bucket has none. */
  readonly folder: string;
  /** Of all code. */
  readonly bytes: number;
  /** Of the code that every start loads; the rest is loaded when it is needed, if ever. */
  readonly startBytes: number;
  /** What the code is made of, heaviest first. */
  readonly weights: readonly Weight[];
}

/**
 * An import of node:http lists all that it exports, for which Node 24 loads its fetch as well: some 50 ms of each cold
 * start. Taken as a whole, as `require` takes it, it does not.
 */
const wholeHttp: Plugin = {
  name: "whole-http",
  setup(bundler) {
    bundler.onResolve({ filter: /^(node:)?https?$/ }, ({ path }) => ({ path: path.replace(/^(node:)?/, "node:"), namespace: "whole" }));
    bundler.onLoad({ filter: /^/, namespace: "whole" }, ({ path }) => ({ contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`, loader: "js" }));
  },
};

/** Lambda hands a function its credentials in the environment: the SDK's other ways to find some weigh a third of a small function. */
const credentialsOfEnvironment: Plugin = {
  name: "credentials-of-environment",
  setup(bundler) {
    bundler.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({ path: "credentials", namespace: "environment" }));
    bundler.onLoad({ filter: /^/, namespace: "environment" }, () => ({ contents: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";', resolveDir: root }));
  },
};

/** The messages of zod in fifty languages: people read ours. */
const englishAlone: Plugin = {
  name: "english-alone",
  setup(bundler) {
    bundler.onResolve({ filter: /\/locales\/index\.js$/ }, ({ resolveDir }) => (/\/node_modules\/zod\//.test(resolveDir) ? { path: join(resolveDir, "../locales"), namespace: "english" } : undefined));
    bundler.onLoad({ filter: /^/, namespace: "english" }, ({ path }) => ({ contents: 'export { default as en } from "./en.js";', resolveDir: path }));
  },
};

/**
 * Packages in the old format ask for Node's own modules by `require`, which a module does not have. The minifier does
 * not know the names in this line, so it must be one that it cannot give to something else.
 */
const requireForOldPackages = 'import { createRequire as almanacCreateRequire } from "node:module"; const require = almanacCreateRequire(import.meta.url);';

/** Builds one handler, a path from the project's root, into a folder that holds nothing else. What a handler imports when it needs it becomes a part of its own. */
export async function buildBundle(name: string, handler: string, folder: string): Promise<Bundle> {
  // The parts have names that follow from what is in them, so those of an earlier build would stay.
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [handler],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    entryNames: "index",
    chunkNames: "parts/[name]-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    // The AWS SDK has its modules under the first name, and only of modules can the unused be left out.
    mainFields: ["module", "main"],
    legalComments: "none",
    banner: { js: requireForOldPackages },
    plugins: [wholeHttp, credentialsOfEnvironment, englishAlone],
    metafile: true,
    logLevel: "warning",
  });
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  return { name, folder, bytes, startBytes: startBytesOf(metafile, relative(root, join(folder, "index.mjs"))), weights: weightsOf(metafile) };
}

/** The bytes of a file and of all that it imports outright. */
function startBytesOf({ outputs }: Metafile, entry: string, seen = new Set<string>()): number {
  const output = outputs[entry];
  if (!output || seen.has(entry)) return 0;
  seen.add(entry);
  const imported = output.imports.filter(({ kind }) => kind === "import-statement");
  return output.bytes + imported.reduce((sum, { path }) => sum + startBytesOf({ inputs: {}, outputs }, path, seen), 0);
}

/** The package of a file that went into a bundle, or its room. */
function partOf(path: string): string {
  const [, name] = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  const [first = "", second = ""] = path.split("/");
  return name ?? (first === "shared" ? `${first}/${second}` : first);
}

function weightsOf({ outputs }: Metafile): Weight[] {
  const sums = new Map<string, number>();
  for (const { inputs } of Object.values(outputs))
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const part = partOf(path);
      sums.set(part, (sums.get(part) ?? 0) + bytesInOutput);
    }
  return [...sums].map(([part, bytes]) => ({ part, bytes })).toSorted((a, b) => b.bytes - a.bytes);
}

async function rootFile(name: string): Promise<CatalogueFile> {
  return { name, text: await readFile(join(root, name), "utf8") };
}

/** Builds every function into a folder of its name under `into`, with the catalogue beside it. Throws where the catalogue is not as its schema says. */
export async function buildBundles(into: string = bundlesFolder): Promise<Bundle[]> {
  const catalogue = packCatalogue(loadCatalogue(await rootFile("events.json"), await rootFile("sources.json")));
  return Promise.all(
    functionNames.map(async (name) => {
      const bundle = await buildBundle(name, `functions/${name}/handler.ts`, join(into, name));
      await writeFile(join(bundle.folder, "catalogue.json"), catalogue);
      // The site reads its stylesheet from beside its code.
      if (name === "site") await copyFile(join(root, "site/style.css"), join(bundle.folder, "style.css"));
      return bundle;
    }),
  );
}

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} KB`;

/** A bundle in one line: its size, and the parts that weigh most. */
export function bundleLine({ name, bytes, startBytes, weights }: Bundle): string {
  return `${name} ${kilobytes(bytes)}, at start ${kilobytes(startBytes)}: ${weights.slice(0, 8).map((weight) => `${weight.part} ${kilobytes(weight.bytes)}`).join(", ")}`;
}

if (import.meta.main) for (const bundle of await buildBundles()) process.stdout.write(`${bundleLine(bundle)}\n`);
