import type { AlertFacts } from "../alerts/alert.ts";
import { dayNumber, isoDay } from "../calendar/days.ts";
import type { Standing } from "../calendar/standing.ts";
import type { Told } from "../calendar/telling.ts";
import type { Owing } from "./owed.ts";
import type { Content } from "./records.ts";
import type { Stored } from "./table.ts";

/** What was told of where an edition stands, kept as it was when it rang, so that the alert can be composed again. */
export interface StandingRing {
  /** The alert's id. */
  readonly alert: string;
  readonly kind: "late" | "blind";
  readonly at: string;
  /** True where it takes back that we could not tell. */
  readonly update: boolean;
  readonly edition: number | null;
  readonly late?: AlertFacts["late"];
  readonly window: AlertFacts["window"];
  readonly why: readonly string[];
}

/** Where the current edition of a series stood when it was last looked at, and what was told of that. Days are YYYY-MM-DD, at the publisher. */
export interface StandingRecord extends Stored, Owing {
  readonly kind: "standing";
  readonly series: string;
  readonly edition: number | null;
  readonly standing: Standing;
  /** Since which day it stands so. */
  readonly since: string;
  /** When it was last told that the edition is late. */
  readonly late?: string;
  /** When it was told that we cannot tell, and when that was taken back. */
  readonly blind?: string;
  readonly seeing?: string;
  /** The latest alerts, oldest first, and every one that is still owed: what rang once does not ring again. */
  readonly rings: readonly StandingRing[];
}

const mostRings = 12;

/** What the record says was told, as the calendar reckons with it. */
export function toldIn({ edition, standing, since, late, blind, seeing }: Content<StandingRecord>): Told {
  const days = Object.entries({ late, blind, seeing }).flatMap(([name, text]) => (text === undefined ? [] : [[name, dayNumber(text)]]));
  return { edition, standing, since: dayNumber(since) ?? 0, ...Object.fromEntries(days) };
}

const day = (number: number | undefined): string | undefined => (number === undefined ? undefined : isoDay(number));

/** What was told, as the record says it. */
export function asTold({ edition, standing, since, late, blind, seeing }: Told): Pick<StandingRecord, "edition" | "standing" | "since" | "late" | "blind" | "seeing"> {
  return { edition, standing, since: isoDay(since), late: day(late), blind: day(blind), seeing: day(seeing) };
}

/** The record with more rings. The oldest go, but for those that are owed still. */
export function withRings(record: Content<StandingRecord>, more: readonly StandingRing[]): Content<StandingRecord> {
  const rings = [...record.rings, ...more];
  return { ...record, rings: rings.filter(({ alert }, index) => index >= rings.length - mostRings || record.owed?.has(alert)) };
}
