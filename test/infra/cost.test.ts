import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { due } from "../../functions/plan/plan.ts";
import { pollMessages } from "../../functions/plan/tick.ts";
import { billOf, type Charge } from "../../infra/cost/bill.ts";
import { aboutsOf, editionsIn, meanOf, type Month, monthOf } from "../../infra/cost/month.ts";
import { memoryFor } from "../../infra/cost/memory.ts";
import { optionsOf } from "../../infra/cost/options.ts";
import { page } from "../../infra/cost/page.ts";
import { allowances, figures, priceList, smsPrices } from "../../infra/cost/prices.ts";
import { pollsNeeded } from "../../infra/cost/polls.ts";
import { reckon } from "../../infra/cost/reckoning.ts";
import { alertsIn, settingsFor, type Wants } from "../../infra/cost/settings.ts";
import { monthMinutes, sample, trafficOf } from "../../infra/cost/traffic.ts";
import { formula } from "../../infra/cost/words.ts";
import { sizes } from "../../infra/sizes.ts";
import { eventsText, made, series, source, sourcesText } from "../catalogue/made.ts";

const root = join(import.meta.dirname, "../..");
const catalogue = await readCatalogue();
const wants: Wants = { subscribers: 10, https: 0, sms: 0, smsCountry: "US", keys: 0 };
const reckoning = reckon({ catalogue, wants });
const { bill } = reckoning.all;

function charge(id: string, from: readonly Charge[] = bill.charges): Charge {
  const found = from.find((one) => one.id === id);
  if (!found) throw new Error(`There is no line "${id}".`);
  return found;
}

function figureIn(words: string): number {
  return Number(/[\d.,]+/.exec(words)?.[0].replaceAll(",", ""));
}

/** What one printed term comes to: factors, and conversions that divide. */
function termOf(words: string): number {
  return words.split(" × ").reduce((product, factor) => {
    const [times = "", ...divisors] = factor.split(" ÷ ");
    return divisors.reduce((left, divisor) => left / figureIn(divisor), product * figureIn(times));
  }, 1);
}

/** What a printed reckoning comes to for somebody who reads it. */
function recomputed(words: string): number {
  const [sum = ""] = words.split(" = ");
  return sum === "nothing" ? 0 : sum.split(" + ").reduce((total, term) => total + termOf(term), 0);
}

function run(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, "infra/cost.ts"), ...words], { encoding: "utf8", cwd: root });
}

describe("what is polled", () => {
  const odd = made(
    eventsText([series("tip", { window: { opens: "06-10", closes: "06-20" } })]),
    sourcesText([source("fast", { everyMinutes: 7 }), source("hourly"), source("daily", { everyMinutes: 1440, carries: [] }), source("beside", { url: "https://hourly.example.org/other.xml", everyMinutes: 1 }), source("off", { disabled: "It is a test." })]),
  );
  const bySeries = new Map(odd.series.map((one) => [one.id, one]));
  const enabled = odd.sources.filter(({ disabled }) => disabled === undefined);

  test("is what plan sends, minute by minute", () => {
    const { from, to } = monthMinutes("2026-06");
    let [polls, messages, sends] = [0, 0, 0];
    for (let minute = from; minute < to; minute++) {
      const planned = due(odd.sources, minute - 1, minute, bySeries, new Map());
      const sent = pollMessages(planned, minute);
      polls += planned.length;
      messages += sent.length;
      sends += Math.ceil(sent.length / 10);
    }
    expect(trafficOf(enabled, bySeries, "2026-06")).toEqual({ minutes: to - from, sources: 4, polls, messages, sends });
  });

  test("is never more than the fastest pace asks for", () => {
    const [beside] = odd.sources.filter(({ id }) => id === "beside");
    expect(trafficOf(beside ? [beside] : [], bySeries, "2026-06", 10).polls).toBe((30 * 1440) / 10);
  });

  test("a sample has the mix of the whole", () => {
    const all = catalogue.sources.filter(({ disabled }) => disabled === undefined);
    const known = new Map(catalogue.series.map((one) => [one.id, one]));
    const some = sample(all, 60, known, 2026);
    expect(new Set(some).size).toBe(60);
    const share = trafficOf(some, known, "2026-12").polls / trafficOf(all, known, "2026-12").polls;
    expect(share).toBeGreaterThan((60 / all.length) * 0.9);
    expect(share).toBeLessThan((60 / all.length) * 1.1);
    expect(sample(all, all.length + 1, known, 2026)).toHaveLength(all.length);
  });
});

describe("what people are told", () => {
  test("editions come in the months in which they came in the ten years before, and undated ones in all", () => {
    const dated = [2015, 2016, 2024, 2025, 2026].map((year) => ({ year, released: `${year}-06-25` }));
    const undated = { year: 2020, released: "unknown", why: "It is a test." };
    const { series: list } = made(eventsText([series("tip", { editions: [...dated, undated] })]));
    expect(editionsIn("2026-06", list)).toBeCloseTo((3 + 1 / 12) / 10);
    expect(editionsIn("2026-07", list)).toBeCloseTo(1 / 120);
  });

  test("sources on the DPRK alone bring nearly all items of no series", () => {
    const { sources } = made(eventsText(), sourcesText([source("one", { aboutCountry: true }), source("two")]));
    expect(aboutsOf(sources, 30)).toBeCloseTo(30 * (figures.aboutADay.value + figures.aboutADayElsewhere.value));
  });
});

