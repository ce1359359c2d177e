import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Replayed, repeated, replay } from "./almanac.ts";

const archive = resolve(import.meta.dirname, "../../../shared/data/state-press-releases/snapshots-2021-05-23_2022-02-10.tar.xz");
const absent = !existsSync(archive);
if (absent) console.warn(`The State Department's recorded feed is not played: there is no ${archive}.`);

describe.skipIf(absent)("the State Department's press releases, as they were polled 735 times from May 2021", () => {
  let folder: string;
  let played: Replayed;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "almanac-snapshots-"));
    const { status, stderr } = spawnSync("tar", ["-xJf", archive, "-C", folder], { encoding: "utf8" });
    if (status !== 0) throw new Error(`tar ended with ${status}: ${stderr}`);
    played = await replay("--snapshots", folder, "--source", "us-state-press");
  }, 180_000);
  afterAll(() => rm(folder, { recursive: true }));

  const told = (...kinds: string[]) => played.rung.filter(({ kind, update }) => kinds.includes(kind) && !update);

  test("ring for three things of series, and no others", () =>
    expect(told("edition", "notice").map(({ kind, series, edition, at }) => `${at.slice(0, 10)} ${kind} ${series} ${edition}`)).toEqual([
      "2021-06-26 edition us-torture-victims-day-statement 2021",
      "2021-06-30 notice us-state-tip-report 2021",
      "2021-07-01 edition us-state-tip-report 2021",
    ]));

  test("ring for the trafficking report at the briefing on its release", () =>
    expect(told("edition").at(-1)).toMatchObject({ at: expect.stringMatching(/^2021-07-01T18:40:15(\.000)?Z$/), basis: "coverage", title: expect.stringContaining("On the Release of the 2021 Trafficking in Persons") }));

  test("tell nothing twice, though titles are edited and shared", () => expect(repeated(played.rung)).toEqual([]));

  test("lose sight once for 172 days, which is said", () => {
    expect(played.losses.filter(({ detail }) => detail.includes("172 days"))).toMatchObject([{ source: "us-state-press", at: expect.stringMatching(/^2022-02-02/) }]);
    expect(played.summary).toMatchObject({ polls: 735, losses: played.losses.length });
  });
});
