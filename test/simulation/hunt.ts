import { simulate } from "./year.ts";

// Started by mutants.ts in a copy of the tree: plays seeds until a promise is broken, and says which.
const seeds = Number(process.argv[2]);
for (let seed = 1; seed <= seeds; seed++) {
  const [first] = (await simulate(seed)).violations;
  if (!first) continue;
  process.stdout.write(`found by seed ${seed}: ${first.what}\n`);
  break;
}