describe("the bill", () => {
  test.each(bill.charges)("$what: who recomputes what is printed comes to the same", (one) => {
    expect(recomputed(formula(one))).toBeGreaterThanOrEqual(one.quantity * 0.99);
    expect(recomputed(formula(one))).toBeLessThanOrEqual(one.quantity * 1.01);
    expect(one.before).toBeCloseTo((one.quantity / one.price.each) * one.price.usd);
  });

  test("its sums are those of its lines, and no line is in none of them", () => {
    const total = bill.charges.reduce((sum, { after }) => sum + after, 0);
    const { whole, ...parts } = bill.sums;
    expect(whole.after).toBeCloseTo(total);
    expect(Object.values(parts).reduce((sum, { before }) => sum + before, 0)).toBeCloseTo(whole.before);
    expect(new Set(bill.charges.map(({ id }) => id)).size).toBe(bill.charges.length);
  });

  test("an allowance is given once, to all of its lines together", () => {
    const drawing = bill.charges.filter(({ allowance }) => allowance === "sqsRequests");
    const quantity = drawing.reduce((sum, one) => sum + one.quantity, 0);
    expect(drawing.length).toBeGreaterThan(3);
    expect(quantity).toBeGreaterThan(allowances.sqsRequests.amount);
    const paid = drawing.reduce((sum, one) => sum + one.after, 0);
    expect(paid).toBeCloseTo(((quantity - allowances.sqsRequests.amount) / priceList.sqsFifoRequest.each) * priceList.sqsFifoRequest.usd);
  });

  test("what an allowance covers costs nothing, and nothing costs less than that", () => {
    expect(charge("lambda-poll")).toMatchObject({ after: 0 });
    expect(bill.charges.filter(({ before, after }) => after < 0 || after > before)).toEqual([]);
  });

  const month: Month = meanOf("a month", [monthOf(catalogue, catalogue.sources.slice(0, 3), "2026-06")]);
  const more = (changed: Partial<Wants>): readonly Charge[] => billOf(month, settingsFor({ ...wants, ...changed })).charges;

  test("every subscriber gets every alert by email, but those of no series in a digest a week", () => {
    expect(charge("sns-email", more({ subscribers: 200 })).quantity).toBeCloseTo(200 * (month.editions * figures.alertsAnEdition.value + figures.standingAlerts.value + 4));
  });

  test("all subscriptions are read by every alert, and twice by every run of watch", () => {
    const [none, many] = [0, 8000].map((subscribers) => charge("table-reads", more({ subscribers })).quantity);
    const { value: alerts } = alertsIn(month, settingsFor(wants));
    expect((many ?? 0) - (none ?? 0)).toBeCloseTo(((alerts + 2 * 144 * 30) * 8000 * 516) / 4096);
  });

  test("readers who are told open the site", () => {
    const [none, many] = [0, 1000].map((subscribers) => charge("cloudfront-requests", more({ subscribers })).quantity);
    expect(none).toBeCloseTo(2000 * 30);
    expect((many ?? 0) - (none ?? 0)).toBeCloseTo((charge("sns-email", more({ subscribers: 1000 })).quantity * figures.siteRequestsAMail.value));
  });

  test("numbers get editions alone, at their country's price, and a number to send from where the country asks for one", () => {
    expect(charge("sms", more({ sms: 5, smsCountry: "KR" })).before).toBeCloseTo(5 * month.editions * figures.alertsAnEdition.value * (smsPrices["KR"]?.part.usd ?? 0));
    expect(charge("sms-number", more({ sms: 5 })).before).toBe(smsPrices["US"]?.number?.usd);
    expect(charge("sms-number", more({ sms: 0 })).before).toBe(0);
  });

  test("keys and HTTPS are billed where they are asked for", () => {
    expect(charge("keys", more({ keys: 2 })).before).toBe(2 * priceList.kmsKey.usd);
    expect(charge("sns-https", more({ https: 3 })).quantity).toBeGreaterThan(0);
  });
});

/** The bill of so many sources. */
const billAt = (count: number): typeof bill => reckon({ catalogue, wants, count }).all.bill;

