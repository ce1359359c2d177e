import type { Bill, Charge } from "./bill.ts";
import type { Part } from "./line.ts";
import { priced } from "./prices.ts";
import { dearest, type Reckoning, type Scenario, targets } from "./reckoning.ts";
import type { Wants } from "./settings.ts";
import { amount, dollars, formula, priceWords } from "./words.ts";

const parts: readonly Part[] = ["data path", "site", "observability", "options"];

function columns(name: string, before: string, after: string): string {
  return `${name.padEnd(58)}${before.padStart(12)}${after.padStart(12)}`;
}

function chargeLines(charge: Charge): string[] {
  return [columns(`  ${charge.what}`, dollars(charge.before, 3), dollars(charge.after, 3)), `      ${formula(charge)}, at ${priceWords(charge.price)}`];
}

function partLines({ charges, sums }: Bill, part: Part): string[] {
  return [columns(part, dollars(sums[part].before), dollars(sums[part].after)), ...charges.filter((charge) => charge.part === part).flatMap(chargeLines), ""];
}

/** Who is told, in words. */
export function wantsWords({ subscribers, https, sms, smsCountry, keys }: Wants): string {
  const key = keys === 0 ? "" : ` Keys of our own: ${keys}.`;
  return `${amount(subscribers)} subscribers by email, ${amount(https)} by HTTPS, ${amount(sms)} by SMS${sms > 0 ? ` in ${smsCountry}` : ""}.${key}`;
}

/** What is polled in a month, in words. */
export function trafficWords({ sources, hosts, bill: { month } }: Scenario): string {
  return `${amount(sources)} sources on ${amount(hosts)} hosts, ${month.name}: ${amount(month.polls)} polls in ${amount(month.messages)} messages, ${amount(month.editions)} editions, ${amount(month.abouts)} items of no series.`;
}

function verdict(cost: number, target: number): string {
  return cost < target ? "meets" : "misses";
}

/** How the design's targets are met, a sentence each. */
export function verdicts({ sources, bill: { sums } }: Scenario): string[] {
  const whole = sums.whole.after - sums.options.after;
  return [
    `The data path of ${sources} sources, ${dollars(sums["data path"].before)} before any allowance, ${verdict(sums["data path"].before, targets.dataPath)} its target of ${dollars(targets.dataPath)}.`,
    `The whole bill without options, ${dollars(whole)} after the always-free allowances, ${verdict(whole, targets.whole)} its target of ${dollars(targets.whole)}.`,
  ];
}

function monthLines(scenario: Scenario): string[] {
  if (scenario.months.length === 0) return [];
  const most = dearest(scenario);
  const rows = scenario.months.map((bill) => columns(`  ${bill.month.name}${bill === most ? ", the dearest" : ""}`, dollars(bill.sums.whole.before), dollars(bill.sums.whole.after)));
  return [columns("month by month, the whole bill", "", ""), ...rows, ""];
}

function targetLines(scenario: Scenario): string[] {
  const levers = scenario.levers.map(({ what, but, bill: { sums } }) => `  ${dollars(sums["data path"].before)}  ${what}; but ${but}`);
  return [trafficWords(scenario), ...verdicts(scenario), ...(levers.length > 0 ? ["The data path before any allowance, if:", ...levers] : []), ""];
}

/** The reckoning for a terminal; the last line is the figure. */
export function report({ wants, all, target }: Reckoning): string[] {
  const { bill } = all;
  return [
    `A month on AWS, ${priced.region}, prices of ${priced.checked} (* from memory: check those first).`,
    trafficWords(all),
    wantsWords(wants),
    "",
    columns("", "before", "after free"),
    ...parts.flatMap((part) => partLines(bill, part)),
    ...monthLines(all),
    ...(target ? targetLines(target) : []),
    `${dollars(bill.sums.whole.after)} a month after the always-free allowances; before them ${dollars(bill.sums.whole.before)}, of which ${dollars(bill.sums["data path"].before)} for the data path.`,
  ];
}
