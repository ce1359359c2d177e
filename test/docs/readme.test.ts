import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { commandNames, faultsOf, helpOfAll, shellLines, split } from "./command-lines.ts";
import { allDocs, anchors, blocks, doc, prose } from "./markdown.ts";
import { lineHere } from "../cli/in-process.ts";
import { type Ended, shell } from "./shell.ts";

const root = join(import.meta.dirname, "../..");
const readme = doc("README.md");
const pages = allDocs();
/** A replay takes some 20 seconds on a machine that has other things to do. */
const longMs = 180_000;

let folder: string;
let replayed: Ended;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "almanac-docs-"));
  replayed = await shell("almanac replay --data .almanac", folder);
}, longMs);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Runs a command line in this process, standing in the folder. */
async function ran(words: readonly string[]): Promise<Pick<Ended, "code" | "out">> {
  const { code, lines, json } = await lineHere(folder, words);
  return { code, out: [...lines, ...json.map((value) => JSON.stringify(value))].join("\n") };
}

/** Lines without the spaces at their ends, which editors take away. */
const trimmed = (text: string): string[] => text.trimEnd().split("\n").map((line) => line.trimEnd());

/** The block that its comment says to come from this command. */
function shown(command: string): string[] {
  const block = blocks(readme).find(({ from }) => from === command);
  if (!block) throw new Error(`The README shows nothing of ${command}.`);
  return trimmed(block.text);
}

describe("what the README shows", () => {
  test.each(["--series us-state-tip-report --edition 2021", "--series us-state-human-rights-report --edition 2024 --kind late"])("the email is the one that preview composes now: %s", async (words) => {
    const command = `almanac preview ${words}`;
    expect(shown(command)).toEqual(trimmed((await shell(command, folder)).out));
  });

  test("every line of the timeline rings in the replay, in that order", () => {
    expect(replayed).toMatchObject({ code: 0 });
    const rings = trimmed(replayed.out);
    const lines = shown("npm run replay").filter((line) => line !== "…");
    expect(lines.length).toBeGreaterThan(3);
    expect(rings).toEqual(expect.arrayContaining(lines));
    expect(lines).toEqual(rings.filter((line) => lines.includes(line)));
  });

  test("where the timeline leaves no line out, the replay has none between", () => {
    const rings = trimmed(replayed.out);
    const runs = shown("npm run replay").join("\n").split("\n…\n").map((run) => run.split("\n"));
    for (const run of runs) expect(rings.slice(rings.indexOf(run[0] ?? ""), rings.indexOf(run[0] ?? "") + run.length)).toEqual(run);
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
  test("every command line names a command that there is, with options and words that it takes", () => expect(pages.flatMap(faultsOf)).toEqual([]));

  test("the README shows every command but poll, which start does for it", () => {
    const lines = shellLines(readme).join("\n").replaceAll("npm start", "almanac start");
    expect(commandNames.filter((name) => !new RegExp(`almanac ${name}\\b`).test(lines))).toEqual(["poll"]);
  });

  test("the README's lines that need no network do as they say, one after another, on the replayed year", async () => {
    const lines = shellLines(readme).filter((line) => /\balmanac (?!start|poll|replay)/.test(line) && !/--live|--stage|--before|^alias|^npm/.test(line));
    expect(lines.length).toBeGreaterThan(12);
    for (const line of lines) {
      // What needs no shell runs here: a process a line takes most of the time.
      const [[command, ...words] = [], ...others] = split(line);
      const here = command === "almanac" && others.length === 0 && !/[<>|$]/.test(line);
      const { code, out } = here ? await ran(words) : await shell(line, folder);
      expect({ line, code }).toEqual({ line, code: 0 });
      expect(out !== "" || / > \S+$/.test(line)).toBe(true);
    }
    expect(readFileSync(join(folder, "found.csv"), "utf8")).toContain("Religious");
  }, longMs);

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
