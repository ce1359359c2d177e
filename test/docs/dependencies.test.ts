import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

interface Locked {
  readonly version: string;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  /** It came within another package, whose hash covers it. */
  readonly inBundle?: boolean;
  readonly dev?: boolean;
}
interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly allowScripts: Record<string, boolean>;
}
interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}
interface Bill {
  readonly bomFormat: string;
  readonly components: readonly Component[];
}

const manifest: Manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const { packages }: { packages: Record<string, Locked> } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const isForDevelopment = ({ properties = [] }: Component): boolean => properties.some(({ name }) => name === "cdx:npm:package:development");
const nameOf = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

test("no package of the lock file has an install script but those that are allowed, and each of these has one", () => {
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
  expect([...new Set(scripted)].toSorted()).toEqual(Object.keys(manifest.allowScripts).toSorted());
  expect(Object.values(manifest.allowScripts).every(Boolean)).toBe(true);
});

test("every package of the lock file is known by its hash", () =>
  expect(Object.entries(packages).filter(([path, { integrity, inBundle }]) => path !== "" && !inBundle && integrity === undefined).map(([path]) => path)).toEqual([]));

test("npm run sbom lists in CycloneDX every package that runs, in the version of the lock file, and marks what only development needs", () => {
  const { stdout, stderr } = spawnSync("npm", ["run", "-s", "sbom"], { cwd: root, encoding: "utf8" });
  expect(stderr).toBe("");
  const { bomFormat, components }: Bill = JSON.parse(stdout);
  expect(bomFormat).toBe("CycloneDX");
  expect(components.filter(({ purl }) => !purl.startsWith("pkg:npm/"))).toEqual([]);
  const runs = new Set(components.filter((component) => !isForDevelopment(component)).map(({ name, version }) => `${name}@${version}`));
  const locked = Object.entries(packages).filter(([path, { dev }]) => path !== "" && !dev).map(([path, { version }]) => `${nameOf(path)}@${version}`);
  expect([...runs].toSorted()).toEqual([...new Set(locked)].toSorted());
  for (const name of Object.keys(manifest.dependencies)) expect(runs).toContain(`${name}@${packages[`node_modules/${name}`]?.version}`);
});
