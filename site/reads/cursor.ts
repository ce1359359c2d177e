/** A place in a list of items, newest first: what comes after it is older, or as old with a later id. */
export interface Place {
  readonly at: string;
  readonly id: string;
}

/** Whether something comes after a place. */
export function isAfter({ at, id }: Place, place: Place): boolean {
  return at < place.at || (at === place.at && id > place.id);
}

/** The place as it stands in an address. */
export function cursorOf({ at, id }: Place): string {
  return Buffer.from(`${at}\n${id}`).toString("base64url");
}

/** The longest that is read: an id of 400 letters of three bytes each, and more. */
export const longestCursor = 2000;
/** A day, a moment in UTC, or the month at which a page ended that found nothing. */
const moment = /^\d{4}-(0[1-9]|1[0-2])(-\d\d(T[\d:.]+Z)?)?$/;

/** The place that an address names; undefined where it names none. The table is asked by it, so it is a moment and nothing else. */
export function placeAt(cursor: string): Place | undefined {
  if (cursor.length > longestCursor) return undefined;
  const [at, id, more] = Buffer.from(cursor, "base64url").toString("utf8").split("\n");
  return at !== undefined && moment.test(at) && id !== undefined && more === undefined ? { at, id } : undefined;
}
