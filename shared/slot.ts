import { createHash } from "node:crypto";

/**
 * The first minute (since 1970) at or after `from` in which a source is due that is polled at a pace, in minutes. Its
 * place in the pace follows from its id: the same for ever, and spread evenly over all sources.
 */
export function slotAfter(sourceId: string, pace: number, from: number): number {
  const place = createHash("sha1").update(sourceId).digest().readUInt32BE(0) % pace;
  return from + ((((place - from) % pace) + pace) % pace);
}
