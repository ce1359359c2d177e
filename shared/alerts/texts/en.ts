import { latenessWords } from "../../calendar/words.ts";
import { type AlertFacts, byHand, type SeriesKind } from "../alert.ts";
import { sayDay, sayDayOfYear, sayDays } from "../days.ts";
import { safeText } from "../safe-text.ts";
import type { Owner, Texts, Shown, Wording } from "./texts.ts";

/** What stands before an edition that came. No sentence has its name as the subject: some names are of one thing, some of several. */
const leads: Readonly<Record<SeriesKind, string>> = {
  report: "Out",
  index: "Out",
  review: "Out",
  statement: "Published",
  designation: "Published",
  grant: "Published",
  resolution: "Adopted",
  act: "Published",
  meeting: "Held",
};

/** What the certainty of a release rests on. */
function sureOf({ basis, source }: AlertFacts): string | null {
  if (source.id === byHand) return "It was entered by hand, by whoever runs this almanac; no source has shown it.";
  return basis === "release" ? "This is the release itself." : null;
}

function ofEdition({ facts, what, by }: Shown): Wording {
  const lead = leads[facts.series?.kind ?? "report"];
  if (facts.basis === "coverage")
    return {
      lead: facts.update ? "Update: " : `${lead}: `,
      sms: `${lead}, says ${safeText(facts.publisher.short, 20)}: `,
      what: `${lead}, says ${by}: ${what}.`,
      sure: "The publisher says so; the document was not seen yet.",
    };
  const seen = facts.basis === "release";
  const sure = sureOf(facts);
  if (!facts.update) return { lead: `${lead}: `, sms: null, what: `${lead}: ${what} (${by}).`, sure };
  return { lead: seen ? "Document seen: " : "Update: ", sms: null, what: `The document is here now: ${what} (${by}). An earlier message said so before it was seen.`, sure };
}

function ofLate({ facts: { late }, what, by }: Shown): Wording {
  if (late?.missed) return { lead: "Missed: ", sms: null, what: `Missed: ${what} (${by}).`, sure: "Its sources can be read, and none of them has shown it. It is nearer to the next one than to its own time." };
  return { lead: late ? `Late by ${sayDays(late.days)}: ` : "Late: ", sms: null, what: `Late: ${what} (${by}).`, sure: "Its sources can be read, and none of them has shown it." };
}

function ofBlind({ facts: { update, late }, what, by }: Shown): Wording {
  if (!update) return { lead: "Cannot tell: ", sms: null, what: `${what} should be out by now (${by}), but we cannot tell.`, sure: "It may be out." };
  const sure = late ? "None of them has shown it: it is late." : "None of them has shown it.";
  return { lead: "Can tell again: ", sms: null, what: `The sources of ${what} can be read again (${by}). An earlier message said that we could not tell.`, sure };
}

function ofItem({ facts, by }: Shown): Wording {
  const { series, theme } = facts;
  const seen = sureOf(facts);
  const name = series ? safeText(series.name, 200) : "";
  const release = `${seen} It belongs to "${name}", which comes in no yearly rhythm.`;
  const unread = `It may be a new edition of "${name}": its page could not be read, so please look.`;
  const sure = series === null ? "It was recognised by its words and is of no series that we know." : seen === null ? unread : release;
  return { lead: "New: ", sms: null, what: `${theme ? `New on ${theme.subject.en}` : "New"}, from ${by}.`, sure };
}

/** Only the lead and the rest stand in an SMS, and make a sentence there with the name between them. */
function ofCorrection({ facts: { series, corrects }, what, by }: Shown): Wording {
  if (!corrects) return { lead: "Correction: ", sms: null, what: `An earlier message on ${what} (${by}) was wrong.`, sure: null };
  const { kind, to, wrong } = corrects;
  const more = wrong.some((one) => one.kind === "changes") ? " What was told of changes in it is taken back as well." : "";
  const said = kind === "notice" ? "Announced" : leads[series?.kind ?? "report"];
  const opening = `An earlier message said "${said}: ${what}" (${by}). That was wrong: what it showed is`;
  const [sms, but] = kind === "notice" ? ["Correction: was no notice of ", "but of"] : ["Correction: was not ", "but"];
  if (to === null) return { lead: "Correction: ", sms, rest: "but something else", what: `${opening} something else.${more}`, sure: "A person corrected it. When it comes, another message will say so." };
  const year = to.edition === null ? "" : ` ${to.edition}`;
  const [right, short] = [`${safeText(to.name, 200)}${year}`, `${safeText(to.short ?? to.name, 28)}${year}`];
  return { lead: "Correction: ", sms, rest: `${but} ${short}`, what: `${opening} ${right}.${more}`, sure: "A person corrected it." };
}

/** "last year's", "the 2018 edition's", or "the last one's". */
function whose(owner: Owner): string {
  if (owner === "last-year") return "last year's";
  return owner === "last" ? "the last one's" : `the ${owner} edition's`;
}

const counted = (count: number): string => `${count} ${count === 1 ? "alert" : "alerts"}`;

