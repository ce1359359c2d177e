import type { Theme } from "../../catalogue/schema.ts";
import type { AlertFacts, AlertKind } from "../alert.ts";

/** What an alert of one kind says. */
export interface Wording {
  /** What stands first in a subject and, where `sms` is null, in an SMS; with its space. */
  readonly lead: string;
  /** Another lead for SMS, after which the publisher is not named. */
  readonly sms: string | null;
  /** What follows the name in an SMS or a list, and makes a sentence with the lead. Absent where the lead says all. */
  readonly rest?: string;
  /** What happened, in one sentence. */
  readonly what: string;
  /** How far to trust it; null where that needs no saying. */
  readonly sure: string | null;
}

/** The facts of an alert, with what it is on and its publisher as they may be shown. */
export interface Shown {
  readonly facts: AlertFacts;
  readonly what: string;
  readonly by: string;
}

/** Which earlier edition a day is compared with. */
export type Owner = "last-year" | "last" | number;

/** Everything that messages say in one language. Days are numbers since 1970. */
export interface Texts {
  /** The language by its code, as the catalogue's translations name it. */
  readonly code: string;
  /** A reason of an alert, which is kept in English, and in which the theme has its English name. */
  readonly reason: (english: string, name?: Theme["name"]) => string;
  /** A sentence on what changed in an edition, which is kept in English. */
  readonly change: (english: string) => string;
  /** What our own sources are called, by their ids: those that no publisher has. */
  readonly ownSources: Readonly<Record<"by-hand" | "calendar", string>>;
  /** Whether its SMS are of GSM-7 characters, 160 a part; otherwise of UCS-2, 70 a part. */
  readonly gsm7: boolean;
  readonly words: Readonly<Record<AlertKind, (shown: Shown) => Wording>>;
  readonly untitled: string;
  /** What a subject and a list say of what no source has shown. */
  readonly byHand: string;
  /** What marks a message that may have come before: after a subject or an SMS, and as the first line of a text. */
  readonly repeat: { readonly mark: string; readonly said: string };
  readonly days: {
    dayOfYear(day: number): string;
    day(day: number): string;
    noTime(day: string): string;
    /** The reader's zone, where a message is for one reader who has one; absent, moments are said in UTC. */
    readonly zone?: string;
    /** A time, HH:MM, by the clock of a zone such as Asia/Seoul. */
    inZone(time: string, zone: string): string;
    readonly notGiven: string;
    readonly timeNotKnown: string;
  };
  readonly compared: {
    afterTheOneBefore(days: number, day: string): string;
    sameDay(owner: Owner, day: string): string;
    /** Later by so many days; earlier where the number is below 0. */
    later(days: number, owner: Owner, day: string): string;
    window(opens: string, closes: string): string;
    /** The statutory day, and how many days later than it: none where that is not measured. */
    law(day: string, days: number | null): string;
    /** How late since `from`, and against the latest before. */
    late(late: Pick<NonNullable<AlertFacts["late"]>, "against" | "days" | "latest">, from: number): string[];
  };
  readonly email: {
    readonly unsafeLink: string;
    readonly noLink: string;
    /** What stands before the page where it is to be looked for, and before the site's own page. */
    readonly look: string;
    readonly ownPage: string;
    published(moment: string): string;
    seen(moment: string): string;
    asOf(moment: string): string;
    symbol(symbol: string): string;
    lastYears(year: number, day: string): string;
    editionBefore(year: number | null, day: string): string;
    readonly dayNotKnown: string;
    why(reasons: string): string;
    evidence(moment: string | null, bytes: number): string;
    readonly evidenceFrom: string;
    source(name: string): string;
    alert(id: string): string;
    /** What stands before the command that ends them, and before the address to write to for that. */
    readonly stop: string;
    readonly stopByMail: string;
  };
  readonly sms: {
    /** What an item is called whose title cannot be shown; the language may be known. */
    item(language: string | null): string;
    elsewhere(host: string): string;
    readonly inEmail: string;
    /** What was entered by hand, and no source has shown. */
    readonly byHand: string;
    /** Later by so many days than the edition of that year, or earlier where the number is below 0: from the fullest words to the shortest. */
    later(days: number, year: number): readonly string[];
    /** How to stop, in as few characters as say it, and true in every country: a reply reaches somebody only in some. */
    readonly stop: string;
    /** The same where a reply may reach nobody. */
    readonly ask: string;
    stopByMail(contact: string): string;
  };
  readonly changes: {
    opening(against: number | null, what: string, by: string): string;
    readonly trust: string;
  };
  readonly digest: {
    /** Whose list follows: "Weekly digest, 3 alerts". */
    heading(pace: "at-once" | "daily" | "weekly", count: number): string;
    opening(pace: "at-once" | "daily" | "weekly", count: number): string;
    more(count: number): string;
  };
  readonly test: { readonly subject: string; readonly said: string; readonly calm: string; readonly sms: string };
}
