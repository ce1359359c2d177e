import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, projectCode, projectFiles } from "./tidy/code.ts";
import { checkPackages, checkRooms } from "./tidy/imports.ts";
import { checkDocstrings, checkSentences, checkWords } from "./tidy/prose.ts";
import { checkPureImports, checkPurity } from "./tidy/purity.ts";
import { checkFileLength, checkFunctionLength, checkLooseTypes, checkName } from "./tidy/shape.ts";

const root = dirname(import.meta.dirname);
const files = projectFiles(root);
const code = projectCode(root, files);
const deployed = code.filter(({ path }) => !path.startsWith("test/"));

/** A file of one text, for checks that read one file. */
const file = (text: string, path = "shared/recognition/example.ts") => parse(path, text);
const lines = (count: number): string => "void 0;\n".repeat(count);

test("the checks read the whole project", () => {
  const rooms = new Set(code.map(({ path }) => path.split("/")[0]));
  expect([...rooms]).toEqual(expect.arrayContaining(["cli", "functions", "local", "shared", "test"]));
});

describe("who may import whom", () => {
  test("every file imports only what its room may know", () => expect(code.flatMap(checkRooms)).toEqual([]));
  test("every package is used only where it belongs", () => expect(code.flatMap(checkPackages)).toEqual([]));

  test.each([
    ["shared/records/a.ts", "../../functions/poll/b.ts"],
    ["shared/records/a.ts", "../../local/b.ts"],
    ["shared/records/a.ts", "../../events.json"],
    ["functions/poll/a.ts", "../plan/b.ts"],
    ["functions/poll/a.ts", "../../local/b.ts"],
    ["local/a.ts", "../cli/b.ts"],
    ["site/a.ts", "../functions/site/b.ts"],
  ])("%s may not import %s", (path, specifier) => {
    expect(checkRooms(file(`import { b } from "${specifier}";`, path))).toEqual([expect.stringContaining(`${path}:1 imports`)]);
    expect(checkRooms(file(`export { b } from "${specifier}";`, path))).toHaveLength(1);
    expect(checkRooms(file(`const b = await import("${specifier}");`, path))).toHaveLength(1);
    expect(checkRooms(file(`import { type B } from "${specifier}";`, path))).toHaveLength(1);
    expect(checkRooms(file(`import type { B } from "${specifier}";`, path))).toEqual([]);
  });

  test.each([
    ["functions/poll/a.ts", "../../shared/intake/b.ts"],
    ["functions/poll/a.ts", "./b.ts"],
    ["cli/commands/a.ts", "../../functions/poll/b.ts"],
    ["functions/site/handler.ts", "../../site/app.ts"],
  ])("%s may import %s", (path, specifier) => expect(checkRooms(file(`import { b } from "${specifier}";`, path))).toEqual([]));

  test.each([
    ["shared/alerts/digest.ts", "@aws-sdk/client-sns", 1],
    ["functions/poll/handler.ts", "@aws-sdk/client-dynamodb", 1],
    ["shared/alerts/publish.ts", "@aws-sdk/client-sns", 0],
    ["shared/records/dynamo.ts", "@aws-sdk/lib-dynamodb", 0],
    ["functions/plan/handler.ts", "@aws-lambda-powertools/logger", 1],
    ["shared/lambda/log.ts", "@aws-lambda-powertools/logger", 0],
    ["shared/queue/sqs.ts", "@aws-sdk/client-sqs", 0],
    ["shared/lambda/bucket.ts", "@smithy/signature-v4", 0],
    ["functions/poll/body.ts", "cheerio/slim", 1],
    ["shared/changes/section.ts", "cheerio/slim", 0],
    ["shared/changes/summary.ts", "cheerio/slim", 1],
    ["shared/changes/section.ts", "rss-parser", 1],
    ["shared/intake/pdf.ts", "unpdf", 0],
    ["shared/changes/pdf-blocks.ts", "unpdf", 1],
    ["site/app.ts", "hono/etag", 0],
    ["shared/alerts/digest.ts", "hono/html", 1],
  ])("%s importing %s is a breach %i times", (path, name, times) => expect(checkPackages(file(`import { a } from "${name}";`, path))).toHaveLength(times));
});

describe("purity", () => {
  test("recognition, calendar, changes and composing only compute, and so does all that they import", () => expect(checkPureImports(code)).toEqual([]));

  test.each([
    "const x = Date.now();",
    "const x = new Date();",
    "const x = Date();",
    "const x = process.env['HOME'];",
    "const { env } = process;",
    "console.log(1);",
    "await fetch('https://example.org');",
    "const get = fetch;",
    "const x = Math.random();",
    "setTimeout(() => {}, 1);",
    "const x = globalThis.Date;",
    "const x = performance.now();",
    "const x = date.getHours();",
    "const x = await import('./a.ts');",
  ])("%s is a breach", (text) => expect(checkPurity(file(text))).toEqual([expect.stringContaining("example.ts:1 uses")]));

  test.each(["const x = new Date(day);", "const x = Date.UTC(2020, 1, 1);", "const x = { fetch: 1, console: item.process };", "const x = Math.max(1, 2);", "const x = date.getUTCHours();", "// Date.now() is not asked."])("%s is none", (text) =>
    expect(checkPurity(file(text))).toEqual([]),
  );

  test("a pure room may not load Node's own modules or packages that do more than compute", () => {
    expect(checkPureImports([file('import { createHash } from "node:crypto";')])).toEqual([expect.stringContaining("imports node:crypto")]);
    expect(checkPureImports([file('import { Agent } from "undici";')])).toHaveLength(1);
    expect(checkPureImports([file('import type { Agent } from "undici";')])).toEqual([]);
  });

  test("what a pure room imports must be pure, however far away", () => {
    const near = file('import { b } from "../b.ts";');
    const middle = file('export { c } from "./far/c.ts";', "shared/b.ts");
    const far = file("export const c = Date.now();", "shared/far/c.ts");
    expect(checkPureImports([near, middle, far])).toEqual([expect.stringContaining("shared/far/c.ts:1 uses Date.now")]);
    expect(checkPureImports([middle, far])).toEqual([]);
  });
});

