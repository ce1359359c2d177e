import { folderEvidence } from "../local/evidence.ts";
import type { Evidence } from "../shared/records/evidence.ts";
import type { Stage } from "./stage/open.ts";
import type { Target } from "./target.ts";

/** Does the work with the evidence of a target whose table is open. */
export async function withEvidence<Result>(target: Target, stage: Stage | undefined, work: (evidence: Evidence) => Promise<Result>): Promise<Result> {
  if (target.stage === undefined) return work(folderEvidence(target.folder));
  if (!stage) throw new Error("a stage was named, and is not open");
  const { withBucketEvidence } = await import("./stage/evidence.ts");
  return withBucketEvidence(stage, work);
}
