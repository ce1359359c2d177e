import prices from "../prices.json" with { type: "json" };
import assumptions from "./assumptions.json" with { type: "json" };

/** What so many units of something cost. */
export interface Price {
  readonly usd: number;
  /** For how many units `usd` is. */
  readonly each: number;
  readonly unit: string;
  /** Where AWS publishes it. */
  readonly page: string;
  /** Where it was read, or "memory". */
  readonly seen: string;
}

/** What AWS gives away every month, for ever, to each account. */
export interface Allowance {
  readonly amount: number;
  readonly unit: string;
  readonly page: string;
  readonly seen: string;
}

/** What a country's SMS cost. */
export interface SmsPrice {
  readonly name: string;
  /** One part of a message, with what carriers add. */
  readonly part: Price;
  /** A number to send from, a month, where the country asks for one. */
  readonly number?: Price;
}

export type PriceName = keyof typeof prices.prices;
export type AllowanceName = keyof typeof prices.free;
export type FigureName = keyof typeof assumptions.figures;

/** A figure that the catalogue does not give, and where it comes from. */
export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly origin: string;
}

export const priceList: Readonly<Record<PriceName, Price>> = prices.prices;
export const allowances: Readonly<Record<AllowanceName, Allowance>> = prices.free;
export const smsPrices: Readonly<Record<string, SmsPrice>> = prices.sms;
export const figures: Readonly<Record<FigureName, Figure>> = assumptions.figures;
/** Where and when the prices hold. */
export const priced = { region: prices.region, checked: prices.checked } as const;

/** Whether a price was written down from memory, and must be checked first. */
export function isRecalled({ seen }: Pick<Price, "seen">): boolean {
  return seen === "memory";
}
