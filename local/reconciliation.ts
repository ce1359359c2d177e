import { differences } from "../functions/watch/reconcile.ts";
import { messageOf } from "../shared/fault.ts";
import type { Stack } from "./stack.ts";

/**
 * Compares what rang with what was noted as sent, and says once of each alert that was never sent. The comparison goes
 * by other records than those that owe, so that a record that lost what it owes is found.
 */
export function createReconciliation({ poll: { table, clock, series } }: Pick<Stack, "poll">, say: (sentence: string) => void): () => Promise<void> {
  const said = new Set<string>();
  return async () => {
    try {
      const { unsent, unfounded } = await differences({ table, clock }, [...series.values()]);
      const isNews = ({ alert }: { readonly alert: string }): boolean => !said.has(alert);
      for (const { alert, at } of unsent.filter(isNews)) {
        said.add(alert);
        say(`The alert ${alert} rang at ${at}, and nothing notes that it was sent. While its record owes it, it is tried again; otherwise look at it with almanac query, and tell your subscribers.`);
      }
      for (const { alert, at } of unfounded.filter(isNews)) {
        said.add(alert);
        say(`The alert ${alert} was sent at ${at}, and its edition is not out on record. Look at it with almanac query; enter the edition with almanac record --no-alert if it is out, else tell your subscribers.`);
      }
    } catch (error) {
      say(`What was sent could not be compared with what rang: ${messageOf(error)}. It is compared again in some minutes.`);
    }
  };
}
