import { messageOf } from "../../shared/fault.ts";
import type { Log } from "../../shared/lambda/log.ts";
import { correlationOf, owedOutgoing } from "../../shared/queue/messages.ts";
import type { Queue } from "../../shared/queue/queue.ts";
import type { Looked } from "./look.ts";
import { lookAtDue } from "./round.ts";
import type { World } from "./world.ts";

/** What a run of compare needs. */
export interface Comparing extends World {
  readonly notifyQueue: Queue;
  readonly log: Log;
}

/** Looks at the documents that are due and hands on what is owed. None is begun after `beginBy` (milliseconds since 1970); the rest waits for the next run. */
export async function compareDue(comparing: Comparing, beginBy: number): Promise<void> {
  const { clock, log } = comparing;
  await lookAtDue(comparing, {
    mayBegin: () => clock.now() <= beginBy,
    async looked(looked) {
      sayLooked(log, looked);
      if (looked.alert !== undefined) await handOn(comparing, looked, looked.alert);
    },
    fault: ({ pk, sk }, error) => log.error("A fault of ours ended the look at a document. It is looked at again.", { record: `${pk} ${sk}`, error }),
  });
}

function sayLooked(log: Log, { series, edition, url, version, reason, alert }: Looked): void {
  if (reason !== undefined) log.warn("A document could not be had. It is looked for again.", { series, edition, url, reason });
  else log.info(version ? "A document is kept as evidence." : "A document says what it said.", { series, edition, url: version?.url ?? url, sha256: version?.sha256, bytes: version?.bytes, alert });
}

/** What the queue does not take is still owed, and watch hands it on. */
async function handOn({ notifyQueue, clock, log }: Comparing, { key }: Looked, alert: string): Promise<void> {
  const now = clock.now();
  try {
    await notifyQueue.send([owedOutgoing({ key, alert, correlation: correlationOf(Math.floor(now / 60_000), "compare") }, now)]);
  } catch (error) {
    log.error(`The queue did not take what is owed. It stays owed, and watch hands it on: ${messageOf(error)}`, { alert });
  }
}
