import type { FunctionName } from "../../shared/stage.ts";
import { type Factor, of, type Term } from "./line.ts";
import { memoryFor } from "./memory.ts";
import type { Month } from "./month.ts";
import { type Figure, type FigureName, figures } from "./prices.ts";

/** Who is told, and what else is asked for. */
export interface Wants {
  /** Addresses that get every alert by email. */
  readonly subscribers: number;
  /** Addresses that get every alert by HTTPS. */
  readonly https: number;
  /** Numbers that get an SMS when an edition is out or announced. */
  readonly sms: number;
  /** Where the numbers are: a country of prices.json. */
  readonly smsCountry: string;
  /** Keys of our own in place of those that AWS manages. */
  readonly keys: number;
}

/** Everything that a bill is reckoned from beside the month. */
export interface Settings {
  readonly wants: Wants;
  readonly figures: Readonly<Record<FigureName, Figure>>;
  readonly memoryMB: Readonly<Record<FunctionName, number>>;
  /** Whether Lambda hands over the messages of one send together. Nobody promises it, so the bill does not count on it. */
  readonly isGathered: boolean;
  /** Whether notify has a queue at which Lambda waits. */
  readonly hasNotifyQueue: boolean;
}

/** Where poll needs more environments, each asks each of its hosts for robots.txt, up to once a message. */
function figuresFor(polls: number): Settings["figures"] {
  if (polls <= figures.pollEnvironments.value) return figures;
  return { ...figures, pollEnvironments: { ...figures.pollEnvironments, value: polls }, robotsShare: { ...figures.robotsShare, value: 1 } };
}

/** The settings as things are, or where so many of poll run side by side, over a catalogue of so many sources. */
export function settingsFor(wants: Wants, polls = figures.pollEnvironments.value, sources = 0): Settings {
  return {
    wants,
    figures: figuresFor(polls),
    memoryMB: memoryFor(sources),
    isGathered: false,
    hasNotifyQueue: true,
  };
}

/** One of the figures that the catalogue does not give, as a factor. */
export function given(settings: Settings, name: FigureName): Factor {
  const { value, unit } = settings.figures[name];
  return of(value, unit);
}

/** The days of a month. */
export function daysIn({ minutes }: Month): Factor {
  return of(minutes / 1440, "days");
}

/** Alerts on editions: that they are out, and that they will be. */
export function editionAlerts(month: Month, settings: Settings): Factor {
  return of(month.editions * settings.figures.alertsAnEdition.value, "alerts on editions");
}

/** Items that are kept: those of no series, and those that show an edition. */
export function itemsIn(month: Month, settings: Settings): Factor {
  return of(month.abouts + month.editions * settings.figures.sightingsAnEdition.value, "items a month");
}

/** Alerts on where series stand. */
export function standingAlerts({ times }: Month, settings: Settings): Factor {
  return of(settings.figures.standingAlerts.value * times, "alerts on standings");
}

/** Alerts that people get: on editions, on those that do not come, and on items of no series. */
export function toldIn(month: Month, settings: Settings): Factor {
  return of(editionAlerts(month, settings).value + standingAlerts(month, settings).value + month.abouts, "alerts to people");
}

/** The weeks of a month, of which each ends with a digest. */
function weeksIn({ minutes }: Month): Factor {
  return of(Math.round(minutes / 10_080), "weeks");
}

/** Digests, one a week to each subscriber by email. */
export function digestsIn(month: Month, { wants }: Settings): Term {
  return [of(wants.subscribers, "subscribers"), weeksIn(month)];
}

/** What a program gets of its own catalogue's alerts. */
export function toldEachProgram(month: Month, settings: Settings): Factor {
  return of(toldIn(month, settings).value / month.times, "alerts to people");
}

/** What a person gets of their own catalogue's: each alert by itself, but those of no series in a digest a week. */
export function mailsEach(month: Month, settings: Settings): Factor {
  return of((editionAlerts(month, settings).value + standingAlerts(month, settings).value) / month.times + weeksIn(month).value, "emails: alerts by themselves, and a digest a week");
}

/** Everything that is published: what people get, and what the operators get of sources. */
export function alertsIn(month: Month, settings: Settings): Factor {
  return of(toldIn(month, settings).value + settings.figures.healthAlerts.value * month.times, "alerts");
}

/** How often watch runs. */
export function runsIn(month: Month, settings: Settings): Factor {
  return of(daysIn(month).value * settings.figures.watchRunsADay.value, "runs of watch");
}

/** How often watch looks at where all series stand. */
export function calendarLooksIn(month: Month, settings: Settings): Factor {
  return of(daysIn(month).value * settings.figures.calendarLooksADay.value, "looks at the calendar");
}

/** How often compare runs. */
export function comparesIn(month: Month, settings: Settings): Factor {
  return of(daysIn(month).value * settings.figures.compareRunsADay.value, "runs of compare");
}

/** How often the document of an edition is looked at. */
export function looksIn(month: Month, settings: Settings): Term {
  return [of(month.editions, "editions"), given(settings, "looksAnEdition")];
}

/** How many documents are kept: each edition's, its later versions, and those before that were not kept yet. */
export function documentsIn(month: Month, settings: Settings): Term {
  return [of(month.editions, "editions"), given(settings, "versionsAnEdition")];
}

/** How often poll is invoked: once a message where Lambda hands them over one by one, once a send where it hands over all together. */
export function pollInvocations(month: Month, { isGathered }: Settings): Factor {
  return isGathered ? of(month.sends, "batches") : of(month.messages, "messages, one at a time");
}

/** Every invocation of every function, a factor each. */
export function invocationsIn(month: Month, settings: Settings): Factor[] {
  return [of(month.minutes, "ticks"), pollInvocations(month, settings), alertsIn(month, settings), runsIn(month, settings), comparesIn(month, settings)];
}

/** Readings that fail: each waits, is logged, and changes its source's state. */
export function failures(month: Month, settings: Settings): Term {
  return [of(month.sources, "sources"), given(settings, "failingShare"), daysIn(month), given(settings, "failuresADay")];
}

/** How often a host's robots.txt is asked for: each environment of poll keeps what it was told for as long as it lives. */
export function robotsRequests(month: Month, settings: Settings): Term {
  return [of(month.messages, "messages"), given(settings, "robotsShare")];
}

/** How often the bucket is asked for the catalogue: by an environment that is used, and no more than once in so many minutes. */
export function catalogueRequests(month: Month, settings: Settings): Factor[] {
  const moments = month.minutes / settings.figures.catalogueMinutes.value;
  const poll = Math.min(pollInvocations(month, settings).value, settings.figures.pollEnvironments.value * moments);
  return [of(moments, "by plan"), of(poll, "by poll"), alertsIn(month, settings), runsIn(month, settings), comparesIn(month, settings)];
}
