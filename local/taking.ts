import { subscriptionKey } from "../shared/records/keys.ts";
import { change } from "../shared/records/records.ts";
import { suspended, type SubscriptionRecord } from "../shared/records/subscriptions.ts";
import type { Table } from "../shared/records/table.ts";
import type { Asked } from "./hand-over.ts";

/** An alert is given up after seven days; whoever took none of the others in that time, but for its first hours, takes nothing. */
const nothingTakenMs = 6 * 86_400_000;

/** The record of an address that took what was sent: nothing is held against it, and if it was suspended it goes on from now. */
function taking(record: SubscriptionRecord, now: string): SubscriptionRecord | undefined {
  const { takesNothing, ...rest } = record;
  if (takesNothing === undefined) return undefined;
  return record.state === "suspended" ? { ...rest, state: "active", since: now, read: { soon: now, digest: now } } : rest;
}

/** The record of an address that did not take it: suspended where it is gone, or where an alert was given up and no other taken. */
function notTaking(record: SubscriptionRecord, { state, reply: why }: Asked, now: string): SubscriptionRecord | undefined {
  const { takesNothing: before } = record;
  const takesNothing = { since: before?.since ?? now, why };
  const lasted = Date.parse(now) - Date.parse(takesNothing.since) >= nothingTakenMs;
  if (state === "refused" || (state === "given up" && lasted)) return { ...suspended(record, now), takesNothing };
  return before?.why === why ? undefined : { ...record, takesNothing };
}

/**
 * Notes on the subscriptions of web addresses what these said, so that one that takes nothing can be seen, and is not
 * asked for ever. What is suspended or given up is said, by the id of the subscription. `clock` gives milliseconds since 1970.
 */
export function takingNoted(table: Table, say: (sentence: string) => void, clock: () => number = Date.now): (asked: readonly Asked[]) => Promise<void> {
  async function note(asked: Asked): Promise<void> {
    const { to, state, reply } = asked;
    if (state === "taken before" || state === "refused before") return;
    const now = new Date(clock()).toISOString();
    const after = await change(table, subscriptionKey(to), (record) => {
      if (state === "taken") return record && taking(record, now);
      return record?.state === "active" ? notTaking(record, asked, now) : undefined;
    });
    if (state === "refused" || state === "given up") say(after?.state === "suspended" ? sentenceOf(to, reply) : `An alert is given up for the subscription ${to}, which did not take it for seven days: ${reply}.`);
  }
  return async (asked) => {
    for (const one of asked) await note(one);
  };
}

function sentenceOf(id: string, why: string): string {
  return `The subscription ${id} is suspended, since its web address takes nothing: ${why}. \`almanac subscribers\` shows the address; once it is mended, \`almanac test-alert ADDRESS\` begins it again.`;
}
