import { nearestIds } from "../nearest.ts";
import { type Pace, paces, type QuietHours } from "../records/subscriptions.ts";
import { WishError } from "./subscriptions.ts";
import { isZone } from "./wall-clock.ts";

/** When an address wants to be written to, as a person typed it. */
export interface AskedPace {
  readonly pace?: string | undefined;
  readonly quiet?: string | undefined;
  readonly zone?: string | undefined;
}

function paceIn(text: string): Pace {
  const found = paces.find((pace) => pace === text.trim().toLowerCase());
  if (!found) throw new WishError(`no pace ${JSON.stringify(text)}; there are ${paces.join(", ")}`);
  return found;
}

const isTime = (time: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);

/** "22:00-07:00" or "22-7". */
function quietIn(text: string): QuietHours {
  const found = /^\s*(\d{1,2})(?::(\d\d))?\s*[-–]\s*(\d{1,2})(?::(\d\d))?\s*$/.exec(text);
  const [, fromHour = "", fromMinute = "00", toHour = "", toMinute = "00"] = found ?? [];
  const [from, to] = [`${fromHour.padStart(2, "0")}:${fromMinute}`, `${toHour.padStart(2, "0")}:${toMinute}`];
  if (!found || !isTime(from) || !isTime(to)) throw new WishError(`${JSON.stringify(text)} are no quiet hours: write them as 22:00-07:00`);
  if (from === to) throw new WishError(`quiet hours from ${from} to ${to} are all day or none: to stop all messages, unsubscribe`);
  return { from, to };
}

function zoneIn(text: string): string {
  const zone = text.trim();
  const known = Intl.supportedValuesOf("timeZone");
  // A zone is one in any case of its letters, and is kept as it is usually written.
  if (isZone(zone)) return known.find((one) => one.toLowerCase() === zone.toLowerCase()) ?? zone;
  const near = nearestIds(zone, known);
  const hint = near.length > 0 ? `did you mean ${near.join(" or ")}?` : "write it as Asia/Seoul or America/New_York";
  throw new WishError(`no time zone ${JSON.stringify(text)}; ${hint}`);
}

/** Pace, quiet hours and time zone that a person typed. Throws WishError with a sentence for each that cannot be. */
export function parsePace({ pace, quiet, zone }: AskedPace): { readonly pace?: Pace; readonly quiet?: QuietHours; readonly zone?: string } {
  const faults: string[] = [];
  const tried = <T>(text: string | undefined, read: (text: string) => T): T | undefined => {
    if (text === undefined || text.trim() === "") return undefined;
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof WishError)) throw error;
      faults.push(error.message);
      return undefined;
    }
  };
  const read = { pace: tried(pace, paceIn), quiet: tried(quiet, quietIn), zone: tried(zone, zoneIn) };
  if (read.quiet && (zone ?? "").trim() === "") faults.push("quiet hours need the time zone that they are of: --zone Asia/Seoul");
  if (faults.length > 0) throw new WishError(faults.join("\n"));
  return read;
}
