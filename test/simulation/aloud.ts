const unsent = "Alerts rang and were never sent.";
/** Watch never has to say this, as whatever is told in a simulation has something true behind it. */
const unfounded = "Alerts were sent for editions that are not out.";
const foreseen = new Set([unsent, "There was no time left for some alerts. They stay owed, and watch asks for them again."]);

/** Whether something may be said aloud though no fault befell who says it: others did not send something, or answers were slow. */
export const isForeseen = (sentence: string): boolean => foreseen.has(sentence);

/** The alerts of which something is said that is not so: `owed` are those that were ever owed. */
export function wronglyNamed(sentence: string, alerts: readonly string[], owed: ReadonlySet<string>): readonly string[] {
  return alerts.filter((alert) => sentence === unfounded || (sentence === unsent && !owed.has(alert)));
}
