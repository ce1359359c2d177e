import { lambdaLines, queueLines, schedulerLines } from "./compute.ts";
import { type Line, type Part, quantityOf } from "./line.ts";
import type { Month } from "./month.ts";
import { alertLines, optionLines, watchingLines } from "./people.ts";
import { type AllowanceName, allowances } from "./prices.ts";
import type { Settings } from "./settings.ts";
import { siteLines } from "./site.ts";
import { bucketLines, logLines, tableLines, transferLines } from "./storage.ts";

/** Dollars a month. */
export interface Cost {
  /** Before any allowance. */
  readonly before: number;
  /** After what AWS gives to every account for ever. */
  readonly after: number;
}

/** A line with what it comes to. */
export interface Charge extends Line, Cost {
  readonly quantity: number;
}

/** A month's bill. */
export interface Bill {
  readonly month: Month;
  readonly charges: readonly Charge[];
  readonly sums: Readonly<Record<Part | "whole", Cost>>;
}

function linesOf(month: Month, settings: Settings): Line[] {
  return [
    ...lambdaLines(month, settings),
    ...queueLines(month, settings),
    ...schedulerLines(month, settings),
    ...tableLines(month, settings),
    ...bucketLines(month, settings),
    ...logLines(month, settings),
    ...transferLines(month, settings),
    ...siteLines(month, settings),
    ...alertLines(month, settings),
    ...watchingLines(settings),
    ...optionLines(month, settings),
  ];
}

/** The share of each allowance's lines that must be paid. An allowance is spread over its lines by how much each draws. */
function paidShare(lines: readonly Line[], name: AllowanceName): number {
  const total = lines.filter(({ allowance }) => allowance === name).reduce((sum, line) => sum + quantityOf(line), 0);
  return total === 0 ? 0 : Math.max(0, 1 - allowances[name].amount / total);
}

function sumOf(charges: readonly Cost[]): Cost {
  return charges.reduce<Cost>((sum, { before, after }) => ({ before: sum.before + before, after: sum.after + after }), { before: 0, after: 0 });
}

/** The bill of a month. Throws where a country has no SMS price. */
export function billOf(month: Month, settings: Settings): Bill {
  const lines = linesOf(month, settings);
  const charges = lines.map((line): Charge => {
    const quantity = quantityOf(line);
    const before = (quantity / line.price.each) * line.price.usd;
    return { ...line, quantity, before, after: before * (line.allowance ? paidShare(lines, line.allowance) : 1) };
  });
  const part = (name: Part): Cost => sumOf(charges.filter((charge) => charge.part === name));
  return { month, charges, sums: { "data path": part("data path"), site: part("site"), observability: part("observability"), options: part("options"), whole: sumOf(charges) } };
}
