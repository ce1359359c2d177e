import { Metrics } from "@aws-lambda-powertools/metrics";
import { type MetricName, metricUnits } from "./metric-names.ts";

/** Takes what is counted in one invocation. */
export interface Meter {
  /** Adds to a metric; 1 unless given. Even 0 makes a point, which an alarm may wait for. */
  add(name: MetricName, value?: number): void;
}

/**
 * Does the work of one invocation and writes its metrics out in one line, also when it throws. Their one dimension is
 * POWERTOOLS_SERVICE_NAME: anything finer, such as a source, would be paid for as a metric of its own.
 */
export async function metered<Result>(work: (meter: Meter) => Promise<Result>): Promise<Result> {
  const sums = new Map<MetricName, number>();
  const meter: Meter = { add: (name, value = 1) => void sums.set(name, (sums.get(name) ?? 0) + value) };
  try {
    return await work(meter);
  } finally {
    write(sums);
  }
}

function write(sums: ReadonlyMap<MetricName, number>): void {
  if (sums.size === 0) return;
  const metrics = new Metrics();
  for (const [name, sum] of sums) metrics.addMetric(name, metricUnits[name], sum);
  metrics.publishStoredMetrics();
}
