import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Test files of one worker share their modules: loading them anew for each took a third of the whole time.
    isolate: false,
    // One worker a core: vitest keeps a core for itself, and on two cores that is half of them.
    maxWorkers: "100%",
    // The conformance suite starts a Java process; everything else ends well within the default.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
