import { type Taken, takeMail } from "../functions/poll/mail.ts";
import type { Outcome, World } from "../functions/poll/poll.ts";
import type { Source } from "../shared/catalogue/schema.ts";
import { messageOf } from "../shared/fault.ts";
import type { Examine } from "../shared/intake/mail-trust.ts";
import type { MailFolder } from "./mail-folder.ts";

/** A way in for mail: where it is put, and who says whose it is. */
export interface WayIn {
  readonly folder: MailFolder;
  readonly examine: Examine;
}

/** What a mailbox tells whoever runs it. */
export interface MailListener {
  readonly outcome: (outcome: Outcome) => void;
  readonly say: (sentence: string) => void;
}

/** So many at a look, so that a flood does not keep the others waiting. */
const mostAtALook = 100;
/** A name service that does not answer for so long will not. */
const patienceMs = 5 * 24 * 60 * 60 * 1000;

/** Takes what waits in a folder, one mail after another. A mail is let go of when what it says is on record. */
export function createMailbox({ folder, examine }: WayIn, sources: readonly Source[], world: World, listener: MailListener): () => Promise<void> {
  const isSaid = new Set<string>();
  let looking: Promise<void> = Promise.resolve();

  /** Said once, however often it is looked at again. */
  function sayOnce(name: string, sentence: string): void {
    if (!isSaid.has(name)) listener.say(sentence);
    isSaid.add(name);
  }

  async function refuse(name: string, refusal: string, why: string): Promise<void> {
    await folder.refuse(name, `${refusal}: ${why}`);
    listener.say(`A mail is refused (${refusal}): ${why}. It is kept as ${name} in ${folder.path}/refused.`);
  }

  async function settle(name: string, taken: Taken): Promise<void> {
    if (taken.kind === "refused") return refuse(name, taken.refusal, taken.why);
    if (taken.outcome) listener.outcome(taken.outcome);
    if (taken.kind === "read") return folder.done(name);
    if (world.clock.now() - (await folder.cameAt(name)) > patienceMs) return refuse(name, "unanswered", `${taken.why}, and has not been for five days`);
    sayOnce(name, `A mail waits, and is looked at again each minute: ${taken.why}. It is ${name} in ${folder.path}.`);
  }

  async function look(): Promise<void> {
    const names = (await folder.waiting()).slice(0, mostAtALook);
    for (const name of names) {
      try {
        await settle(name, await takeMail(world, sources, await folder.read(name), examine));
      } catch (error) {
        sayOnce(name, `A fault of ours kept a mail from being read: ${messageOf(error)}. It stays ${name} in ${folder.path}, and is looked at again each minute.`);
      }
    }
  }

  return () => (looking = looking.then(look).catch((error: unknown) => listener.say(`The mail in ${folder.path} could not be looked at: ${messageOf(error)}. It is tried again in a minute.`)));
}
