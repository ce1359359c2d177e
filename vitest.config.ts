import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Test files of one worker share their modules: loading them anew for each took a third of the whole time.
    isolate: false,
    // Many tests wait for processes, pauses and timeouts, so two workers a core keep the cores busy.
    maxWorkers: "200%",
    // The conformance suite starts a Java process; everything else ends well within the default.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
