import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandNames, faultsOf, helpOfAll, shellLines } from "./command-lines.ts";
import { allDocs, anchors, blocks, doc, prose, shown, trimmed } from "./markdown.ts";
import { shell } from "./shell.ts";

const root = join(import.meta.dirname, "../..");
const readme = doc("README.md");
const pages = allDocs();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "almanac-docs-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("what the README shows", () => {
  test.each(["--series us-state-tip-report --edition 2021", "--series us-state-human-rights-report --edition 2024 --kind late"])("the email is the one that preview composes now: %s", async (words) => {
    const command = `almanac preview ${words}`;
    expect(shown(command)).toEqual(trimmed((await shell(command, folder)).out));
  });

  test("no figure in its prose comes from nowhere", () => {
    const known = helpOfAll() + readFileSync(join(root, "package.json"), "utf8");
    // What three subscribers get is counted by test/replay/year.test.ts.
    const figures = prose(readme).replace(/^\| (?:five series|everything) .*$/gm, "").replace(/\]\([^)]*\)|127\.0\.0\.1/g, "").match(/\d[\d,.]*\d|\d/g) ?? [];
    // One digit alone is an exit code or a word of speech.
    expect(figures.filter((figure) => figure.length > 1 && !known.includes(figure))).toEqual([]);
  });
});

describe("commands", () => {
  test("the replay ends well by itself: here with the sources of one publisher, as the year test plays all", async () => {
    const { sources, ...rest }: { sources: { publisher: string }[] } = JSON.parse(readFileSync(join(root, "sources.json"), "utf8"));
    writeFileSync(join(folder, "few.json"), JSON.stringify({ ...rest, sources: sources.filter(({ publisher }) => publisher === "hrw") }));
    const { code, out } = await shell("almanac replay --sources few.json --data played && almanac query --data played", folder);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^2020-01-14 .*\n2020-10-19 .*\n\n2 alerts from \d+ polls .*\nThe alerts, as emails: played\/outbox\nThe table: [^]*hrw/) });
  });

  test("every command line names a command that there is, with options and words that it takes", () => expect(pages.flatMap(faultsOf)).toEqual([]));

  test("the README shows every command but poll, which start does for it", () => {
    const lines = shellLines(readme).join("\n").replaceAll("npm start", "almanac start");
    expect(commandNames.filter((name) => !new RegExp(`almanac ${name}\\b`).test(lines))).toEqual(["poll"]);
  });

  test("a wrong line is found", () => {
    const wrong = ["almanac quary", "almanac query --yeer 2020", "almanac record", "npm run almanc", "npm ci && npm run -s almanac -- query now"];
    expect(faultsOf({ path: "a.md", text: `\`\`\`sh\n${wrong.join("\n")}\n\`\`\`\n` })).toHaveLength(wrong.length);
    expect(faultsOf({ path: "a.md", text: "`almanac quary` and `almanac explain` and `almanac COMMAND --help`" })).toHaveLength(1);
  });
});

describe("links", () => {
  test.each(pages)("those of $path lead somewhere", ({ path, text }) => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link).filter((link) => !/^https?:/.test(link));
    const broken = links.filter((link) => {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : join(dirname(path), file);
      return !existsSync(join(root, target)) || (anchor !== undefined && !anchors(doc(target)).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  test("every page under docs can be reached from the README", () => {
    const reached = new Set<string>();
    const visit = (path: string): void => {
      if (reached.has(path) || !path.endsWith(".md")) return;
      reached.add(path);
      for (const [, link = ""] of doc(path).text.matchAll(/\]\(([^)#\s]+)/g)) if (!/^https?:/.test(link)) visit(join(dirname(path), link === "docs/decisions" ? `${link}/README.md` : link));
    };
    visit("README.md");
    expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
  });
});

test("every fenced block says what it is", () => expect(pages.flatMap((page) => blocks(page).filter(({ info }) => info === "").map(({ text }) => `${page.path}: ${text}`))).toEqual([]));
