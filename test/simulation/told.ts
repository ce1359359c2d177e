import { dayNumber } from "../../shared/calendar/days.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import type { StandingRecord, StandingRing } from "../../shared/records/standing.ts";
import type { Violate } from "./corrections.ts";
import { expected, type Expected } from "./expected.ts";
import { day, hour } from "./timeline.ts";

/** What it is to be asked of the world. */
interface Asked {
  readonly now: () => number;
  readonly installed: () => number;
  /** Since when an edition is out on record, and since when it is not; milliseconds since 1970. */
  readonly out: (series: string, year: number) => { readonly since: number; readonly isOut: boolean };
  readonly peek: (source: string) => SourceState | undefined;
  readonly violate: Violate;
}

/** What watch saw some moments ago is what it tells of: its longest life, and the clocks' difference. */
const lookMs = 5 * 60_000;
/** Days at a publisher are not ours, and a word waits for noon. */
const graceDays = 3;
const weekDays = 7;

/** A source that nobody read for longer may have shown something unseen, and after the second of these days it surely may: the slowest are read every five days, and may leave one reading out. */
const [maybeGapDays, gapDays] = [5, 11];
/** What nobody read for longer is not seen, until the reading that is under way is on record. */
const staleDays = 2;

/** Days of so many editions, the last included, tell when one is expected. */
const forecastYears = 8;

/** Until when something may have come unseen at a source, and surely may: milliseconds since 1970. */
interface Gaps {
  readonly read: number;
  /** When it was read again after days in which nobody did. */
  readonly back: number;
  readonly maybe: number;
  readonly sure: number;
}

/** Who watches what the calendar tells: late, missed and blind, each once, and none of what is on record. */
export class Told {
  readonly #asked: Asked;
  /** Alerts of the calendar that were owed, by id. */
  readonly #rung = new Map<string, StandingRing>();
  readonly #last = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  readonly #gaps = new Map<string, Gaps>();

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** A source gave its list, or a part of it. */
  read(source: string, isWhole: boolean): void {
    const now = this.#asked.now();
    const { read, back, maybe, sure } = this.#gaps.get(source) ?? { read: now, back: now, maybe: now, sure: now };
    const days = (now - read) / day;
    this.#gaps.set(source, { read: now, back: days > staleDays ? now : back, maybe: isWhole && days < maybeGapDays ? maybe : now, sure: days > gapDays ? now : sure });
  }

  /** Others may have come and gone at a source, or surely may, by who compares its lists. */
  overran(source: string, isSure: boolean): void {
    const now = this.#asked.now();
    const gaps = this.#gaps.get(source);
    this.#gaps.set(source, { read: now, back: gaps?.back ?? now, maybe: now, sure: isSure ? now : (gaps?.sure ?? now) });
  }

