import type { Protocol } from "../records/subscriptions.ts";
import type { Address } from "./subscriptions.ts";
import type { FilterPolicy } from "./filter-policy.ts";

/** Whether alerts reach a subscription: SNS sends to an email or https address, and to what is of another account, only once it was confirmed there. */
export type Delivery = "confirmed" | "pending";

/** A subscription as the topic has it. */
export interface TopicSubscription {
  readonly protocol: string;
  readonly endpoint: string;
  readonly delivery: Delivery;
  /** Of one that waits to be confirmed it is not told. */
  readonly arn: string | undefined;
}

/** The topic whose subscriptions get the alerts: SNS, as far as subscribing goes. */
export interface Topic {
  readonly arn: string;
  /** All that there are, confirmed or not, whoever made them. */
  list(): Promise<readonly TopicSubscription[]>;
  /**
   * Subscribes an address, which is asked to confirm where that is needed, and asked again where it did not. Undefined
   * where it is subscribed with another policy.
   */
  subscribe(address: Address, policy: FilterPolicy): Promise<{ readonly arn: string; readonly delivery: Delivery } | undefined>;
  /** Gives a subscription another filter policy. */
  change(arn: string, protocol: Protocol, policy: FilterPolicy): Promise<void>;
  /** Whether a subscription delivers; undefined where there is none any more. */
  look(arn: string): Promise<Delivery | undefined>;
  /**
   * Confirms a subscription with the token of the mail that asked for it, so that only who is signed in to the account
   * can end it: the link under a mail, which programs that check mail may open, ends it no more. Gives its ARN.
   */
  confirm(token: string): Promise<string>;
  /** Ends a subscription; ending it again does nothing. */
  unsubscribe(arn: string): Promise<void>;
}
