import { catalogueOf } from "../functions/notify/known.ts";
import type { Rung } from "../functions/poll/record.ts";
import { look } from "../functions/watch/look.ts";
import { messageOf } from "../shared/fault.ts";
import type { Stack } from "./stack.ts";

/** What looking at the calendar tells whoever runs the monitor. */
export interface Listener {
  /** An alert is owed now. */
  rung(rung: Rung): void;
  say(sentence: string): void;
}

/** Looks at where series stand, if that is due. */
export function createCalendar({ poll: { table, clock }, notify: { known } }: Pick<Stack, "poll" | "notify">, listener: Listener): () => Promise<void> {
  const catalogue = catalogueOf(known);
  return async () => {
    try {
      for (const news of await look({ table, clock }, catalogue)) listener.rung(news);
    } catch (error) {
      listener.say(`Where editions stand could not be told: ${messageOf(error)}. It is looked at again soon.`);
    }
  };
}
