import type { Bill, Cost } from "./bill.ts";
import type { Part } from "./line.ts";
import { memoryFor } from "./memory.ts";
import { type Allowance, allowances, figures, isRecalled, type Price, priced, priceList, smsPrices } from "./prices.ts";
import { dearest, type Reckoning, type Scenario, type Size } from "./reckoning.ts";
import { trafficWords, verdicts, wantsWords } from "./report.ts";
import { resourceCosts } from "./resources.ts";
import { amount, dollars, formula, priceWords } from "./words.ts";

type Row = readonly string[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.join(" | ")} |`;
  return [line(head), `|${head.map((cell) => (cell.startsWith("$") ? "---:" : "---")).join("|")}|`, ...rows.map(line)].join("\n");
}

const before = "$ before any allowance";
const after = "$ after the always-free ones";

function costCells(cost: Cost, digits = 2): Row {
  return [dollars(cost.before, digits), dollars(cost.after, digits)];
}

function sumRow(name: string, { sums }: Bill): Row {
  return [name, dollars(sums["data path"].before), dollars(sums.site.before), dollars(sums.observability.before), dollars(sums.whole.before), dollars(sums.whole.after)];
}

function sumRows(name: string, scenario: Scenario | undefined): Row[] {
  const most = scenario && dearest(scenario);
  if (!scenario || !most) return [];
  return [sumRow(`${name}, mean month`, scenario.bill), sumRow(`${name}, dearest month (${most.month.name})`, most)];
}

function sumTable({ all, target }: Reckoning): string {
  return table(["", "$ data path, before", "$ site, before", "$ observability, before", "$ whole, before", "$ whole, after"], [...sumRows(`all ${all.sources} sources`, all), ...sumRows(`${target?.sources} of them`, target)]);
}

function lines({ charges, sums: all }: Bill, part: Part): string {
  const rows = charges.filter((charge) => charge.part === part).map((charge) => [charge.what, formula(charge), priceWords(charge.price), ...costCells(charge, 3)]);
  return table(["", "how it is reckoned", "price", before, after], [...rows, ["**sum**", "", "", ...costCells(all[part])]]);
}

function months({ months: bills }: Scenario): string {
  const rows = bills.map(({ month, sums: all }) => [month.name, amount(month.polls), amount(month.messages), amount(month.editions), dollars(all["data path"].before), ...costCells(all.whole)]);
  return table(["month", "polls", "messages", "editions", "$ data path, before", "$ whole, before", "$ whole, after"], rows);
}

function levers({ all, target }: Reckoning): string {
  const rows = all.levers.map(({ what, but, bill }, index) => {
    const small = target?.levers[index]?.bill;
    return [what, but, small ? dollars(small.sums["data path"].before) : "", dollars(bill.sums["data path"].before), dollars(bill.sums.whole.after)];
  });
  const asIs = ["as it is", "", target ? dollars(target.bill.sums["data path"].before) : "", dollars(all.bill.sums["data path"].before), dollars(all.bill.sums.whole.after)];
  return table(["if", "but", `$ data path of ${target?.sources ?? all.sources}, before`, `$ data path of ${all.sources}, before`, `$ whole of ${all.sources}, after`], [asIs, ...rows]);
}

function seen(price: Price | Allowance): string {
  return isRecalled(price) ? "from memory" : `[read](${price.seen})`;
}

function priceRows(): string {
  const sms = Object.values(smsPrices).flatMap(({ name, part, number }) => [part, ...(number ? [number] : [])].map((price) => ({ ...price, unit: `SMS ${price.unit}, ${name}` })));
  return table(["price", "for", "published", "where the figure is from"], [...Object.values(priceList), ...sms].map((price) => [priceWords(price), price.unit, `[AWS](${price.page})`, seen(price)]));
}

function allowanceRows(): string {
  return table(["a month, for ever", "of", "published", "where the figure is from"], Object.values(allowances).map((allowance) => [amount(allowance.amount), allowance.unit, `[AWS](${allowance.page})`, seen(allowance)]));
}

function figureRows(): string {
  return table(["figure", "unit", "where it is from"], Object.values(figures).map(({ value, unit, origin }) => [amount(value), unit, origin]));
}

function resourceRows({ charges }: Bill): string {
  const whatOf = (id: string): string => charges.find((charge) => charge.id === id)?.what ?? id;
  return table(["resource", "billed by"], Object.entries(resourceCosts).map(([type, billed]) => [`\`${type}\``, "free" in billed ? `Nothing. ${billed.free}` : billed.lines.map(whatOf).join(" · ")]));
}

