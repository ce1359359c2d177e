import * as fc from "fast-check";
import { expect, test } from "vitest";
import { targets } from "./fuzz.ts";

// A small part, the same each time; npm run fuzz goes on with other seeds for as long as it is given.
test.each(targets)("$name holds, whatever comes", { timeout: 60_000 }, async ({ name, property }) => {
  const { failed, counterexample, errorInstance } = await fc.check(property, { seed: 20_261_124, numRuns: name.startsWith("mutated") ? 5 : 100 });
  expect(failed ? [counterexample, errorInstance] : "it holds").toBe("it holds");
});
