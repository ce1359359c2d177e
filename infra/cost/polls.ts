import { messagesABatch, pollRetentionMinutes, pollsSideBySide } from "../sizes.ts";
import { figures } from "./prices.ts";

/** How many messages a minute go through so many of poll side by side, where batches come full, as they do when there is a queue. */
export function pollCapacity(polls: number): number {
  return (polls * messagesABatch * 60) / figures.slowestOfBatchSeconds.value;
}

/** How many messages a minute poll must manage: those of a usual minute, or one a host before those of the first tick are too old. */
export function messagesToManage(messagesAMinute: number, hosts: number): number {
  return Math.max(messagesAMinute, hosts / pollRetentionMinutes);
}

/** How many of poll must run side by side for that; never fewer than do. */
export function pollsNeeded(messagesAMinute: number, hosts: number): number {
  return Math.max(pollsSideBySide, Math.ceil(messagesToManage(messagesAMinute, hosts) / pollCapacity(1)));
}
