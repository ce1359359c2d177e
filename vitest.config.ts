import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

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
    hookTimeout: 60_000,
  },
});
