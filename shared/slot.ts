import { createHash } from "node:crypto";

/** Hashing a hundred thousand ids takes a tenth of a second, and plan asks for all of them every minute. */
const hashes = new Map<string, number>();

function hashOf(sourceId: string): number {
  const known = hashes.get(sourceId);
  if (known !== undefined) return known;
  const hash = createHash("sha1").update(sourceId).digest().readUInt32BE(0);
  hashes.set(sourceId, hash);
  return hash;
}

/**
 * The first minute (since 1970) at or after `from` in which a source is due that is polled at a pace, in minutes. Its
 * place in the pace follows from its id: the same for ever, and spread evenly over all sources.
 */
export function slotAfter(sourceId: string, pace: number, from: number): number {
  const place = hashOf(sourceId) % pace;
  return from + ((((place - from) % pace) + pace) % pace);
}
