import type { Series, Source } from "../catalogue/schema.ts";
import { inWindow } from "../recognition/edition.ts";

const inSeasonMinutes = 5;

/** Whether a series' releases can come from this publisher. News on them comes from others too, and is in no hurry. */
function canRelease(series: Series, publisher: string): boolean {
  return series.publisher === publisher || series.recognise.some(({ role, from }) => role === "release" && from?.includes(publisher));
}

/**
 * Minutes between two polls of a source on a day: its own pace, and every 5 minutes while the window of a series is
 * open whose releases it can bring.
 */
export function paceMinutes(source: Source, day: string, series: ReadonlyMap<string, Series>): number {
  const open = source.carries.some((id) => {
    const carried = series.get(id);
    return carried?.window !== undefined && inWindow(day, carried.window) && canRelease(carried, source.publisher);
  });
  return open ? Math.min(source.everyMinutes, inSeasonMinutes) : source.everyMinutes;
}
