/**
 * The metrics of the functions, each with its unit; every one is written by one function alone and has one series a
 * stage. CloudWatch gives ten for nothing, so there are at most ten.
 */
export const metricUnits = {
  /** By plan: minutes that were planned. */
  MinutesPlanned: "Count",
  /** By plan: ticks that came too late and were left to the next. */
  TicksDropped: "Count",
  /** By poll: sources that were polled, whatever came of it. */
  SourcesPolled: "Count",
  /** By poll: sources in messages that were too old or not known, and so were left to their next slot. */
  PollsDropped: "Count",
  /** By notify: alerts that SNS took. */
  AlertsSent: "Count",
  /** By notify: alerts that could not be sent, and stay owed. */
  PublishFailures: "Count",
  /** By watch: how long the longest owing record has owed, or the oldest ring of an edition was not sent; 0 where neither is. */
  OldestOwedSeconds: "Seconds",
  /** By watch: sources of the catalogue that are blocked or dead. */
  SourcesLost: "Count",
  /** By watch: those of them of which it was told within the last day that they are lost. */
  SourcesNewlyLost: "Count",
  /** By watch: how long ago the last planned minute was. */
  PlanAgeSeconds: "Seconds",
} as const;

/** The name of a metric. */
export type MetricName = keyof typeof metricUnits;