function opening(reckoning: Reckoning): string {
  const { wants, all } = reckoning;
  return `# What a month on AWS costs

<!-- Made by \`npm run -s cost -- --markdown > docs/costs.md\`. Change infra/prices.json, infra/cost/assumptions.json or the catalogue, and make it again. -->

Reckoned from the catalogue: every slot of every source that is polled, through the seasons of a year, with the list prices of ${priced.region} of ${priced.checked}, before tax. Nothing here was ever billed: no account was at hand. Where a figure is assumed, rather too much is assumed than too little, and [the list](#figures-that-the-catalogue-does-not-give) says so. A star marks a price from memory.

${trafficWords(all)} ${wantsWords(wants)}

${sumTable(reckoning)}

The always-free allowances belong to the account, so a second stage or another project in it draws on the same ones. New accounts get credits as well; they are not counted, and neither is what is free for twelve months.`;
}

/** What the lines with these ids cost together, before any allowance. */
function together({ charges }: Bill, ...ids: readonly string[]): string {
  return dollars(charges.filter(({ id }) => ids.includes(id)).reduce((sum, { before: usd }) => sum + usd, 0));
}

/** Why the data path costs what it does, and what was weighed against it. */
function whyItStays({ bill }: Scenario): string {
  return `Of the ${dollars(bill.sums["data path"].before)}, ${together(bill, "lambda-poll")} are poll that waits for publishers, and ${together(bill, "sqs-poll-idle", "sqs-notify-idle")} are Lambda that asks two queues which mostly hold nothing; reading and writing the table is ${together(bill, "table-reads", "table-writes")}, so fewer or larger reads would change little. What would halve the waiting was weighed, and left:

- Several hosts in a message share one wait. But who takes long would then keep the others of its message, and a fault of ours would bring all of them back: a group a host is there so that no publisher delays another ([ADR 0012](decisions/0012-what-goes-back-to-a-queue.md)).
- Half of poll's memory. Ten pages of 10 MB each may come at once, and a poll that ends for want of memory is tried again and fails again; the half would also compute for twice as long.
- A standard queue in place of a FIFO one costs a fifth less a request, and may hand one host to two polls at once, which the pause between two requests forbids.
- No queue, with plan polling by itself, costs nothing to wait at, and loses what a killed run had not done.`;
}

function againstTargets(reckoning: Reckoning): string {
  const { all, target = all } = reckoning;
  return `## Against the targets

The targets are for ${target.sources} sources, so as many were picked evenly, from the one that is polled most to the one that is polled least. ${trafficWords(target)}

${verdicts(target).map((verdict) => `- ${verdict}`).join("\n")}

What each of these would make of it:

${levers(reckoning)}

${whyItStays(target)}`;
}

function lineByLine({ all: { sources, bill } }: Reckoning): string {
  return `## Line by line

${sources} sources, ${bill.month.name}. Numbers in the reckoning are rounded; the sums are not. An allowance is spread over the lines that draw on it, by how much each draws.

### Data path

${lines(bill, "data path")}

### Site

Which \`--no-site\` leaves out. How many read it is not known before.

${lines(bill, "site")}

### Observability

${lines(bill, "observability")}

### Options

${lines(bill, "options")}

An SMS subscription that also asks for items of no series gets ${amount(bill.month.abouts)} more a month.`;
}

function sizeRow({ sources, subscribers, polls, inParts, bill: { month, sums: all } }: Size): Row {
  return [amount(sources), amount(subscribers), amount(month.polls), amount(polls), amount(memoryFor(sources).poll), dollars(all["data path"].before), dollars(inParts), dollars(all.whole.before), dollars(all.whole.after)];
}

function growth({ sizes }: Reckoning): string {
  return `## As it grows

The mean month of a catalogue that is so many times as large, its hosts and series included, each series with its own readers; of the catalogue as it is with more readers by email, and of the most of both. Each function has as much memory as it takes to open the catalogue; "in parts" is what the data path would be if a function opened what it needs of it alone, in the memory that it has today. What bends on the way, \`npm run scale\` says.

${table(["sources", "subscribers", "polls", "poll side by side", "MB of poll", "$ data path, before", "$ data path, in parts", "$ whole, before", "$ whole, after"], sizes.map(sizeRow))}`;
}

function yearAndMore({ all, leftOut }: Reckoning): string {
  return `## Month by month

${months(all)}

## What is left out, and what it would add

${table(["", "$ a month"], leftOut.map(({ what, usd }) => [what, dollars(usd)]))}

## Your own figures

\`\`\`sh
npm run -s cost -- --subscribers 200 --sms 5 --sms-country KR
npm run -s cost -- --month 2026-12
npm run -s cost -- --sources sources.json --count 30 --json
npm run -s cost -- --count 10000 --subscribers 1000
\`\`\``;
}

function ground({ all }: Reckoning): string {
  return `## What each resource is billed by

${resourceRows(all.bill)}

## Figures that the catalogue does not give

From \`infra/cost/assumptions.json\`.

${figureRows()}

## Prices

From \`infra/prices.json\`.

${priceRows()}

## Allowances

${allowanceRows()}`;
}

/** The reckoning as docs/costs.md. */
export function page(reckoning: Reckoning): string {
  return `${[opening, againstTargets, lineByLine, growth, yearAndMore, ground].map((section) => section(reckoning)).join("\n\n")}\n`;
}
