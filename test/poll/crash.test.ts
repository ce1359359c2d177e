import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Stored } from "../../shared/records/table.ts";
import { feedAt, other, series } from "./parts.ts";
import { openSite, type Site } from "./site.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Watcher } from "./watched-table.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** The process ends here: what it would have written later is never written. */
class Crash extends Error {
  override readonly name = "Crash";
}

/** A process that may end. */
interface Life extends Watcher {
  readonly writes: () => number;
  /** The record at whose write it ended. */
  readonly last: () => Stored | undefined;
}

/** Lets a number of writes through, and ends the process at the next one, before it is made or after. */
function crashAt(nth: number, when: "before" | "after"): Life {
  let writes = 0;
  let last: Stored | undefined;
  let dead = false;
  const end = (record: Stored): never => {
    dead = true;
    last = record;
    throw new Crash(`${when} write ${nth}`);
  };
  return {
    writes: () => writes,
    last: () => last,
    before(record) {
      if (dead) throw new Crash("already ended");
      writes++;
      if (when === "before" && writes === nth) end(record);
    },
    after(record) {
      if (when === "after" && writes === nth) end(record);
    },
  };
}

const news = [
  { title: "2021 Trafficking in Persons Report", url: "https://state.example/tip", at: "2021-07-01T14:00:00Z" },
  { title: "North Korea: prison camp", url: "https://state.example/camp", at: "2021-07-01T15:00:00Z" },
];

/** What happens, step by step; after a crash the step in which it fell is done again. */
const steps: readonly ((stage: Stage, sent: (alert: string) => void) => Promise<void>)[] = [
  async (stage) => {
    site.feed("/press", [other(1), other(2)]);
    site.feed("/reports", [other(3)]);
    await stage.poll();
  },
  async (stage) => {
    stage.jump("2021-07-01T16:00:00Z");
    site.set("/reports", { status: 403 });
    await stage.poll("reports");
  },
  async (stage) => {
    stage.jump("2021-07-01T17:00:00Z");
    site.feed("/press", [...news, other(1)]);
    await stage.poll();
  },
  async (stage, sent) => {
    const { failed } = await stage.sweep(({ facts }) => sent(facts.id));
    if (failed[0]) throw failed[0].error;
  },
];

const parts = () => ({ series, sources: [feedAt(site.url, "/press"), feedAt(site.url, "/reports")] });

/** Runs all steps over one folder, and starts again where the process ended. Gives what was sent, and when it ended. */
async function play(life: Life): Promise<{ sent: string[]; step: number | undefined }> {
  const folder = await mkdtemp(join(tmpdir(), "almanac-crash-"));
  const sent: string[] = [];
  let crashed: number | undefined;
  let stage = await openStage({ parts, folder, site, watcher: life });
  for (let step = 0; step < steps.length; step++) {
    try {
      await steps[step]?.(stage, (alert) => {
        if (life.last() && crashed === undefined) throw new Crash("already ended");
        sent.push(alert);
      });
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      crashed = step;
      await stage.close();
      stage = await openStage({ parts, folder, site });
      step--;
    }
  }
  const left = await stage.sweep(({ facts }) => void sent.push(facts.id));
  expect(left).toEqual({ sent: 0, failed: [] });
  await stage.close();
  await rm(folder, { recursive: true });
  return { sent, step: crashed };
}

const owed = ["about:state.example/camp", "edition:tip:2021", expect.stringMatching(/^health:reports:blocked:/)];

test("without a crash each alert is sent once", async () => {
  const { sent } = await play(crashAt(Number.POSITIVE_INFINITY, "before"));
  expect(sent.toSorted()).toEqual(owed);
});

test("a crash before or after any write loses no alert, and repeats one only where it fell between sending and noting it", async () => {
  const counter = crashAt(Number.POSITIVE_INFINITY, "before");
  await play(counter);
  expect(counter.writes()).toBeGreaterThan(10);
  for (let nth = 1; nth <= counter.writes(); nth++) {
    for (const when of ["before", "after"] as const) {
      const crash = crashAt(nth, when);
      const { sent, step } = await play(crash);
      expect({ nth, when, sent: [...new Set(sent)].toSorted() }).toEqual({ nth, when, sent: owed });
      // In the last step each alert has three writes: that it is begun, that it was sent, and its settling.
      const record: (Stored & { readonly sent?: unknown }) | undefined = crash.last();
      const between = step === steps.length - 1 && record?.kind === "alert" && record.sent !== null && when === "before";
      expect({ nth, when, step, repeated: sent.length - owed.length }).toEqual({ nth, when, step, repeated: between ? 1 : 0 });
    }
  }
}, 120_000);