  /** Whether a source could show the edition of a year: by what stands of it for so long that nobody looked before it, and by whether it was read all the time. */
  #sees(source: string, opens: number): "yes" | "no" | "unclear" {
    const { now, peek } = this.#asked;
    const state = peek(source);
    const gaps = this.#gaps.get(source);
    if (!state || state.firstRead === null || !gaps) return "unclear";
    if (gaps.sure > opens + 2 * day && now() - gaps.sure > hour) return "no";
    const stands = now() - Date.parse(state.since);
    // After days without ticks the first reading may be lost again: then it is not on record that anybody read it.
    const isFresh = state.lastRead !== null && now() - Date.parse(state.lastRead) < staleDays * day && now() - gaps.back > hour;
    if (state.health === "well" || state.health === "quiet") return isFresh && stands > hour && gaps.maybe < opens - day ? "yes" : "unclear";
    const lostAfter = state.health === "failing" ? day + hour : hour;
    return stands > lostAfter ? "no" : "unclear";
  }

  /** Whether one of a series' sources could show its edition of a year. */
  #sight({ sources, opens }: Expected, year: number): "yes" | "no" | "unclear" {
    const words = sources.map((id) => this.#sees(id, Date.parse(`${year}-${opens}`)));
    if (words.includes("yes")) return "yes";
    return words.every((word) => word === "no") ? "no" : "unclear";
  }

  /** Whether an alert is one that the calendar rang. */
  isRung(alert: string): boolean {
    return this.#rung.has(alert);
  }

  get count(): number {
    return this.#rung.size;
  }

  /** Where a series stands was written. */
  wrote({ series, rings }: StandingRecord): void {
    for (const ring of rings) {
      if (this.#rung.has(ring.alert)) continue;
      this.#rung.set(ring.alert, ring);
      this.#checkOnce(series, ring);
      if (ring.edition !== null) this.#checkTrue(series, ring.edition, ring);
    }
  }

  /** Late again after a week, and that it is missed; blind again when we could see for a week. */
  #checkOnce(series: string, { alert, kind, update, edition, late, at }: StandingRing): void {
    const today = dayNumber(at) ?? 0;
    const name = `${series} ${edition}`;
    if (update) return void this.#seen.set(name, today);
    const what = `${name} ${late?.missed ? "missed" : kind}`;
    const last = this.#last.get(what);
    this.#last.set(what, today);
    if (last === undefined) return;
    const seen = this.#seen.get(name);
    const isNewlyBlind = kind === "blind" && seen !== undefined && seen >= last;
    const isWeekly = kind === "late" && !late?.missed && today - last >= weekDays;
    // Whoever hears that we can see hears how it stands; late is counted from then.
    if (!isNewlyBlind && !isWeekly && !this.#hasMoved(series, edition, last)) this.#asked.violate(`the calendar tells ${alert} of what it has told ${today - last} days before`, alert, name);
  }

  /**
   * The edition came since that day, or by a person's word it did not; or one before, whose day tells when this one is
   * expected. What was told then holds no more: it is blind, late or missed anew.
   */
  #hasMoved(series: string, edition: number | null, since: number): boolean {
    return edition !== null && Array.from({ length: forecastYears }, (_, back) => edition - back).some((year) => this.#asked.out(series, year).since >= since * day);
  }

  #checkTrue(series: string, edition: number, { alert, kind, update }: StandingRing): void {
    const { now, out, violate } = this.#asked;
    const { since, isOut } = out(series, edition);
    if (isOut && now() - since > lookMs && !update) violate(`the calendar tells ${alert}, and that edition is on record as out`, alert, `SERIES#${series}`);
    const one = expected.find((known) => known.series === series);
    if (!one || update || this.#isUnwatched(one, edition)) return;
    const sight = this.#sight(one, edition);
    if (kind === "late" && sight === "no") violate(`the calendar tells ${alert}, though none of its sources can be read, or was read all the time`, alert, ...one.sources);
    if (kind === "blind" && sight === "yes") violate(`the calendar tells ${alert}, though its sources can be read`, alert, ...one.sources);
  }

  /** What was expected when nobody was reading yet. */
  #isUnwatched({ opens }: Expected, year: number): boolean {
    return Date.parse(`${year}-${opens}`) < this.#asked.installed() + 2 * day;
  }

  /** Watch has looked and told for a day: what has not come is told by then, one way or the other. */
  looked(year: number, of: (series: string) => StandingRecord | undefined): void {
    const { now, out, violate } = this.#asked;
    for (const one of expected) {
      const { since, isOut } = out(one.series, year);
      const closed = Date.parse(`${year}-${one.closes}`);
      if (isOut || this.#isUnwatched(one, year) || now() < closed + graceDays * day || now() - since < graceDays * day) continue;
      const rings = (of(one.series)?.rings ?? []).filter(({ edition }) => edition === year);
      const sight = this.#sight(one, year);
      if (sight === "yes" && !rings.some(({ kind, update }) => kind === "late" || update)) violate(`${one.series} ${year} has not come, and nobody is owed a word that it is late`, `SERIES#${one.series}`);
      if (sight === "no" && rings.length === 0) violate(`nobody can tell whether ${one.series} ${year} has come, and nobody is owed a word of it`, `SERIES#${one.series}`);
    }
  }
}
