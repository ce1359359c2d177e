import type { Named } from "../catalogue/named-in.ts";
import type { Theme } from "../catalogue/schema.ts";
import type { Series } from "../catalogue/schema.ts";
import type { ChangesFacts } from "./compose-changes.ts";
import type { Match } from "../recognition/match.ts";

/** What an alert tells people. */
export const alertKinds = ["edition", "notice", "about", "late", "blind", "changes", "health", "digest", "correction"] as const;
export type AlertKind = (typeof alertKinds)[number];

/** What a series is: it decides what its edition does when it comes. */
export type SeriesKind = Series["kind"];

/** The source of what a person entered and no machine read. */
export const byHand = "by-hand";

/** How late an edition is that has not come, in the kinds late and blind. */
interface LateFacts {
  /** It is nearer to the next edition than to its own time. */
  readonly missed: boolean;
  /** What it is measured from: the day that a law sets, or the end of the usual days; and that day, YYYY-MM-DD. */
  readonly against: "due" | "window";
  readonly from: string;
  readonly days: number;
  /** How late the latest before it was, measured in the same way; null where no day is known. */
  readonly latest: { readonly edition: number; readonly days: number } | null;
}

/** A document as it was found, and is kept. */
interface EvidenceFacts {
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
  /** When it was found, ISO 8601. */
  readonly at: string;
  /** Where; null where a person gave it as a file. */
  readonly url: string | null;
  readonly bytes: number;
}

/** An alert that was wrong, and by what it came to people. */
export interface WrongAlert {
  /** Its id, and when it was told, ISO 8601. */
  readonly alert: string;
  readonly at: string;
  readonly kind: AlertKind;
  readonly language: string | null;
  /** Whether it went to all who get such alerts as they come. */
  readonly broadcast: boolean;
}

/** What a correction takes back. */
interface CorrectionFacts {
  /** That it is out, or that it was announced. */
  readonly kind: "edition" | "notice";
  /** All alerts that said so, or told more of it, oldest first. */
  readonly wrong: readonly [WrongAlert, ...WrongAlert[]];
  /** The edition that it was instead; null where it was none. `short` is absent on records of earlier versions. */
  readonly to: { readonly series: string; readonly name: string; readonly short?: string; readonly translated?: Named["translated"]; readonly edition: number | null } | null;
}

/** What is known when an alert is composed: data alone, so that composing is pure and can be done again. */
export interface AlertFacts {
  /** Follows from what the alert says: kind, series, edition, version. The same news has the same id. */
  readonly id: string;
  readonly kind: AlertKind;
  /** When it rings, ISO 8601 UTC. */
  readonly at: string;
  /** What the catalogue is about, in each language; absent on records of earlier versions. */
  readonly theme?: Pick<Theme, "name" | "subject">;
  /** `zone` is where its days are counted (IANA); absent, they are counted in UTC. */
  readonly publisher: Named & { readonly id: string; readonly zone?: string };
  /** `code` stands for the id in short addresses, if the catalogue has one. */
  readonly series: (Named & { readonly id: string; readonly code?: string; readonly kind: SeriesKind }) | null;
  readonly edition: number | null;
  readonly title: string;
  readonly url: string | null;
  readonly published: string | null;
  readonly symbol: string | null;
  readonly language: string | null;
  /** What an edition's alert rests on: the thing itself, or the publisher's own words that it is out. */
  readonly basis: "release" | "coverage" | null;
  /** True when an earlier alert on the same edition is completed by this one. */
  readonly update: boolean;
  readonly why: Match["why"];
  /** The source that showed it. */
  readonly source: { readonly id: string; readonly name: string };
  /** Earlier editions, newest first; `released` is a day, or unknown. */
  readonly earlier: readonly { readonly year: number | null; readonly released: string; readonly url: string | null }[];
  readonly window: { readonly opens: string; readonly closes: string } | null;
  readonly due: { readonly day: string; readonly law: string } | null;
  /** Absent but in the kind changes: what is different from an earlier edition. */
  readonly changes?: ChangesFacts;
  /** The document that is kept of it; absent where none is, or not yet. */
  readonly evidence?: EvidenceFacts;
  /** Absent where nothing is late, or nothing tells how late. */
  readonly late?: LateFacts;
  /** Absent but in the kind correction. */
  readonly corrects?: CorrectionFacts;
}

/** An alert, composed for every way in which it may be sent. */
export interface Composed {
  readonly facts: AlertFacts;
  readonly email: { readonly subject: string; readonly text: string };
  readonly sms: string;
  /** The JSON that HTTPS and queue subscribers get. */
  readonly json: string;
  /** When its sending was first begun, ISO 8601: a repeat has the same. Absent before that. */
  readonly begun?: string;
}
