import type { Charge } from "./bill.ts";
import { isRecalled, type Price } from "./prices.ts";
import type { Factor } from "./line.ts";

/** A number as people read it: whole from a hundred on, three figures below. */
export function amount(value: number): string {
  return value.toLocaleString("en-US", value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
}

/** Dollars, to a tenth of a cent where it is one line among many. */
export function dollars(usd: number, digits = 2): string {
  return `$${usd.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** A price as it is charged, with a star where it was written down from memory. */
export function priceWords(price: Price): string {
  const usd = `$${price.usd.toLocaleString("en-US", { maximumFractionDigits: 6 })}`;
  return `${price.each === 1 ? usd : `${usd} / ${amount(price.each)}`}${isRecalled(price) ? "*" : ""}`;
}

/** A factor below a thousandth is a conversion, and divides. */
function factorWords({ value, unit }: Factor, index: number): string {
  if (value > 0 && value < 0.001) return ` ÷ ${amount(1 / value)} ${unit}`;
  return `${index === 0 ? "" : " × "}${amount(value)} ${unit}`;
}

/** How a line's quantity was reckoned, from the same factors. */
export function formula({ terms, quantity, price }: Charge): string {
  const sum = terms.map((term) => term.map(factorWords).join("")).join(" + ");
  return terms.length === 1 && terms[0]?.length === 1 ? sum : `${sum === "" ? "nothing" : sum} = ${amount(quantity)} ${price.unit}`;
}
