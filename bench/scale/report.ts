import { amount, dollars } from "../../infra/cost/words.ts";
import { type Axis, type Bend, fullness, isFromMemory, type Limit, limits } from "./bend.ts";
import type { Burst } from "./burst.ts";
import { design, figures } from "./design.ts";
import type { Growth, Sized } from "./growth.ts";

type Row = readonly string[];

function share(value: number): string {
  if (value < 0.001) return "0%";
  return value < 0.1 ? `${(value * 100).toFixed(1)}%` : value < 10 ? `${Math.round(value * 100)}%` : `${amount(Math.round(value))}×`;
}

/** A number of seconds as people say it. */
export function timeWords(seconds: number): string {
  if (seconds < 120) return `${Number(seconds.toPrecision(2))} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

function source({ limit }: Bend): string {
  if (limit.page === null) return `\`${limit.seen}\``;
  return `[AWS](${limit.page})${isFromMemory(limit) ? "*" : ""}`;
}

const ofAxis = ({ bends }: Growth, axis: Axis): Bend[] => bends.filter((bend) => bend.axis === axis);

function bendRows(growth: Growth, axis: Axis, sizes: readonly Sized[]): Row[] {
  const rows = ofAxis(growth, axis).map((bend) => [amount(bend.bendsAt), bend.what, `${amount(bend.limit.value)} ${bend.limit.unit}`, source(bend), ...sizes.map(({ size }) => share(fullness(bend, size)))]);
  return [[`bends at, ${axis}`, "what", "limit", "from", ...sizes.map(({ size }) => amount(size))], ...rows];
}

function burstRow({ sources, votes, sightings, owed, month, all, programSeconds, singles }: Burst): Row {
  return [...[sources, votes, sightings, all, month, owed].map((count) => amount(Math.round(count))), timeWords(programSeconds), votes > singles ? `${singles}, and the rest in one message` : `${singles}`];
}

function limitWords(limit: Limit): string {
  return `[${amount(limit.value)} ${limit.unit}](${limit.page})${isFromMemory(limit) ? "*" : ""}`;
}

/** What SNS takes of publishes and emails a second, which no size reaches. */
function paceWords(): string {
  return `What no size bends: notify publishes at most ${design.publishesASecond} a second, one after another, and SNS takes ${limitWords(limits.emailsASecond)} and ${limitWords(limits.publishesASecond)}. One publish is at most one email to each subscription.`;
}

function table(rows: readonly Row[]): string[] {
  const [head = [], ...rest] = rows;
  const line = (cells: Row): string => `| ${cells.join(" | ")} |`;
  return [line(head), `|${head.map((cell) => (/^[\d,$]/.test(cell) ? "---:" : "---")).join("|")}|`, ...rest.map(line)];
}

function firstWords(growth: Growth, axis: Axis): string {
  const [first, second] = ofAxis(growth, axis);
  return first && second ? `Of more ${axis}, first bends ${first.what}, at ${amount(first.bendsAt)}; then ${second.what}, at ${amount(second.bendsAt)}.` : "";
}

function gatheredWords(growth: Growth): string {
  const each = growth.bends.find(({ id }) => id === "gathered")?.each ?? 0;
  const words = growth.subscribers.map(({ size }) => `${amount(size)} people in ${timeWords(size * each)}`);
  return `Where more than those come in an hour, each person gets the rest in a message of their own: ${words.join(", ")}.`;
}

/** The part of docs/performance.md on growth, line by line; a terminal shows the same. */
export function growthLines(growth: Growth): string[] {
  const { load, bursts, costs } = growth;
  return [
    `Reckoned from ${load.sources} sources on ${load.hosts} hosts in ${load.month}, the month in which most is polled: ${load.pollsAMinute.toFixed(1)} polls and ${load.messagesAMinute.toFixed(1)} messages a minute. More sources are as many times the catalogue, its series included, on hosts of their own, but for the busiest host, whose share stays. A percentage is how full a limit is; × is how many times over. A star marks a number from memory.`,
    "",
    `${firstWords(growth, "sources")} ${firstWords(growth, "subscribers")}`,
    "",
    ...table(bendRows(growth, "sources", growth.sources)),
    "",
    ...table(bendRows(growth, "subscribers", growth.subscribers)),
    "",
    paceWords(),
    "",
    "What each was reckoned from, and what the design does about it:",
    "",
    ...table([["what", "reckoned from", "what the design does"], ...growth.bends.map(({ what, reckoned, does }) => [what, reckoned.replace(/\.$/, ""), does])]),
    "",
    "How many of poll must run side by side, so that a usual minute is managed and every host is asked at the first tick:",
    "",
    ...table([["sources", "`pollsSideBySide`"], ...growth.sources.map(({ size, polls }) => [amount(size), amount(polls)])]),
    "",
    `A burst: ${figures.burstVotes.value} votes, all of a November, at once, for this catalogue and for one that is so many times as large. What they write is in write units.`,
    "",
    ...table([["sources", "votes", "sightings", "written in all", "in one month of the index", "in the index of what is owed", "the last has rung for programs after", "messages to a person"], ...bursts.map(burstRow)]),
    "",
    gatheredWords(growth),
    "",
    "What it costs, before any allowance and after those that are for ever, with as much memory as it takes to open the catalogue; docs/costs.md has each line, and what it would be with a catalogue in parts.",
    "",
    ...table([["sources", "subscribers", "$ data path", "$ whole, before", "$ whole, after"], ...costs.map(({ sources, subscribers, bill: { sums } }) => [amount(sources), amount(subscribers), dollars(sums["data path"].before), dollars(sums.whole.before), dollars(sums.whole.after)])]),
    "",
    `What was assumed: ${Object.values(figures).map(({ value, unit, origin }) => `${amount(value)} ${unit} (${origin.replace(/\.$/, "")})`).join("; ")}.`,
  ];
}
