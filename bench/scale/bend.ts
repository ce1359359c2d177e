import { isRecalled } from "../../infra/cost/prices.ts";
import limitsFile from "./limits.json" with { type: "json" };

/** What AWS takes, or what we chose. */
export interface Limit {
  readonly value: number;
  readonly unit: string;
  /** Where AWS says it; null where it is the design's own, with the file that says it. */
  readonly page: string | null;
  readonly seen: string;
}

export type LimitName = keyof typeof limitsFile.limits;
export const limits: Readonly<Record<LimitName, Limit>> = limitsFile.limits;

/** Whether AWS's number was written down from memory, and must be checked first. */
export const isFromMemory = (limit: Limit): boolean => isRecalled(limit);

/** Of what there is more: sources, or those who get alerts. */
export type Axis = "sources" | "subscribers";

/** Something that bends under growth. */
export interface Bend {
  readonly id: string;
  readonly axis: Axis;
  readonly what: string;
  readonly limit: Limit;
  /** How much of the limit one source or subscriber takes. */
  readonly each: number;
  /** How that was reckoned. */
  readonly reckoned: string;
  /** The size at which the limit is reached. */
  readonly bendsAt: number;
  /** What the design does about it. */
  readonly does: string;
}

/** A bend before its size was reckoned. */
export type Bending = Omit<Bend, "bendsAt">;

/** A limit of the design's own. */
export function own(value: number, unit: string, file: string): Limit {
  return { value, unit, page: null, seen: file };
}

/** The size at which a limit is reached that every member takes the same part of. */
export function reached({ limit, each }: Pick<Bending, "limit" | "each">): number {
  return Math.floor(limit.value / each);
}

/** How full a limit is at a size: 1 is reached. */
export function fullness({ limit, each }: Pick<Bend, "limit" | "each">, size: number): number {
  return (size * each) / limit.value;
}
