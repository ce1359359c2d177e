import type { Catalogue, Source } from "../../shared/catalogue/schema.ts";
import { type Bill, billOf } from "./bill.ts";
import { meanOf, type Month, yearOf } from "./month.ts";
import { type FigureName, figures, priceList } from "./prices.ts";
import { invocationsIn, type Settings } from "./settings.ts";

/** Something that would change the bill, and what it would be then. */
export interface Lever {
  readonly what: string;
  /** What it costs otherwise, or what must be true of AWS. */
  readonly but: string;
  readonly bill: Bill;
}

interface Change {
  readonly what: string;
  readonly but: string;
  readonly change: (settings: Settings) => Settings;
}

function withFigure(settings: Settings, name: FigureName, value: number): Settings {
  return { ...settings, figures: { ...settings.figures, [name]: { ...figures[name], value } } };
}

const halfMemory: Change["change"] = (settings) => ({ ...settings, memoryMB: { ...settings.memoryMB, poll: settings.memoryMB.poll / 2 } });

/** The first four change nothing for people. */
const changes: readonly Change[] = [
  { what: "poll with half its memory", but: "its processor is half as fast too; measure that ten pages at once fit", change: halfMemory },
  { what: "Lambda hands over the messages of one send together", but: "batches of up to ten are asked for, and nobody promises that they come full", change: (settings) => ({ ...settings, isGathered: true }) },
  { what: "two pollers at the queue of notify in place of five", but: "Lambda does so for quiet standard queues; whether for FIFO ones, the bill will tell", change: (settings) => withFigure(settings, "notifyPollers", 2) },
  { what: "no queue of its own for notify", but: "poll and watch would invoke it, and its being alone would have to be kept otherwise", change: (settings) => ({ ...settings, hasNotifyQueue: false }) },
  { what: "a poll takes half the time", but: "it is the figure that is known least and counts most", change: (settings) => withFigure(settings, "pollSeconds", settings.figures.pollSeconds.value / 2) },
];
function lever(what: string, but: string, month: Month, settings: Settings): Lever {
  return { what, but, bill: billOf(month, settings) };
}

const painless = changes.slice(0, 4);
const slowerInSeason = 10;

/** What each lever makes of the mean month; then what those together make that people would not notice; then those and a slower season. */
export function leversOf(catalogue: Pick<Catalogue, "series">, sources: readonly Source[], mean: Month, year: number, settings: Settings): Lever[] {
  const slower = meanOf(mean.name, yearOf(catalogue, sources, year, slowerInSeason));
  const together = painless.reduce((after, { change }) => change(after), settings);
  return [
    ...changes.map(({ what, but, change }) => lever(what, but, mean, change(settings))),
    lever(`every ${slowerInSeason} minutes in season in place of 5`, "people hear of a report up to 5 minutes later", slower, settings),
    lever("the first four together", "all that is said of them", mean, together),
    lever(`the first four, and every ${slowerInSeason} minutes in season`, "all that is said of them", slower, together),
  ];
}

/** What was decided against, and what it would add to the month, in dollars. */
export function leftOut(month: Month, settings: Settings): { readonly what: string; readonly usd: number }[] {
  const invocations = invocationsIn(month, settings).reduce((sum, { value }) => sum + value, 0);
  const metrics = 3;
  return [
    { what: `the source as a dimension of ${metrics} metrics, and not a property`, usd: month.sources * metrics * priceList.metric.usd },
    { what: "tracing of every invocation (X-Ray)", usd: (invocations / priceList.trace.each) * priceList.trace.usd },
    { what: "a key of our own, so that CloudWatch may publish to an encrypted topic", usd: priceList.kmsKey.usd },
    { what: "one more alarm, metric or dashboard than the allowance has", usd: priceList.alarmMetric.usd + priceList.metric.usd + priceList.dashboard.usd },
  ];
}
