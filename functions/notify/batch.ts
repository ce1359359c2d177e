import type { Log } from "../../shared/lambda/log.ts";
import type { Meter } from "../../shared/lambda/metrics.ts";
import { readOwedMessage } from "../../shared/queue/messages.ts";
import type { Received } from "../../shared/queue/queue.ts";
import { notify, type World } from "./notify.ts";
import { createPacer, paced } from "./pacer.ts";

/** What sending a batch needs. */
export interface Notifying extends World {
  readonly log: Log;
  readonly meter: Meter;
}

/**
 * Sends a batch of owed alerts, one at a time and at most 8 a second. An alert that cannot be sent after some tries,
 * or not be begun by `beginBy` (milliseconds since 1970), does not come again by the queue, which would hold up all
 * alerts behind it for as long as it takes, and give it up after a few times though nobody tried: its record still owes
 * it, so watch asks for it again within a quarter of an hour, and the metric says so. Who is told alone must not hold up
 * what all get: each alert has its share of the time for them, and watch tells whom it leaves.
 */
export async function notifyBatch(notifying: Notifying, messages: readonly Received[], beginBy: number): Promise<void> {
  const pacer = createPacer(notifying.clock);
  try {
    await sendEach({ ...notifying, publish: paced(notifying.publish, pacer) }, messages, beginBy);
  } finally {
    // The next batch may come to another environment, whose pacer knows nothing of this one's last publish.
    await pacer.rest();
  }
}

async function sendEach(notifying: Notifying, messages: readonly Received[], beginBy: number): Promise<void> {
  const { clock, log, meter } = notifying;
  for (const [index, received] of messages.entries()) {
    if (clock.now() > beginBy) {
      const left = messages.length - index;
      meter.add("PublishFailures", left);
      return log.error("There was no time left for some alerts. They stay owed, and watch asks for them again.", { alerts: messages.slice(index).map(({ body }) => readOwedMessage(body)?.alert) });
    }
    const share = (beginBy - clock.now()) / (messages.length - index);
    await notifyMessage({ ...notifying, aloneBy: clock.now() + share }, received, beginBy);
  }
}

/** So often a message is begun before it is left to watch, which may take a quarter of an hour. */
const triesMost = 3;
const pauseMs = 500;

/** What `work` gives, begun again shortly after it failed: most of what fails at AWS, a moment later does not. */
async function soon<Result>({ clock }: Pick<Notifying, "clock">, beginBy: number, work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const pause = pauseMs * 2 ** (tries - 1);
      if (tries >= triesMost || clock.now() + pause > beginBy) throw error;
      await clock.sleep(pause);
    }
  }
}

async function notifyMessage(notifying: Notifying, { body }: Received, beginBy: number): Promise<void> {
  const { log, meter } = notifying;
  const message = readOwedMessage(body);
  if (!message) {
    meter.add("PublishFailures");
    return log.error("A message of the notify queue cannot be read by this version, and is dropped. What it asked for is still owed.", { body: body.slice(0, 500) });
  }
  const { key, alert, correlation } = message;
  const along = log.along(correlation);
  try {
    const failed = (one: string, error: unknown): void => {
      meter.add("PublishFailures");
      along.error("A message to one subscriber could not be sent. It stays owed, and watch asks for it again.", { alert: one, error });
    };
    const left = (one: string, subscribers: number): void => along.warn("There was no time to tell some subscribers alone. Watch plans a message for each.", { alert: one, subscribers });
    const sending = await soon(notifying, beginBy, () => notify({ ...notifying, failed, left }, key, alert));
    if (sending !== "not owed") meter.add("AlertsSent");
    if (sending === "sent, perhaps again") along.warn("An alert was sent that may have been sent before: an earlier attempt ended before that was noted.", { alert });
    else along.info(sending === "sent" ? "An alert was sent." : "An alert is no longer owed.", { alert });
  } catch (error) {
    meter.add("PublishFailures");
    along.error("An alert could not be sent. It stays owed, and watch asks for it again.", { alert, error });
  }
}
