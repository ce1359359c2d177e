import { assumptions, design, figures } from "./design.ts";

/** What a burst writes. */
export interface BurstUnits {
  readonly votes: number;
  readonly sightings: number;
  /** Write units in the index of what is owed: each alert enters and leaves it. */
  readonly owed: number;
  /** In the index of the one month in which all of it was published. */
  readonly month: number;
  /** In all: the editions, their sightings, and the alerts' records. */
  readonly all: number;
}

/** The day on which all of November's votes of the UN come at once, for a catalogue of one size. */
export interface Burst extends BurstUnits {
  readonly sources: number;
  /** Until the last has rung for programs, which get each by itself. */
  readonly programSeconds: number;
  /** Of them, so many ring for people by themselves. */
  readonly singles: number;
}

/** An edition of 1.4 KB takes two units in the index, when it rings and when that is settled. */
const monthUnitsAnEdition = 4;
/** An item takes one, and its edition, written once more, two. */
const monthUnitsASighting = 3;

/** What so many times a November's votes write. */
export function burstUnits(times: number): BurstUnits {
  const votes = figures.burstVotes.value * times;
  const sightings = votes * figures.burstSightings.value;
  const { editionUnits, sightingUnits, alertUnits } = assumptions;
  return { votes, sightings, owed: votes * 2, month: votes * monthUnitsAnEdition + sightings * monthUnitsASighting, all: votes * (editionUnits.value + alertUnits.value) + sightings * sightingUnits.value };
}

/** What a burst takes: each vote is one alert, and they go out one after another. A catalogue that is smaller than ours has all votes as well. */
export function burstOf(ownSources: number, sources: number): Burst {
  const units = burstUnits(Math.max(1, sources / ownSources));
  const each = Math.max(assumptions.notifySeconds.value, 1 / design.publishesASecond);
  return { ...units, sources, programSeconds: units.votes * each, singles: Math.min(units.votes, design.singlesAnHour) };
}