describe("as it grows", () => {
  test("what is polled grows with the sources, and messages fill their sends", () => {
    const { month } = billAt(1460);
    expect(month.polls / bill.month.polls).toBeCloseTo(1460 / reckoning.all.sources);
    expect([month.sources, month.times * reckoning.all.sources]).toEqual([1460, 1460].map((count) => expect.closeTo(count)));
    expect(month.sends).toBeGreaterThan(month.messages / 10);
    expect(month.sends).toBeLessThan(bill.month.sends * 10);
  });

  test("it is never cheaper than its parts, but for what does not grow", () => {
    const [own, thousand, ten, hundred] = [reckoning.all.sources, 1000, 10_000, 100_000].map((count) => billAt(count).sums["data path"].before);
    expect(own).toBeCloseTo(bill.sums["data path"].before);
    expect(hundred).toBeGreaterThan(((ten ?? 0) - (thousand ?? 0)) * 10);
  });

  test("the largest of all has the most sources and the most subscribers", () => {
    expect(reckoning.sizes.at(-1)).toMatchObject({ sources: 100_000, subscribers: 1_000_000 });
    const [both = 0, ...alone] = [[100_000, 1_000_000], [100_000, 10], [reckoning.all.sources, 1_000_000]].map(([sources, subscribers]) => reckoning.sizes.find((size) => size.sources === sources && size.subscribers === subscribers)?.bill.sums.whole.before ?? 0);
    expect(both).toBeGreaterThan(alone.reduce((sum, one) => sum + one));
  });

  test("each function has the memory that it takes to open the catalogue, and never less than it has", () => {
    expect(memoryFor(reckoning.all.sources)).toEqual(Object.fromEntries(Object.entries(sizes).map(([name, { memoryMB }]) => [name, memoryMB])));
    // 63 MB at the start and 18 KB a source; poll has ten pages of 10 MB and 16 KB of rules a source as well.
    expect(memoryFor(100_000)).toEqual({ plan: 1863, notify: 1863, watch: 1863, compare: 1863, site: 1863, poll: 3563 });
    expect(formula(charge("lambda-plan", billAt(100_000).charges))).toContain("1.82 GB");
    for (const { sources, inParts, bill: { sums } } of reckoning.sizes) expect([sources, inParts < sums["data path"].before - 0.005]).toEqual([sources, sources === 100_000]);
  });

  test("a reader is told of their own catalogue alone", () => {
    expect(charge("sns-email", billAt(100_000).charges).quantity).toBeCloseTo(charge("sns-email").quantity);
  });

  test("as many of poll run side by side as manage the first tick before its messages are too old", () => {
    expect([pollsNeeded(1000, 0), pollsNeeded(1001, 0), pollsNeeded(0, 15_000), pollsNeeded(0, 15_001)]).toEqual([5, 6, 5, 6]);
    expect(reckoning.sizes.map(({ polls }) => polls)).toEqual([5, 5, 5, 21, 5, 5, 5, 5, 5, 5, 21]);
  });
});

test("every price and every allowance says where AWS publishes it, and where it was read or that it was not", () => {
  const sms = Object.values(smsPrices).flatMap(({ part, number }) => (number ? [part, number] : [part]));
  for (const { page: published, seen } of [...Object.values(priceList), ...Object.values(allowances), ...sms]) {
    expect(published).toMatch(/^https:\/\/aws\.amazon\.com\//);
    expect(seen).toMatch(/^(https:\/\/\S+|memory)$/);
  }
});

test("every assumed figure says where it comes from", () => {
  for (const { origin } of Object.values(figures)) expect(origin).toMatch(/^\S.*\.$/s);
});

test("docs/costs.md is what the command makes now; else run npm run -s cost -- --markdown > docs/costs.md", () => {
  expect(readFileSync(join(root, "docs/costs.md"), "utf8")).toBe(page(reckoning));
});

describe("the command", () => {
  test("ends with the figure", () => {
    const { status, stdout } = run("--month", "2026-11", "--count", "5");
    expect(status).toBe(0);
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^\$\d+\.\d\d a month after the always-free allowances; before them \$\d+\.\d\d, of which \$\d+\.\d\d for the data path\.$/);
    expect(stdout).toContain("5 sources on");
  });

  test("says for programs what every line was reckoned from", () => {
    const { stdout } = run("--month", "2026-11", "--count", "5", "--sms", "2", "--json");
    const parsed: { wants: Wants; lines: { id: string; formula: string }[]; month: Month } = JSON.parse(stdout);
    expect(parsed.wants.sms).toBe(2);
    expect(parsed.month).toMatchObject({ name: "2026-11", sources: 5 });
    expect(parsed.lines.map(({ id }) => id)).toEqual(bill.charges.map(({ id }) => id));
    expect(parsed.lines.every((line) => line.formula !== "")).toBe(true);
  });

  test("bad usage ends with 2, a catalogue that cannot be read with 1 and what to do", () => {
    expect(run("--month", "13")).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("--help") });
    expect(run("--sources", "absent.json")).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("cannot read absent.json") });
  });

  test.each([
    [["--month", "2026-13"], "--month takes a month such as 2026-11"],
    [["--count", "0"], "--count takes a whole number from 1 on"],
    [["--subscribers", "many"], "--subscribers takes a whole number"],
    [["--sms-country", "XX"], 'no SMS price for "XX"'],
    [["--markdown", "--count", "3"], "leave out --month and --count"],
    [["--markdown", "--json"], "either --json or --markdown"],
    [["--free"], "Unknown option"],
  ])("%j is bad usage", (words, sentence) => expect(() => optionsOf(words)).toThrow(sentence));

  test("countries are written in either case", () => expect(optionsOf(["--sms-country", "kr"]).wants.smsCountry).toBe("KR"));
});
