import { nearestIds } from "../nearest.ts";

/** Something in the catalogue that does not hold, or may not. */
export interface Finding {
  /** A fault keeps a report from being seen; a warning is for a person to judge. */
  readonly level: "fault" | "warning";
  /** The file to mend. */
  readonly file: "events" | "sources";
  /** The series, source or publisher, by its id. */
  readonly id: string;
  /** What is wrong, where in it, and what to do. */
  readonly message: string;
}

/** Makes findings on one series, source or publisher. */
export function findingsOn(file: Finding["file"], id: string): Record<Finding["level"], (message: string) => Finding> {
  return {
    fault: (message) => ({ level: "fault", file, id, message }),
    warning: (message) => ({ level: "warning", file, id, message }),
  };
}

/** The values that come more than once. */
export function twice<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

/** A question for the id that was probably meant; empty where none is near. */
export function didYouMean(id: string, known: ReadonlySet<string>): string {
  const [near] = nearestIds(id, [...known]);
  return near ? `Did you mean "${near}"?` : "";
}
