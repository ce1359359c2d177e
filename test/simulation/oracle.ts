import type { Composed } from "../../shared/alerts/alert.ts";
import { messageOf } from "../../shared/fault.ts";
import { asKind } from "../../shared/records/records.ts";
import type { SourceState } from "../../shared/records/sources.ts";
import type { Stored } from "../../shared/records/table.ts";
import { isForeseen, wronglyNamed } from "./aloud.ts";
import type { Life } from "./cloud.ts";
import { Corrections } from "./corrections.ts";
import { Health } from "./health.ts";
import type { Publication } from "./publications.ts";
import { Polled } from "./polled.ts";
import { Told } from "./told.ts";
import { restFaults } from "./rest.ts";
import { behind, idIn, mustRing, ringOf, type Truth } from "./truth.ts";
import { Undecided } from "./undecided.ts";
import type { Violation } from "./violation.ts";
import type { Given, GivenFeed } from "./web.ts";

/** An answer that a life was given, and how the source stood then. */
interface Heard {
  readonly given: Given;
  readonly at: number;
  readonly isFirst: boolean;
}

/** A publisher's taking of an alert: by whom, and how many faults had befallen that life by then. */
interface Taken {
  readonly life: Life;
  readonly faults: number;
}

const none: ReadonlySet<string> = new Set();

/** Who knows what is true, watches what we make of it, and says where a promise is broken. */
export class Oracle {
  readonly violations: Violation[] = [];
  readonly figures = { polls: 0, rung: 0, repeated: 0, editions: 0, overflows: 0, corrections: 0, calendar: 0 };
  readonly #truth: Truth;
  readonly #heard = new Map<Life, Heard[]>();
  /** Rings that can no more be asked for: a first reading, or their age, has silenced them. */
  readonly #silenced = new Set<string>();
  readonly #obliged = new Set<string>();
  readonly #owedEver = new Map<string, string>();
  readonly #owedAlerts = new Set<string>();
  readonly #taken = new Map<string, Taken[]>();
  readonly #takenAlerts = new Set<string>();
  /** Alerts of which it stands in the table that they were sent. */
  readonly #notedAlerts = new Set<string>();
  #lookedFor = "";
  /** What each record owes, by its place. */
  readonly #owedAt = new Map<string, ReadonlySet<string>>();
  /** Sources of which the first reading was cut off, so that what is old there may be taken for news. */
  readonly #cutFirst = new Set<string>();

  readonly #health: Health;
  readonly #corrections: Corrections;
  readonly #told: Told;
  readonly #polled: Polled;
  readonly #undecided: Undecided;
  /** Since when each edition is out on record, or is not, by "series year". */
  readonly #outSince = new Map<string, { readonly since: number; readonly isOut: boolean }>();

  constructor(truth: Truth) {
    this.#truth = truth;
    const { now, peek, paces } = truth;
    const violate = this.#violate.bind(this);
    this.#polled = new Polled({ now, paces, violate });
    this.#undecided = new Undecided(violate);
    this.#health = new Health({ now, peek, violate, overflowed: (source) => { this.figures.overflows++; this.#told.overran(source, true); } });
    this.#corrections = new Corrections({ now, violate });
    const installed = (): number => Date.parse(truth.installed() ?? new Date(now()).toISOString());
    this.#told = new Told({ now, installed, peek, violate, out: (series, year) => this.#outSince.get(`${series} ${year}`) ?? { since: 0, isOut: false } });
  }

  #violate(what: string, ...words: string[]): void {
    this.violations.push({ at: this.#truth.now(), what, words, line: this.#truth.line() });
  }

  #publicationOf(title: string): Publication | undefined {
    return this.#truth.publications.get(idIn(title));
  }

