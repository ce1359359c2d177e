import type { Log } from "../../shared/lambda/log.ts";
import type { Meter } from "../../shared/lambda/metrics.ts";
import { inGroups, OutOfTime } from "../../shared/queue/fifo.ts";
import { readOwedMessage } from "../../shared/queue/messages.ts";
import type { Received } from "../../shared/queue/queue.ts";
import { notify, type World } from "./notify.ts";

/** What sending a batch needs. */
export interface Notifying extends World {
  readonly log: Log;
  readonly meter: Meter;
}

/**
 * Sends a batch of owed alerts, one at a time, and gives the ids of the messages that must come again: those that
 * could not be begun by `beginBy` (milliseconds since 1970). An alert that cannot be sent does not come again by the
 * queue, which would hold up all alerts behind it for as long as it takes: its record still owes it, so watch asks
 * for it again within a quarter of an hour, and the metric says so.
 */
export async function notifyBatch(notifying: Notifying, messages: readonly Received[], beginBy: number): Promise<string[]> {
  return inGroups(
    messages,
    async (received) => {
      if (notifying.clock.now() > beginBy) throw new OutOfTime("There is no time left for the rest of the batch.");
      await notifyMessage(notifying, received);
    },
    (fault) => notifying.log.warn("The rest of the batch comes again.", { error: fault }),
  );
}

async function notifyMessage(notifying: Notifying, { body }: Received): Promise<void> {
  const { log, meter } = notifying;
  const message = readOwedMessage(body);
  if (!message) {
    meter.add("PublishFailures");
    return log.error("A message of the notify queue cannot be read by this version, and is dropped. What it asked for is still owed.", { body: body.slice(0, 500) });
  }
  const { key, alert, correlation } = message;
  const along = log.along(correlation);
  try {
    const isSent = await notify(notifying, key, alert);
    if (isSent) meter.add("AlertsSent");
    along.info(isSent ? "An alert was sent." : "An alert is no longer owed.", { alert });
  } catch (error) {
    meter.add("PublishFailures");
    along.error("An alert could not be sent. It stays owed, and watch asks for it again.", { alert, error });
  }
}
