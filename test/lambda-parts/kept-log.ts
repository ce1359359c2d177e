import type { Log, Particulars } from "../../shared/lambda/log.ts";
import type { Meter } from "../../shared/lambda/metrics.ts";
import type { MetricName } from "../../shared/lambda/metric-names.ts";

/** One sentence that was said, with what stood beside it. */
export interface Said {
  readonly level: "info" | "warn" | "error";
  readonly sentence: string;
  readonly particulars: Particulars;
  readonly correlation: string | undefined;
}

/** A log that keeps what is said. */
export function keptLog(): { readonly log: Log; said(): Said[] } {
  const all: Said[] = [];
  const logOf = (correlation: string | undefined): Log => {
    const say =
      (level: Said["level"]) =>
      (sentence: string, particulars: Particulars = {}): void =>
        void all.push({ level, sentence, particulars, correlation });
    return { info: say("info"), warn: say("warn"), error: say("error"), along: logOf };
  };
  return { log: logOf(undefined), said: () => all.splice(0) };
}

/** A meter, and what it was told since the last time. */
export function keptMeter(): { readonly meter: Meter; counted(): Partial<Record<MetricName, number>> } {
  let sums: Partial<Record<MetricName, number>> = {};
  return {
    meter: { add: (name, value = 1) => void (sums[name] = (sums[name] ?? 0) + value) },
    counted() {
      const before = sums;
      sums = {};
      return before;
    },
  };
}
