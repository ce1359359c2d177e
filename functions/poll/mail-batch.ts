import { messageOf } from "../../shared/fault.ts";
import type { ReadMail } from "../../shared/lambda/bucket-mail.ts";
import { correlationOf } from "../../shared/queue/messages.ts";
import type { Received } from "../../shared/queue/queue.ts";
import { mailPrefix } from "../../shared/stage.ts";
import { type Polling, sendOwed, worldOf } from "./batch.ts";
import type { Deadline } from "./deadline.ts";
import { takeMail } from "./mail.ts";
import { examineBySes, readDelivery } from "./ses.ts";

/** Where SES puts the mail of this stage. */
export interface MailPlace {
  readonly bucket: string;
  readonly read: ReadMail;
}

/**
 * Takes the mail that messages of SES tell of, and gives the ids of those that must come again: by a fault of ours, or
 * since a page that decides cannot be read yet. What is refused stays in the bucket, and the log says why.
 */
export async function takeMails(polling: Polling, messages: readonly Received[], place: MailPlace, deadline: Deadline): Promise<string[]> {
  const again: string[] = [];
  for (const message of messages) {
    try {
      if (!(await takeOne(polling, message, place, deadline))) again.push(message.id);
    } catch (error) {
      polling.log.error(`A fault of ours kept a mail from being read. It comes again: ${messageOf(error)}`, { error });
      again.push(message.id);
    }
  }
  return again;
}

/** Whether that was all there is to do. */
async function takeOne(polling: Polling, { id, body }: Received, place: MailPlace, { endBy }: Deadline): Promise<boolean> {
  const delivery = readDelivery(body);
  if (delivery?.bucket !== place.bucket || !delivery.key.startsWith(mailPrefix)) {
    polling.log.warn("A message of the mail queue tells of no mail of this stage, and is dropped.", { body: body.slice(0, 500) });
    return true;
  }
  const correlation = correlationOf(Math.floor(polling.clock.now() / 60_000), `mail ${id}`);
  const log = polling.log.along(correlation);
  const { key } = delivery;
  const taken = await takeMail(worldOf({ ...polling, log }, polling.ready, endBy), [...polling.ready.sources.values()], await place.read(key), examineBySes(delivery));
  if (taken.kind === "refused") log.warn("A mail is refused. It stays in the bucket for 90 days.", { refusal: taken.refusal, why: taken.why, key });
  else if (taken.outcome) {
    log.info("A mail was read.", { key, source: taken.outcome.source, items: taken.outcome.items, alerts: taken.outcome.rung.length });
    await sendOwed({ ...polling, log }, taken.outcome, correlation);
  }
  if (taken.kind === "later") log.warn("A mail waits, and comes again.", { why: taken.why, key });
  return taken.kind !== "later";
}
