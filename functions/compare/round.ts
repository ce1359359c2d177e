import { dueDocuments } from "../../shared/records/documents.ts";
import type { RecordKey } from "../../shared/records/keys.ts";
import { look, type Looked } from "./look.ts";
import type { World } from "./world.ts";

/** What a round tells. */
export interface Listener {
  /** Whether there is time for one more. */
  mayBegin(): boolean;
  looked(looked: Looked): Promise<void> | void;
  /** A fault of ours ended one look; it is begun again later. */
  fault(key: RecordKey<"edition">, error: unknown): void;
}

/** More wait for the next round. */
const mostAtOnce = 20;

/** Looks at the documents that are due, the longest waiting first, one after another: a large one needs the memory for itself. */
export async function lookAtDue(world: World, listener: Listener): Promise<void> {
  const keys: RecordKey<"edition">[] = [];
  for await (const key of dueDocuments(world.table, new Date(world.clock.now()).toISOString())) {
    keys.push(key);
    if (keys.length === mostAtOnce) break;
  }
  for (const key of keys) {
    if (!listener.mayBegin()) return;
    try {
      const looked = await look(world, key);
      if (looked) await listener.looked(looked);
    } catch (error) {
      listener.fault(key, error);
    }
  }
}
