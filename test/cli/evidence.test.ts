import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as compare from "../../cli/commands/compare.ts";
import * as evidence from "../../cli/commands/evidence.ts";
import * as exported from "../../cli/commands/export.ts";
import * as imported from "../../cli/commands/import.ts";
import * as query from "../../cli/commands/query.ts";
import { openSite, type Site } from "../poll/site.ts";
import { runHere } from "./in-process.ts";

const series = "us-state-human-rights-report";
const text = (prisoners: number): string => `# North Korea\n\nGuards in North Korea held ${prisoners} prisoners in four camps. Food in North Korea was short all year.`;
let folder: string;
let data: string;
let site: Site;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-evidence-"));
  data = join(folder, "data");
  await writeFile(join(folder, "2019.txt"), text(517));
  site = await openSite();
  site.page("/2020", ["Guards in North Korea held 612 prisoners in four camps.", "Food in North Korea was short all year."]);
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});
const run = (...words: readonly string[]) => runHere(evidence, [series, ...words, "--data", data, "--allow-loopback"]);

describe("almanac evidence", () => {
  test("says where nothing is kept", async () => expect((await run()).said.at(-1)).toContain("No document is kept of it."));

  test("keeps a file and an address, byte for byte, and twice is once", async () => {
    const sha256 = createHash("sha256").update(text(517)).digest("hex");
    expect((await run("2019", join(folder, "2019.txt"))).said.at(-1)).toBe("Kept as evidence. Nobody was told.");
    expect(await readFile(join(data, "evidence", sha256), "utf8")).toBe(text(517));
    expect((await run("2019", join(folder, "2019.txt"))).said.at(-1)).toBe("It is kept already; nothing was changed.");
    expect((await run("2020", `${site.url}/2020`, "--json")).json).toMatchObject([{ series, edition: 2020, url: `${site.url}/2020`, known: false }]);
    expect((await run("--json")).json).toMatchObject([{ edition: 2019, sha256, url: null }, { edition: 2020 }]);
    expect((await run("2019")).lines.at(-1)).toMatch(new RegExp(`^2019 +\\d{4}-.*${sha256} +a file$`));
  });

  test("what is kept can be compared without files, and its edition names the hash", async () => {
    const { json, lines } = await runHere(compare, [series, "2019", "2020", "--data", data]);
    expect([json, lines.join("\n")]).toEqual([[], expect.stringContaining("A number changed from 517 to 612")]);
    const kept = await runHere(query, ["--series", series, "--kind", "edition", "--json", "--data", data]);
    expect(kept.json).toMatchObject([{ edition: 2020, status: "out", sha256: expect.stringMatching(/^[\da-f]{64}$/) }, { edition: 2019 }]);
  });

  test("an export names what is kept, an import keeps that, and with the folder copied it can be compared", async () => {
    const [file, moved] = [join(folder, "almanac.jsonl"), join(folder, "moved")];
    await writeFile(file, `${(await runHere(exported, ["--data", data])).lines.join("\n")}\n`);
    await runHere(imported, [file, "--data", moved]);
    const there = (at: string) => runHere(evidence, [series, "--json", "--data", at]);
    expect((await there(moved)).json).toEqual((await there(data)).json);
    await expect(runHere(compare, [series, "2019", "2020", "--data", moved])).rejects.toThrow("None is kept as evidence");
    await cp(join(data, "evidence"), join(moved, "evidence"), { recursive: true });
    expect((await runHere(compare, [series, "2019", "2020", "--data", moved])).lines.join("\n")).toContain("A number changed from 517 to 612");
  });

  test.each([
    [["2019", "none.html"], "there is no such file"],
    [["19"], "Write it as 2021"],
  ])("%j is refused", (words, message) => expect(run(...words)).rejects.toThrow(message));

  test("an address that gives nothing is said", async () => {
    await expect(run("2021", `${site.url}/2021`)).rejects.toThrow(/could not be read \(http-404\)/);
  });
});
