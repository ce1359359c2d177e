import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as compare from "../../cli/commands/compare.ts";
import { almanac } from "../cli/almanac.ts";
import { runHere } from "../cli/in-process.ts";
import { chapterPath, haveCaptures } from "./captures.ts";

const series = "us-state-human-rights-report";
let folder: string;
let files: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-compare-"));
  const [before, after] = [join(folder, "2019.txt"), join(folder, "2020.txt")];
  await writeFile(before, "# North Korea\n\nGuards held 517 prisoners in four camps. Food was short all year.");
  await writeFile(after, "# North Korea\n\nGuards held 612 prisoners in four camps. Food was short all year.");
  await writeFile(join(folder, "empty.html"), "<html><body></body></html>");
  files = ["--before", before, "--after", after];
});
afterAll(() => rm(folder, { recursive: true }));

describe("almanac compare", () => {
  test("gives the summary, and where to find the rest", async () => {
    const { lines } = await runHere(compare, [series, "2019", "2020", ...files]);
    expect(lines[0]).toBe("Country Reports on Human Rights Practices: 2019 and 2020");
    expect(lines.join("\n")).toContain("A number changed from 517 to 612");
    expect(lines.at(-1)).toBe("Every difference: --html, --md or --json.");
  });

  test("takes files with the earlier year first, and does not guess which is which", async () => {
    await expect(runHere(compare, [series, "2020", "2019", ...files])).rejects.toThrow("Give the earlier year first: 2019 2020, with --before for 2019 and --after for 2020.");
  });

  test("refuses what is no document, and names no address for a file that a person gave", async () => {
    const picture = join(import.meta.dirname, "../../docs/images/phone.png");
    await expect(runHere(compare, [series, "2019", "2020", "--before", picture, "--after", picture])).rejects.toThrow("is no web page, PDF or text");
    const { json } = await runHere(compare, [series, "2019", "2020", ...files, "--json"]);
    expect(json).toEqual([expect.objectContaining({ before: expect.objectContaining({ url: null }), after: expect.objectContaining({ url: null }) })]);
  });

  test("gives JSON, a page or Markdown, with the hashes of what was compared", async () => {
    const { json } = await runHere(compare, [series, "2019", "2020", ...files, "--json"]);
    expect(json).toEqual([expect.objectContaining({ schema: "rights-almanac/changes/1", series, before: expect.objectContaining({ year: "2019", sha256: expect.stringMatching(/^[\da-f]{64}$/) }) })]);
    expect((await runHere(compare, [series, "2019", "2020", ...files, "--html"])).lines[0]).toMatch(/^<!doctype html>/);
    expect((await runHere(compare, [series, "2019", "2020", ...files, "--md"])).lines[0]).toMatch(/^# Country Reports on Human Rights Practices: 2019 and 2020/);
  });

  test.each([
    [[series, "2019", "2019"], "UsageError", "are one edition"],
    [[series, "19", "2020"], "UsageError", "Write it as 2021"],
    [["us-state-human-rights", "2019", "2020"], "UsageError", "Did you mean"],
    [[series, "2019", "2020", "--json", "--md"], "UsageError", "Give one of them"],
    [[series, "2019", "2020"], "UsageError", "--before FILE"],
    [[series, "2019", "2020", "--before", "none.html"], "UsageError", "there is no such file"],
    [[series, "2019", "2020", "--before", "empty.html", "--after", "empty.html"], "Failure", "says nothing on the DPRK"],
  ])("%j is answered with what to write", async (words, name, hint) => {
    const placed = words.map((word) => (word === "empty.html" ? join(folder, word) : word));
    await expect(runHere(compare, placed)).rejects.toThrow(expect.objectContaining({ name, message: expect.stringContaining(hint) }));
  });

  test("its help has an example, and lines that fit", () => {
    const { help, usage, summary } = compare.command;
    expect(help).toMatch(/\nexamples?:\n/);
    expect(help).toContain("almanac compare ");
    expect(summary.length).toBeLessThanOrEqual(60);
    expect(usage.length).toBeLessThanOrEqual(200);
  });

  test.skipIf(!haveCaptures)("compares two chapters from the command line", async () => {
    const ran = await almanac(folder, ["compare", series, "2019", "2020", "--before", chapterPath(2019), "--after", chapterPath(2020)]);
    expect(ran).toMatchObject({ code: 0, said: "" });
    expect(ran.out).toContain("New section: “Reproductive Rights”.");
  });
});