  /** What a feed shows that we know of, with whether it must ring. */
  *#demands({ shown }: GivenFeed, { at, isFirst }: Heard): Generator<{ readonly ring: string; readonly id: string; readonly title: string; readonly must: boolean | undefined }> {
    const install = this.#truth.installed();
    const installed = install === undefined ? at : Date.parse(install);
    for (const one of shown) {
      const publication = this.#truth.publications.get(one.id);
      if (publication) yield { ring: ringOf(publication), id: one.id, title: one.title, must: mustRing(publication, one, at, isFirst, installed) };
    }
  }

  /** A life was given an answer. */
  hear(life: Life, given: Given): void {
    const state = given.kind === "feed" ? this.#truth.peek(given.site.id) : undefined;
    const hearing: Heard = { given, at: this.#truth.now(), isFirst: (state?.firstRead ?? null) === null };
    this.#heard.set(life, [...(this.#heard.get(life) ?? []), hearing]);
    if (given.kind !== "feed") return;
    this.figures.polls++;
    if (hearing.isFirst && given.failure === "truncated") this.#cutFirst.add(given.site.id);
    this.#health.heard(given);
    if (given.failure === undefined || given.failure === "truncated") this.#told.read(given.site.id, given.failure === undefined);
    if (given.failure !== undefined && given.failure !== "truncated") return;
    for (const { ring, must } of this.#demands(given, hearing)) if (must === undefined) this.#silenced.add(ring);
  }

  /** A life said aloud that something of ours went wrong. */
  said(life: Life, sentence: string, alerts: readonly string[]): void {
    for (const alert of wronglyNamed(sentence, alerts, this.#owedAlerts)) this.#violate(`${life.name} says of ${alert} what is not so: ${sentence}`, alert);
    if (life.faults === 0 && !life.isDead && !isForeseen(sentence)) this.#violate(`${life.name} says that something went wrong, and no fault befell it: ${sentence}`, `${life.name} `);
  }

  /** A life said aloud how it read a source. */
  saidOf(life: Life, source: string, reason: string): void {
    const last = this.#lastGiven(life, source);
    if (last && reason === "overflow") this.#health.saidOverflow(last);
  }

  /** The list, or the failure, that a life was given last by a source. */
  #lastGiven(life: Life, source: string): GivenFeed | undefined {
    const last = this.#heard.get(life)?.findLast(({ given }) => given.kind === "feed" && given.site.id === source)?.given;
    return last?.kind === "feed" ? last : undefined;
  }

  /** A life threw, though no fault befell it. */
  unprovoked(life: Life, error: unknown): void {
    this.#violate(`${life.name} failed, and no fault befell it: ${messageOf(error)}`, `${life.name} `);
  }

  /** What was noted as sent is done: nothing owes it again. */
  #checkOwed(record: Stored): void {
    const place = `${record.pk} ${record.sk}`;
    const owed = "owed" in record && record.owed instanceof Set ? new Set([...record.owed].map(String)) : none;
    for (const alert of owed) if (this.#notedAlerts.has(alert) && !this.#owedAt.get(place)?.has(alert)) this.#violate(`${place} owes ${alert} again, which is noted as sent`, alert, place);
    this.#owedAt.set(place, owed);
  }

  /** A record was written. */
  wrote(life: Life, record: Stored): void {
    this.#checkOwed(record);
    if (record.kind === "plan") this.#polled.planned(asKind(record, "plan").minute);
    if (record.kind === "edition") this.#noteEdition(record, life.function === "correct");
    if (record.kind === "standing") this.#noteStanding(record);
    if (record.kind === "watch") this.#noteLook(record);
    if (record.kind === "item") this.#noteItem(record);
    if (record.kind === "alert" && asKind(record, "alert").sent !== null) this.#notedAlerts.add(asKind(record, "alert").id);
    if (record.kind === "source") this.#noteState(life, asKind(record, "source"));
  }

  #noteState(life: Life, state: SourceState): void {
    this.#health.wrote(state);
    const last = life.function === "poll" ? this.#lastGiven(life, state.id) : undefined;
    if (last) this.#health.polled(last, state);
    if (state.reason === "overflow") this.#told.overran(state.id, false);
  }

  #noteStanding(record: Stored): void {
    const standing = asKind(record, "standing");
    for (const alert of standing.owed ?? []) this.#owedAlerts.add(alert);
    this.#told.wrote(standing);
  }

  /** Watch notes each hour that it looked, and with another day that it told. */
  #noteLook(record: Stored): void {
    const { day: told } = asKind(record, "watch");
    if (told === this.#lookedFor) return;
    this.#lookedFor = told;
    this.#told.looked(new Date(this.#truth.now()).getUTCFullYear(), this.#truth.standing);
  }

  #noteEdition(record: Stored, isByHand: boolean): void {
    const edition = asKind(record, "edition");
    const { rings, owed, series, year, status } = edition;
    const isOut = status === "out";
    if (this.#outSince.get(`${series} ${year}`)?.isOut !== isOut) this.#outSince.set(`${series} ${year}`, { since: this.#truth.now(), isOut });
    this.#corrections.wrote(edition, isByHand);
    for (const alert of owed ?? []) this.#owedAlerts.add(alert);
    for (const { alert, title, kind } of rings) {
      const publication = this.#publicationOf(title);
      if (publication && kind === "edition") this.#owedEver.set(ringOf(publication), alert);
    }
  }

  #noteItem(record: Stored): void {
    const { title, owed } = asKind(record, "item");
    const publication = this.#publicationOf(title);
    for (const alert of owed ?? []) {
      this.#owedAlerts.add(alert);
      if (publication) this.#owedEver.set(ringOf(publication), alert);
    }
  }

  /** The life ended well; these sources must be asked again, all the same. */
  ended(life: Life, sourcesAgain: ReadonlySet<string>): void {
    for (const hearing of this.#heard.get(life) ?? []) {
      const { given } = hearing;
      if (given.kind === "page") {
        if (sourcesAgain.size === 0) this.#checkPage(life, given);
        continue;
      }
      if (sourcesAgain.has(given.site.id)) continue;
      this.#polled.ended(given.site.id);
      if (given.failure === undefined) {
        this.#checkRead(life, given, hearing);
        this.#checkUndecided(life, given, hearing.at);
      }
      this.#health.ended(life.name, given);
    }
    this.#heard.delete(life);
  }

  /** What was read to the end is owed to people from then on, or was told to them before. */
  #checkRead(life: Life, given: GivenFeed, hearing: Heard): void {
    for (const { ring, id, title, must } of this.#demands(given, hearing)) {
      if (must !== true || this.#silenced.has(ring) || this.#corrections.isJudged(ring) || this.#corrections.isJudged(id)) continue;
      this.#obliged.add(ring);
      if (!this.#owedEver.has(ring)) this.#violate(`${life.name} read ${given.site.id} to the end, which shows “${title}”, and nobody is owed it`, id, given.site.id);
    }
  }

  #checkUndecided(life: Life, { site, shown }: GivenFeed, at: number): void {
    for (const one of shown) {
      const { id } = one;
      const publication = this.#truth.publications.get(id);
      if (publication?.kind !== "body" || publication.isOld || this.#silenced.has(id) || this.#corrections.isJudged(id)) continue;
      this.#undecided.shown(life.name, site.id, one, at, this.#owedEver.has(id));
    }
  }

  #checkPage(life: Life, { id, found }: Extract<Given, { kind: "page" }>): void {
    const publication = this.#truth.publications.get(id);
    if (!found || !publication || publication.isOld || this.#silenced.has(id) || this.#corrections.isJudged(id)) return;
    this.#obliged.add(id);
    if (!this.#owedEver.has(id)) this.#violate(`${life.name} read the page of ${id}, and nobody is owed it`, id);
  }

  #behind(alert: Composed): string | undefined {
    const { facts } = alert;
    if (facts.kind === "health") return this.#health.hasFailed(facts.source.id) ? facts.id : undefined;
    if (facts.kind === "correction") return this.#corrections.isMade(facts.id) ? facts.id : undefined;
    if (facts.kind === "late" || facts.kind === "blind") return this.#told.isRung(facts.id) ? facts.id : undefined;
    if (this.#corrections.byHand.has(facts.id)) return facts.id;
    const publication = this.#publicationOf(facts.title);
    const mayBeNews = publication?.sites.some((site) => this.#cutFirst.has(site));
    const ring = behind(alert, publication && mayBeNews ? { ...publication, isOld: false } : publication);
    // After a correction the edition is open again, and rings once more.
    return ring && ring + (/:again-\d+/.exec(facts.id)?.[0] ?? "");
  }

  /** An alert is about to be published. */
  publishing(alert: Composed): void {
    const { id, title } = alert.facts;
    this.#corrections.publishing(id);
    if (this.#behind(alert) === undefined) this.#violate(`an alert rings with nothing behind it: ${id} “${title}”`, idIn(title) || id, id);
  }

  /** The publisher took an alert. */
  took(life: Life, alert: Composed): void {
    const { id, title, kind } = alert.facts;
    const ring = this.#behind(alert) ?? id;
    if (this.#notedAlerts.has(id)) this.#violate(`${id} “${title}” is sent again, though it was noted as sent`, id);
    this.#takenAlerts.add(id);
    this.#corrections.took(id, (wrong) => this.#truth.attempts(wrong) > 0);
    const before = this.#taken.get(ring) ?? [];
    this.#taken.set(ring, [...before, { life, faults: life.faults }]);
    if (before.length === 0) {
      this.figures.rung++;
      if (kind === "edition") this.figures.editions++;
      if (kind === "correction") this.figures.corrections++;
      if (kind === "late" || kind === "blind") this.figures.calendar++;
      return;
    }
    this.figures.repeated++;
    const wasKept = before.some((one) => one.life.faults === one.faults && !one.life.isDead);
    if (wasKept) this.#violate(`${id} “${title}” rings again, though nothing stood in the way of noting the first time`, id, idIn(title) || id);
    else if (this.#truth.attempts(id) < 2) this.#violate(`${id} rings again, and is not noted as a possible repeat`, id);
  }

  /** Everything has come to rest: nothing is owed any more, nothing is left, and what had to ring rang. */
  close(records: Iterable<Stored>, left: Readonly<Record<string, number>>): void {
    for (const [what, ...words] of restFaults([...records])) this.#violate(what, ...words);
    this.#polled.close();
    const wasTaken = (alert: string): boolean => this.#takenAlerts.has(alert);
    this.#corrections.close(wasTaken);
    const mayBeUntold = (alert: string): boolean => this.#corrections.isTakenBack(alert) || this.#corrections.hadNobody(alert, wasTaken);
    for (const alert of this.#owedAlerts) if (!wasTaken(alert) && !mayBeUntold(alert)) this.#violate(`${alert} was owed, and nobody got it`, alert);
    // A source that changed meanwhile, or a person's word, may leave nothing to send of what was begun; all else that was taken is noted in the end.
    const mayBeUnnoted = (alert: string): boolean => alert.startsWith("health:") || this.#corrections.isTakenBack(alert);
    for (const alert of this.#takenAlerts) if (!this.#notedAlerts.has(alert) && !mayBeUnnoted(alert)) this.#violate(`${alert} rang, and nothing notes that it was sent`, alert);
    for (const ring of this.#obliged) {
      const alert = this.#owedEver.get(ring) ?? "nothing was owed";
      if (this.#corrections.isJudged(ring)) continue;
      const isTaken = ["", " document", " edition", " about"].some((end) => this.#taken.has(ring + end));
      if (!isTaken) this.#violate(`${ring} could be read, and never rang (${alert})`, ring, alert);
    }
    for (const [name, size] of Object.entries(left)) if (size > 0) this.#violate(`${size} messages are left in the ${name} queue`, name);
  }
}
