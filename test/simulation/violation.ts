/** A promise that was broken. */
export interface Violation {
  readonly at: number;
  readonly what: string;
  /** Words by which the lines of the trace are found that tell how it came. */
  readonly words: readonly string[];
  /** How many lines the trace had then. */
  readonly line: number;
}
