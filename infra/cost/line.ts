import type { AllowanceName, Price } from "./prices.ts";

/** A number in a reckoning, and what it counts. */
export interface Factor {
  readonly value: number;
  readonly unit: string;
}

/** Factors that are multiplied. */
export type Term = readonly Factor[];

/** Which sum a line belongs to. */
export type Part = "data path" | "site" | "observability" | "options";

/** One thing that AWS bills. Its quantity is the sum of its terms, so that what is printed is what was reckoned. */
export interface Line {
  readonly id: string;
  readonly part: Part;
  readonly what: string;
  readonly terms: readonly Term[];
  readonly price: Price;
  /** The allowance that it draws on, with every other line that names it. */
  readonly allowance?: AllowanceName;
}

/** A number and what it counts. */
export function of(value: number, unit: string): Factor {
  return { value, unit };
}

/** How much of it there is. */
export function quantityOf({ terms }: Pick<Line, "terms">): number {
  return terms.reduce((sum, term) => sum + term.reduce((product, { value }) => product * value, 1), 0);
}
