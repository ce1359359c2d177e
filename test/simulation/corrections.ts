import type { Correction, EditionRecord } from "../../shared/records/editions.ts";
import { idIn } from "./truth.ts";

/** Says that a promise was broken, with the words by which the trace tells how it came. */
export type Violate = (what: string, ...words: string[]) => void;

/** What a person took back, and when that was written. */
interface TakenBack extends Correction {
  readonly writtenAt: number;
}

/** What it is to be asked of the world. */
interface Asked {
  readonly now: () => number;
  readonly violate: Violate;
}

/** A message on its way when its alert is taken back may arrive within this, the longest life of notify and the clocks' difference. */
const onTheWayMs = 10 * 60_000;

/** Who watches that what a person corrected stays so, and that who was told wrongly hears of it, once. */
export class Corrections {
  /** Alerts that rang by a person's word. */
  readonly byHand = new Set<string>();
  readonly #asked: Asked;
  readonly #made = new Map<string, TakenBack>();
  readonly #correctionOf = new Map<string, TakenBack>();
  readonly #shown = new Map<string, { readonly items: ReadonlySet<string>; readonly rings: ReadonlySet<string> }>();
  /** The edition that a person last ruled out for an item, by the item's id. */
  readonly #ruledOut = new Map<string, string>();
  /** Editions whose truth a person changed, by "series year", and publications that were taken for them. */
  readonly #judged = new Set<string>();

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** Whether a person had a say in what this ring is, so that truth alone tells nothing of it any more. */
  isJudged(ring: string): boolean {
    return this.#judged.has(ring);
  }

  /** Whether an alert is a correction that a person made. */
  isMade(alert: string): boolean {
    return this.#made.has(alert);
  }

  /** Whether an alert was taken back, so that it may stay unsent. */
  isTakenBack(alert: string): boolean {
    return this.#correctionOf.has(alert);
  }

  /** An edition was written, by a person's word or not. */
  wrote(edition: EditionRecord, isByHand: boolean): void {
    const place = `${edition.series} ${edition.key}`;
    const before = this.#shown.get(place);
    this.#shown.set(place, { items: new Set(edition.sightings.map(({ item }) => item)), rings: new Set(edition.rings.map(({ alert }) => alert)) });
    for (const { item, title } of edition.sightings) if (!before?.items.has(item)) this.#checkRuledOut(place, item, title, isByHand);
    if (isByHand) this.#judge(edition);
    for (const { alert } of isByHand ? edition.rings : []) if (!before?.rings.has(alert)) this.byHand.add(alert);
    for (const correction of edition.corrections ?? []) {
      if (this.#made.has(correction.alert)) continue;
      this.#note(correction);
      const left = new Set(edition.sightings.map(({ item }) => item));
      for (const item of before?.items ?? []) if (!left.has(item)) this.#ruledOut.set(item, place);
    }
  }

  /** A person ruled an edition out for an item: nothing but another word of a person takes it for that again. */
  #checkRuledOut(place: string, item: string, title: string, isByHand: boolean): void {
    if (this.#ruledOut.get(item) !== place) return;
    if (isByHand) this.#ruledOut.delete(item);
    else this.#asked.violate(`“${title}” is taken for ${place} again, which a person ruled out`, item, place);
  }

  #judge({ series, year, sightings, corrections }: EditionRecord): void {
    this.#judged.add(`${series} ${year}`);
    const titles = [...sightings, ...(corrections ?? []).flatMap(({ rings }) => rings)].map(({ title }) => title);
    for (const title of titles) this.#judged.add(idIn(title));
  }

  #note(correction: Correction): void {
    const made = { ...correction, writtenAt: this.#asked.now() };
    this.#made.set(correction.alert, made);
    for (const { alert } of correction.rings) {
      if (this.#correctionOf.has(alert)) this.#asked.violate(`${alert} is taken back twice`, alert);
      this.#correctionOf.set(alert, made);
    }
  }

  /** An alert is about to be published. */
  publishing(alert: string): void {
    const made = this.#correctionOf.get(alert);
    if (made && this.#asked.now() - made.writtenAt > onTheWayMs) this.#asked.violate(`${alert} is published, though a person has taken it back`, alert, made.alert);
  }

  /** The publisher took a correction: `begun` tells of an alert whether its sending was begun. */
  took(alert: string, begun: (alert: string) => boolean): void {
    const made = this.#made.get(alert);
    if (made && !made.rings.some((ring) => begun(ring.alert))) this.#asked.violate(`${alert} corrects what nobody was told`, alert);
  }

  /** Everything has come to rest: whoever was told wrongly knows by now. */
  close(wasTaken: (alert: string) => boolean): void {
    for (const [wrong, { alert }] of this.#correctionOf) if (wasTaken(wrong) && !wasTaken(alert)) this.#asked.violate(`${wrong} was told and taken back, and nobody got ${alert}`, wrong, alert);
  }

  /** Whether a correction had nothing to say, as none of what it takes back was sent. */
  hadNobody(alert: string, wasTaken: (alert: string) => boolean): boolean {
    const made = this.#made.get(alert);
    return made !== undefined && !made.rings.some((ring) => wasTaken(ring.alert));
  }
}