/** What messages say in English. */
export const en: Texts = {
  code: "en",
  reason: (english) => english,
  change: (english) => english,
  ownSources: { "by-hand": "a person who runs this almanac", calendar: "the calendar of this almanac" },
  gsm7: true,
  words: {
    edition: ofEdition,
    notice: ({ what, by }) => ({ lead: "Announced: ", sms: null, what: `Announced: ${what} (${by}).`, sure: "This is a notice that it will come; it is not out yet." }),
    about: ofItem,
    late: ofLate,
    blind: ofBlind,
    changes: ({ facts, what, by }) => ({ lead: facts.update ? "Changed since: " : "What is new: ", sms: null, what: en.changes.opening(facts.changes?.against ?? null, what, by), sure: facts.changes ? en.changes.trust : null }),
    health: ({ facts }) => ({ lead: "Source: ", sms: null, what: safeText(facts.title) || "The state of a source changed.", sure: null }),
    digest: ({ facts }) => ({ lead: "Digest: ", sms: null, what: safeText(facts.title) || "What came since the last digest.", sure: null }),
    correction: ofCorrection,
  },
  untitled: "an item without a title",
  byHand: "entered by hand",
  repeat: { mark: "(possibly a repeat)", said: "(possibly a repeat) An earlier attempt to send this was broken off, so you may have it already." },
  days: { dayOfYear: sayDayOfYear, day: sayDay, noTime: (day) => `${day} (no time was given)`, inZone: (time, zone) => `${time} (${zone})`, notGiven: "day not given", timeNotKnown: "time not known" },
  compared: {
    afterTheOneBefore: (days, day) => `${sayDays(days)} after the one before (${day})`,
    sameDay: (owner, day) => `the same day of the year as ${whose(owner)} ${day}`,
    later: (days, owner, day) => {
      const said = `${sayDays(Math.abs(days))} ${days > 0 ? "later" : "earlier"}`;
      return typeof owner === "number" ? `${said} in the year than the ${owner} edition (${day})` : `${said} than ${whose(owner)} ${day}`;
    },
    window: (opens, closes) => `usual window: ${opens} to ${closes}`,
    law: (day, days) => `statutory day ${day}${days === null ? "" : days === 0 ? ": on the day" : `: ${sayDays(Math.abs(days))} ${days > 0 ? "late" : "early"}`}`,
    late: ({ against, days, latest }, from) => latenessWords({ against, from, days, latest: latest && { year: latest.edition, days: latest.days } }),
  },
  email: {
    unsafeLink: "No link: the address that the source gave is not safe to open.",
    noLink: "No link: the source gave none.",
    look: "The page to look at:",
    ownPage: "On the site of this almanac:",
    published: (moment) => `Published: ${moment}`,
    seen: (moment) => `Seen: ${moment}`,
    asOf: (moment) => `As of: ${moment}`,
    symbol: (symbol) => `Symbol: ${symbol}`,
    lastYears: (year, day) => `Last year's edition (${year}): ${day}`,
    editionBefore: (year, day) => `Edition before${year === null ? "" : ` (${year})`}: ${day}`,
    dayNotKnown: "its day is not known",
    why: (reasons) => `Why: ${reasons}`,
    evidence: (moment, bytes) => `Kept as evidence: the document${moment === null ? "" : ` of ${moment}`}, ${bytes.toLocaleString("en")} bytes, with the SHA-256`,
    evidenceFrom: "from",
    source: (name) => `Source: ${name}`,
    alert: (id) => `Alert: ${id}`,
    stop: "To stop these messages, ask whoever runs this almanac, whose command is:",
    stopByMail: "To stop these messages, write to whoever runs this almanac:",
  },
  sms: {
    item: (language) => (language === "ko" ? "a new item in Korean" : "a new item"),
    elsewhere: (host) => `${host}, link in email.`,
    inEmail: "Link in email.",
    byHand: "(by hand)",
    later: (days, year) => {
      const said = `${days > 0 ? "+" : "-"}${sayDays(Math.abs(days))}`;
      return [`${said} vs ${year}.`, `${said}.`];
    },
    stop: "To end, reply STOP or ask us.",
    ask: "To end, ask us.",
    stopByMail: (contact) => `To end: ${contact}`,
  },
  changes: {
    opening: (against, what, by) => `What is new in ${what} (${by})${against === null ? "" : `, against the edition of ${against}`}.`,
    trust: "A program compared the two texts by rules, without judging them: read the document for what matters to you.",
  },
  digest: {
    heading: (pace, count) => (pace === "at-once" ? counted(count) : `${pace === "daily" ? "Daily" : "Weekly"} digest, ${counted(count)}`),
    opening: (pace, count) => (pace === "at-once" ? `${counted(count)} that came shortly after ${count === 1 ? "others" : "one another"}, or in hours in which you get none:` : `Your ${pace} digest: ${counted(count)}.`),
    more: (count) => `; ${count} more.`,
  },
  test: {
    subject: "Test: alerts of Rights Almanac reach you",
    said: "This is a test: alerts of Rights Almanac reach this address.",
    calm: "Nothing has happened, and there is nothing to do.",
    sms: "Test: alerts of Rights Almanac reach this address.",
  },
};
