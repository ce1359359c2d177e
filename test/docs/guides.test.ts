import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { verdictWords } from "../../cli/explain-words.ts";
import { readCatalogue } from "../../cli/paths.ts";
import { checkCatalogue } from "../../shared/catalogue/checks.ts";
import { type Catalogue, Events, Publisher, Rule, Series, Source, Theme } from "../../shared/catalogue/schema.ts";
import { healths, reasons } from "../../shared/intake/health.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { match } from "../../shared/recognition/match.ts";
import { blocks, doc, named, rows } from "./markdown.ts";

const root = join(import.meta.dirname, "../..");
const catalogue = await readCatalogue();

describe("docs/catalogue.md", () => {
  const page = doc("docs/catalogue.md");

  test.each([
    ["Series", Object.keys(Series.shape)],
    ["Rules", [...Object.keys(Rule.shape), ...Object.keys(Events.shape.companions.shape)]],
    ["The theme", Object.keys(Theme.shape)],
    ["Editions", Object.keys(Series.shape.editions.element.shape)],
    ["Sources", [...Object.keys(Source.shape), ...Source.shape.read.options.map(({ shape }) => shape.as.value)]],
    ["Publishers", Object.keys(Publisher.shape)],
  ])("%s: every field is explained, and no other", (heading, fields) => expect(named(page, heading).toSorted()).toEqual(fields.toSorted()));

  function example(name: string): unknown {
    return JSON.parse(blocks(page).find(({ info }) => info === `json ${name}`)?.text ?? "");
  }
  const worked: Catalogue = { ...catalogue, series: [Series.parse(example("series"))], sources: [Source.parse(example("source"))], publishers: [Publisher.parse(example("publisher"))] };

  test("the worked example is sound", () => expect(checkCatalogue(worked, "2026-11-24")).toEqual([]));

  test.each(rows(page, "A worked example"))("it reads “%s” of %s, %s, as %s", (title, source, published, verdict) => {
    expect(verdictWords(match(compile(worked), { title: title ?? "", source: source ?? null, published: published ?? null, url: null }))).toBe(verdict);
  });
});

test("the source that the README adds is sound", () => {
  const example = blocks(doc("README.md")).find(({ info }) => info === "json");
  expect(Source.safeParse(JSON.parse(example?.text ?? "")).error).toBeUndefined();
});

describe("docs/operating.md", () => {
  const page = doc("docs/operating.md");

  test("every health and every reason is explained, and no other", () => {
    expect(named(page, "Health")).toEqual([...healths]);
    expect(named(page, "Health reasons")).toEqual([...reasons, "http-NNN"]);
  });

  test("every reason says what to do", () => expect(rows(page, "Health reasons").filter(([, what, todo]) => !what || !todo)).toEqual([]));

  test("every environment variable is explained, and no other", () => {
    const code = ["cli", "functions", "infra", "local", "shared", "site"].flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts")).map((path) => readFileSync(join(root, room, path), "utf8")));
    const found = (pattern: RegExp): string[] => code.flatMap((text) => [...text.matchAll(pattern)].map(([, name = ""]) => name));
    // By its name, as what a function cannot be without, as a setting of a deployment, or with others at once.
    const atOnce = found(/\{([^{}]*)\} = (?:process\.)?env;/g).flatMap((names) => names.match(/\b[A-Z][A-Z0-9_]+\b/g) ?? []);
    const read = [...found(/\benv\["([A-Z0-9_]+)"\]/g), ...found(/\bsetting\(env, "([A-Z0-9_]+)"/g), ...found(/\bvariable: "([A-Z0-9_]+)"/g), ...atOnce];
    expect(read).toEqual(expect.arrayContaining(["ALMANAC_SITE", "AWS_DEFAULT_REGION", "TABLE_NAME", "ALMANAC_OPERATOR", "WEBHOOK_SECRET"]));
    const credentials = catalogue.sources.flatMap(({ credential }) => credential ?? []);
    expect(named(page, "Environment variables").toSorted()).toEqual([...new Set([...read, ...credentials])].toSorted());
  });
});

describe("docs/dependencies.md", () => {
  interface Manifest {
    readonly dependencies: Record<string, string>;
    readonly devDependencies: Record<string, string>;
    readonly allowScripts: Record<string, boolean>;
  }
  const page = doc("docs/dependencies.md");
  const manifest: Manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

  test.each([
    ["At run time", manifest.dependencies],
    ["For development", manifest.devDependencies],
  ])("%s: every package stands there with its major version, and no other", (heading, packages) => {
    const told = rows(page, heading).map(([name, major]) => `${name} ${major}`);
    expect(told).toEqual(Object.entries(packages).map(([name, range]) => `\`${name}\` ${/\d+/.exec(range)?.[0]}`));
  });

  test("every package whose install script runs is named", () => {
    const [, section = ""] = page.text.split("## Install scripts");
    expect(Object.keys(manifest.allowScripts).filter((name) => !section.includes(`- \`${name}\``))).toEqual([]);
  });
});

describe("docs/decisions", () => {
  const files = readdirSync(join(root, "docs/decisions")).filter((file) => /^\d{4}-/.test(file));
  const index = doc("docs/decisions/README.md");

  test.each(files)("%s says why, what, and what follows, and is listed by its title", (file) => {
    const { text } = doc(`docs/decisions/${file}`);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(["Context", "Decision", "Consequences"]);
    const [, number, title] = /^# (\d{4}) (.+)$/m.exec(text) ?? [];
    expect(index.text).toContain(`- [${number}](${file}) ${title}\n`);
  });
});
