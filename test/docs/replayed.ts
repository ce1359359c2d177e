import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lineHere } from "../cli/in-process.ts";
import { shellLines, split } from "./command-lines.ts";
import { doc, shown } from "./markdown.ts";
import { type Ended, shell } from "./shell.ts";

const timeline = (): string[] => shown("npm run replay");

/** Runs a command line in this process, standing in the folder. */
async function ran(folder: string, words: readonly string[]): Promise<Pick<Ended, "code" | "out">> {
  const { code, lines, json } = await lineHere(folder, words);
  return { code, out: [...lines, ...json.map((value) => JSON.stringify(value))].join("\n") };
}

/** The tests of what the README says of the replayed year: the lines of the replay, and the folder in which `.almanac` was filled by it. */
export function shownOfTheYear(replayed: () => { readonly lines: readonly string[]; readonly folder: string }): void {
  describe("the README", () => {
    test("every line of its timeline rings in the replay, in that order", () => {
      const rings = replayed().lines;
      const lines = timeline().filter((line) => line !== "…");
      expect(lines.length).toBeGreaterThan(3);
      expect(rings).toEqual(expect.arrayContaining(lines));
      expect(lines).toEqual(rings.filter((line) => lines.includes(line)));
    });

    test("where its timeline leaves no line out, the replay has none between", () => {
      const rings = replayed().lines;
      const runs = timeline().join("\n").split("\n…\n").map((run) => run.split("\n"));
      for (const run of runs) expect(rings.slice(rings.indexOf(run[0] ?? ""), rings.indexOf(run[0] ?? "") + run.length)).toEqual(run);
    });

    test("its lines that need no network do as they say, one after another, on the replayed year", { timeout: 180_000 }, async () => {
      const { folder } = replayed();
      const lines = shellLines(doc("README.md")).filter((line) => /\balmanac (?!start|poll|replay)/.test(line) && !/--live|--stage|--before|^alias|^npm/.test(line));
      expect(lines.length).toBeGreaterThan(12);
      for (const line of lines) {
        // What needs no shell runs here: a process a line takes most of the time.
        const [[command, ...words] = [], ...others] = split(line);
        const here = command === "almanac" && others.length === 0 && !/[<>|$]/.test(line);
        const { code, out } = here ? await ran(folder, words) : await shell(line, folder);
        expect({ line, code }).toEqual({ line, code: 0 });
        expect(out !== "" || / > \S+$/.test(line)).toBe(true);
      }
      expect(readFileSync(join(folder, "found.csv"), "utf8")).toContain("Religious");
    });
  });
}
