/** Whether a source can be read. */
export const healths = ["well", "quiet", "failing", "blocked", "dead", "disabled"] as const;
export type Health = (typeof healths)[number];

/** Whether a source of this health is lost to us: it refuses us, or it is gone. */
export function isLost(health: Health): boolean {
  return health === "blocked" || health === "dead";
}

/** Why a source is not simply well: a closed list, and `http-NNN` for any other status. */
export const reasons = [
  "challenge",
  "soft-error",
  "not-a-feed",
  "empty",
  "overflow",
  "credential",
  "robots",
  "timeout",
  "unreachable",
  "too-large",
  "too-deep",
  "bad-address",
  "redirects",
  "unreadable",
  "partial",
  "waiting",
  "no-mailbox",
] as const;
export type Reason = (typeof reasons)[number] | `http-${number}`;

/** A source could not be read. Expected, so it becomes the source's health; it never stops the others. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  readonly reason: Reason;
  /** When the publisher asked us to come back, if it said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(reason: Reason, message: string, options?: { cause?: unknown; retryAfterSeconds?: number }) {
    super(message, options);
    this.reason = reason;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}
