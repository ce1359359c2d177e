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

/** The place that an address names; undefined where it names none. */
export function placeAt(cursor: string): Place | undefined {
  const [at, id, more] = Buffer.from(cursor, "base64url").toString("utf8").split("\n");
  const isDate = at !== undefined && /^\d{4}-\d\d(-\d\d.*)?$/.test(at);
  return isDate && id !== undefined && more === undefined ? { at, id } : undefined;
}
