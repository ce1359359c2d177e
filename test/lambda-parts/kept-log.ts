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

/** A log, and what was said in it since the last time: whole, or as lines of level and sentence. */
export function keptLog(): { readonly log: Log; said: () => Said[]; lines: () => string[] } {
  const all: Said[] = [];
  const logOf = (correlation: string | undefined): Log => {
    const say =
      (level: Said["level"]) =>
      (sentence: string, particulars: Particulars = {}): void =>
        void all.push({ level, sentence, particulars, correlation });
    return { info: say("info"), warn: say("warn"), error: say("error"), along: logOf };
  };
  const said = (): Said[] => all.splice(0);
  return { log: logOf(undefined), said, lines: () => said().map(({ level, sentence }) => `${level} ${sentence}`) };
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
