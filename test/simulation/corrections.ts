import type { Correction, EditionRecord } from "../../shared/records/editions.ts";
import type { ItemRecord } from "../../shared/records/items.ts";
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
  readonly item: (id: string) => ItemRecord | undefined;
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
    for (const { item } of edition.sightings) if (!before?.items.has(item)) this.#checkRuledOut(edition, item);
    if (isByHand) this.#judge(edition);
    for (const { alert } of isByHand ? edition.rings : []) if (!before?.rings.has(alert)) this.byHand.add(alert);
    for (const correction of edition.corrections ?? []) if (!this.#made.has(correction.alert)) this.#note(correction);
  }

  /** A person ruled an edition out for an item: nothing takes it for that again. */
  #checkRuledOut({ series, key }: EditionRecord, id: string): void {
    const item = this.#asked.item(id);
    const isRuledOut = item?.corrected?.series === series && item.corrected.edition === key && (item.series !== series || item.edition !== key);
    if (item && isRuledOut) this.#asked.violate(`“${item.title}” is taken for ${series} ${key} again, which a person ruled out`, id, key);
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
