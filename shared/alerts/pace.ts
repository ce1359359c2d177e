import type { Pace, SubscriptionRecord } from "../records/subscriptions.ts";
import type { AlertFacts, AlertKind } from "./alert.ts";
import { wanted, wishedBy } from "./filter.ts";
import { textLanguage } from "./texts/languages.ts";
import { wallClock } from "./wall-clock.ts";

/** What an address asked for, as far as it decides what it gets and when. */
export interface Subscriber extends Pick<SubscriptionRecord, "wishes" | "also" | "pace" | "quiet" | "zone"> {
  readonly protocol: string;
  /** In which messages to it are written; absent, in English. */
  readonly language?: string;
}

/** When digests are sent, by the clock of the subscriber, and after what comes in the night. A week's is sent on Monday. */
const digestTime = "08:00";
const dayMs = 24 * 60 * 60 * 1000;

/** How often a subscriber is told of such alerts. Unless they ask otherwise, what is of no series comes once a week: there is much of it. */
export function paceOf({ pace }: Pick<Subscriber, "pace">, kind: AlertKind): Pace {
  // What was wrong is taken back before anybody acts on it.
  if (kind === "correction") return "at-once";
  return pace ?? (kind === "about" ? "weekly" : "at-once");
}

/** How often a subscriber gets a digest, if any of what they wish for comes in one. */
export function digestPace({ pace }: Pick<Subscriber, "pace">): "daily" | "weekly" {
  return pace === "daily" ? "daily" : "weekly";
}

/** Whether a person reads what is sent there; otherwise a program does, which takes each alert as it comes. */
export const isRead = ({ protocol }: Pick<Subscriber, "protocol">): boolean => protocol === "email" || protocol === "sms";

/** What goes to all at once is written in English: whoever reads another language is written to alone. */
const isWrittenTo = (subscriber: Pick<Subscriber, "protocol" | "language">): boolean => isRead(subscriber) && textLanguage(subscriber.language ?? "en") !== "en";

/** Whether alerts of this kind, wished for, go to a subscriber together with all others who want them as they come. */
export function isKindDirect(subscriber: Pick<Subscriber, "protocol" | "pace" | "quiet" | "language">, kind: AlertKind): boolean {
  return subscriber.quiet === undefined && !isWrittenTo(subscriber) && paceOf(subscriber, kind) === "at-once" && !(kind === "about" && isRead(subscriber));
}

/** Whether an alert goes to a subscriber as it comes, together with all others who want it so. */
export function isDirect(subscriber: Subscriber, facts: AlertFacts): boolean {
  return wishedBy(facts).kinds.some((kind) => isKindDirect(subscriber, kind)) && wanted(subscriber, facts);
}

/** Whether a moment, ISO 8601, lies in the quiet hours, by the clock in the subscriber's zone on that day. */
export function isQuiet({ quiet, zone = "UTC" }: Pick<Subscriber, "quiet" | "zone">, moment: string): boolean {
  if (!quiet || quiet.from === quiet.to) return false;
  const { time } = wallClock(moment, zone);
  return quiet.from < quiet.to ? quiet.from <= time && time < quiet.to : quiet.from <= time || time < quiet.to;
}

/** The number of the digest, by days or weeks, that is the newest at a moment: it grows when the next is to be sent. */
export function digestNumber(subscriber: Pick<Subscriber, "pace" | "zone">, moment: string): number {
  const { day, time } = wallClock(moment, subscriber.zone ?? "UTC");
  const days = Date.parse(day) / dayMs - (time < digestTime ? 1 : 0);
  // Day 0 was a Thursday, and weeks begin on Monday.
  return digestPace(subscriber) === "daily" ? days : Math.floor((days + 3) / 7);
}
