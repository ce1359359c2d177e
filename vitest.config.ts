import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The conformance suite starts a Java process; everything else ends well within the default.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
