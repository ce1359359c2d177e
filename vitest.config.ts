import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The longest, longest first. One that began last would run alone at the end. */
const longest = ["lambda/proof", "replay/year", "cli/trouble", "site/browser", "hostile/path", "local/start", "cli/stage", "simulation/simulation", "replay/state-press", "records/conformance", "lambda/mail", "local/kill", "watch/crash"];

const place = ({ moduleId }: TestSpecification): number => longest.findIndex((name) => moduleId.endsWith(`test/${name}.test.ts`));

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter((file) => place(file) >= 0).toSorted((a, b) => place(a) - place(b)), ...sorted.filter((file) => place(file) < 0)];
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/seed.ts"],
    // Test files of one worker share their modules: loading them anew for each took a third of the whole time.
    isolate: false,
    // Many tests wait for processes, pauses and timeouts, so three workers for two cores keep these busy.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    // The conformance suite starts a Java process; everything else ends well within the default.
    testTimeout: 20_000,
    // Processes that tests start share what Node has compiled, as those of the command line do.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/almanac") },
    sequence: { sequencer: LongestFirst },
    hookTimeout: 60_000,
  },
});
