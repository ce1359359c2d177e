import type { AlertFacts } from "./alert.ts";
import { dayNumber } from "../calendar/days.ts";
import { sayDayOfYear, sayTime } from "./days.ts";
import { cutSeptets, septets, toGsm7 } from "./gsm7.ts";
import { safeLink, safeText } from "./safe-text.ts";
import { namedByTitle, wording } from "./wording.ts";

/** One part has 160 septets, and SNS puts the topic's display name with "> " in front: 10 and 2 of them. */
const smsMost = 160 - 12;
const leadMost = 36;
/** A name is not cut shorter than this to make room for what follows; no series' short name is longer. */
const nameLeast = 40;

/** What the SMS is on. A title that GSM-7 cannot hold gives way to the series' short name. */
function name(facts: AlertFacts): string {
  const { series } = facts;
  const candidates = namedByTitle(facts) ? [facts.title, series?.short ?? ""] : [series?.short ?? "", series?.id ?? ""];
  const said = candidates.map((candidate) => toGsm7(safeText(candidate, 200))).find((candidate) => candidate !== "");
  return said?.replace(/[.\s]+$/, "") || (facts.language === "ko" ? "a new item in Korean" : "a new item");
}

/** "1 July 18:40 UTC", "1 July", or nothing. */
function when(facts: AlertFacts): string {
  const day = dayNumber(facts.published);
  if (day === null || facts.published === null) return "";
  const time = sayTime(facts.published);
  return time === null ? ` ${sayDayOfYear(day)}.` : ` ${sayDayOfYear(day)} ${time}.`;
}

/** What may follow the name, from the best to the shortest. */
function endings(facts: AlertFacts, by: string): string[] {
  const year = facts.series !== null && facts.edition !== null ? ` ${facts.edition}` : "";
  const link = safeLink(facts.url);
  const full = `${year}${by}.`;
  const bare = [`${full}${when(facts)}`, full, year];
  if (link === null) return bare;
  const host = new URL(link).host;
  return [
    `${full}${when(facts)} ${link}`,
    `${full} ${link}`,
    `${year} ${link}`,
    `${full}${when(facts)} ${host}, link in email`,
    `${full} ${host}, link in email`,
    `${full} Link in email`,
    `${year} Link in email`,
    ...bare,
  ];
}

/** The alert as one SMS part of GSM-7 characters: at most 148 septets. A link is in it whole, or not at all. */
export function composeSms(facts: AlertFacts): string {
  const words = wording(facts);
  const lead = `${cutSeptets(toGsm7(words.sms ?? words.lead), leadMost)} `;
  const publisher = cutSeptets(toGsm7(safeText(facts.publisher.short, 20)), 20);
  const by = words.sms !== null || publisher === "" || facts.kind === "health" ? "" : ` (${publisher})`;
  const named = name(facts);
  const room = (ending: string): number => smsMost - septets(lead) - septets(ending);
  const ending = endings(facts, by).find((candidate) => room(candidate) >= Math.min(septets(named), nameLeast)) ?? "";
  return lead + cutSeptets(named, room(ending)) + ending;
}
