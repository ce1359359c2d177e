import type { SubscriptionRecord } from "../records/subscriptions.ts";
import type { Composed } from "./alert.ts";
import type { Subscriber } from "./pace.ts";

/** Where a message is sent that is for one subscription alone. */
export interface Recipient {
  readonly id: string;
  readonly address: string;
  /** Of email, sms and https one machine knows the way; what is for others it keeps as JSON. */
  readonly protocol: string;
}

/** What a publisher needs to know of a subscription. Only to one that is active alerts are sent. */
export interface SubscriptionLike extends Subscriber, Recipient {
  readonly state: SubscriptionRecord["state"];
}

/** Whom a message is sent to. */
export type To = "everyone" | "programs" | Recipient;

/** Recipients who must be tried again, each with nothing yet or nobody knows; all others have the message. */
export class SomeLater extends Error {
  override readonly name = "SomeLater";
}

/** For certain, nobody has the message. */
export class NotTaken extends Error {
  override readonly name = "NotTaken";
}

/**
 * Sends an alert to those who want it as it comes (of whom `programs` are those that nobody reads), or to one
 * subscription alone, and gives the ids of the messages. Throws when it may be that somebody did not get it and trying
 * again can help: SomeLater where the others have it, NotTaken where nobody has. The alert then stays owed.
 */
export type Publisher = (alert: Composed, audience?: To) => Promise<readonly string[]>;