describe("shape", () => {
  test("no file passes 300 lines, and no handler 60", () => expect(code.flatMap(checkFileLength)).toEqual([]));
  test("no function passes 70 lines", () => expect(code.flatMap(checkFunctionLength)).toEqual([]));
  test("nothing silences the compiler", () => expect(code.flatMap(checkLooseTypes)).toEqual([]));
  test("no file is named for nobody", () => expect(files.flatMap(checkName)).toEqual([]));

  test("a file of 301 lines and a handler of 61 are too long", () => {
    expect(checkFileLength({ path: "shared/a.ts", text: lines(301) })).toHaveLength(1);
    expect(checkFileLength({ path: "shared/a.ts", text: lines(300) })).toEqual([]);
    expect(checkFileLength({ path: "functions/poll/handler.ts", text: lines(61) })).toHaveLength(1);
  });

  test("a function of 71 lines is too long, in whichever form", () => {
    const body = `{\n${lines(69)}}`;
    for (const text of [`function a() ${body}`, `const a = () => ${body};`, `const a = { b() ${body} };`, `class A { b() ${body} }`]) expect(checkFunctionLength(file(text))).toHaveLength(1);
    expect(checkFunctionLength(file(`function a() {\n${lines(68)}}`))).toEqual([]);
    expect(checkFunctionLength(file(`describe("a", () => ${body});`))).toEqual([]);
  });

  test.each(["let a: any;", "const a = b as string;", "const a = b as unknown as A[];", "const a = b!;", "// @ts-expect-error It is so.\nb();"])("%s silences the compiler", (text) =>
    expect(checkLooseTypes(file(text))).not.toEqual([]),
  );
  test("const assertions, satisfies and import aliases silence nothing", () => expect(checkLooseTypes(file('import { a as b } from "./a.ts";\nimport * as z from "zod";\nconst c = [1] as const satisfies number[];'))).toEqual([]));

  test.each(["shared/utils.ts", "shared/helpers/a.ts", "test/helper.ts", "cli/common.ts"])("%s is named for nobody", (path) => expect(checkName(path)).toHaveLength(1));
  test("rss-parser-utils.d.ts is named for a package's file", () => expect(checkName("shared/intake/rss-parser-utils.d.ts")).toEqual([]));
});

describe("prose", () => {
  test("comments are sentences", () => expect(code.flatMap(checkSentences)).toEqual([]));
  test("exported functions say what they give", () => expect(deployed.flatMap(checkDocstrings)).toEqual([]));
  test("no file holds unfinished work, machine paths or addresses of registries", () => {
    const texts = files.filter((path) => /(\.(ts|mjs|js|json|md|ya?ml|css|html|sh|txt)|(^|\/)\.?[^./]+)$/.test(path) && !path.startsWith("test/data/"));
    expect(texts.flatMap((path) => checkWords({ path, text: readFileSync(join(root, path), "utf8") }))).toEqual([]);
  });

  test.each(["// set user agent", "// Set user agent", "// the agent is set.", "/** gives the agent. */", "/** Gives the agent */", "// One line\n// and a second", "const a = 1; // one"])("%s is no sentence", (text) =>
    expect(checkSentences(file(text))).toHaveLength(1),
  );
  test.each(["// One line\n// and a second.", "/** Gives the agent. */", "// us-state answers 403.", "// `a` is one.", "// oxlint-disable-next-line no-console", "// 2020 was a year."])("%s is prose or a pragma", (text) =>
    expect(checkSentences(file(text))).toEqual([]),
  );

  test("an exported function without a docstring is found, and one with it is not", () => {
    expect(checkDocstrings(file("export function a() {}\nexport const b = () => 1;\n// A line.\nexport async function c() {}"))).toHaveLength(3);
    expect(checkDocstrings(file("/** Gives one. */\nexport function a() {}\n/** Gives one. */\nexport const b = () => 1;\nexport const c = 1;\nfunction d() {}"))).toEqual([]);
  });

  test("the words that do not belong here are found", () => {
    const wrong = [["TO", "DO: later"], ["see ", "/ro", "ot/a.ts"], ["https://registry.", "npmjs.org/a"], ["as iss", "ue #3 says"]].map((parts) => parts.join(""));
    for (const text of wrong) expect(checkWords({ path: "a.md", text: `One.\n${text}` })).toEqual([expect.stringContaining("a.md:2 ")]);
    const right = ["https://example.org/ho", "me/ro", "ot/ and the wo", "rk/ho", "me/ folder; session 46 of the Council"].join("");
    expect(checkWords({ path: "a.md", text: right })).toEqual([]);
  });
});

test("lint catches a lost await", () => {
  const folder = mkdtempSync(join(tmpdir(), "almanac-lint-"));
  try {
    const compilerOptions = { strict: true, noEmit: true, target: "es2024", module: "nodenext", types: [] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["."] }));
    writeFileSync(join(folder, "lost.ts"), "async function send(): Promise<void> {\n  await Promise.resolve();\n}\nsend();\n");
    const { status, stdout, stderr } = spawnSync(join(root, "node_modules/.bin/oxlint"), ["--type-aware", "--config", join(root, ".oxlintrc.json"), join(folder, "lost.ts")], { encoding: "utf8" });
    expect(stdout + stderr).toContain("no-floating-promises");
    expect(status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
