import { type AlertFacts, type AlertKind, byHand, type SeriesKind } from "./alert.ts";
import { sayDays } from "./days.ts";
import { changesOpening, changesTrust } from "./compose-changes.ts";
import { safeText } from "./safe-text.ts";

/** What each kind of alert says, in English. The one place for it. */
export interface Wording {
  /** What stands first in a subject and, where `sms` is null, in an SMS. */
  readonly lead: string;
  /** A lead for SMS that also names the publisher. */
  readonly sms: string | null;
  /** What happened, in one sentence. */
  readonly what: string;
  /** How far to trust it; null where that needs no saying. */
  readonly sure: string | null;
}

/** The publisher's name, short where the full one would fill a line. */
export function publisherName({ publisher }: AlertFacts): string {
  const name = safeText(publisher.name, 100);
  return (name.length > 0 && name.length <= 32 ? name : safeText(publisher.short, 32)) || safeText(publisher.id, 32);
}

/** What the alert is on: "Trafficking in Persons Report 2021", or the item's title where it is of no series. */
export function thing(facts: AlertFacts): string {
  const name = facts.series && !namedByTitle(facts) ? safeText(facts.series.name, 200) || safeText(facts.series.id, 200) : "";
  if (name === "") return safeText(facts.title) || "an item without a title";
  return facts.edition === null ? name : `${name} ${facts.edition}`;
}

/** Whether the thing is named by the item's own title: an item alone is, even one of a series that has no editions. */
export const namedByTitle = (facts: AlertFacts): boolean => facts.series === null || facts.kind === "about";

/** What an edition does when it comes: a report is out, a resolution is adopted. The lead of a subject, and the words of a sentence. */
const deeds: Readonly<Record<SeriesKind, readonly [lead: string, words: string]>> = {
  report: ["Out", "is out"],
  index: ["Out", "is out"],
  review: ["Out", "is out"],
  statement: ["Published", "is published"],
  designation: ["Published", "is published"],
  grant: ["Published", "is published"],
  resolution: ["Adopted", "is adopted"],
  act: ["Enacted", "is enacted"],
  meeting: ["Held", "was held"],
};

/** What the certainty of a release rests on. */
function sureOf({ basis, source }: AlertFacts): string | null {
  if (source.id === byHand) return "It was entered by hand, by whoever runs this almanac; no source has shown it.";
  return basis === "release" ? "This is the release itself." : null;
}

function ofEdition(facts: AlertFacts, what: string, by: string): Wording {
  const [lead, words] = deeds[facts.series?.kind ?? "report"];
  if (facts.basis === "coverage")
    return {
      lead: facts.update ? "Update: " : `${lead}: `,
      sms: `${lead}, says ${safeText(facts.publisher.short, 20)}: `,
      what: `${by} says that ${what} ${words}.`,
      sure: `The publisher says that it ${words}; the document was not seen yet.`,
    };
  const seen = facts.basis === "release";
  const sure = sureOf(facts);
  if (!facts.update) return { lead: `${lead}: `, sms: null, what: `${what} ${words} (${by}).`, sure };
  return {
    lead: seen ? "Document seen: " : "Update: ",
    sms: null,
    what: `The document is here now: ${what} (${by}). An earlier message said so before it was seen.`,
    sure,
  };
}

function ofLate({ late }: AlertFacts, what: string, by: string): Wording {
  if (late?.missed) {
    return { lead: "Missed: ", sms: null, what: `${what} has not come (${by}).`, sure: "Its sources can be read, and none of them has shown it. It is nearer to the next one than to its own time." };
  }
  return {
    lead: late ? `Late by ${sayDays(late.days)}: ` : "Late: ",
    sms: null,
    what: `${what} is late (${by}).`,
    sure: "Its sources can be read, and none of them has shown it.",
  };
}

function ofBlind({ update, late }: AlertFacts, what: string, by: string): Wording {
  if (update) {
    return {
      lead: "Can tell again: ",
      sms: null,
      what: `The sources of ${what} can be read again (${by}). An earlier message said that we could not tell.`,
      sure: late ? "None of them has shown it: it is late." : "None of them has shown it.",
    };
  }
  return { lead: "Cannot tell: ", sms: null, what: `${what} should be out by now (${by}), but we cannot tell.`, sure: "Its sources cannot be read. It may be out." };
}

type Words = (facts: AlertFacts, what: string, by: string) => Wording;

const words: Readonly<Record<AlertKind, Words>> = {
  edition: ofEdition,
  notice: (_, what, by) => ({
    lead: "Announced: ",
    sms: null,
    what: `${what} is announced (${by}).`,
    sure: "This is a notice that it will come; it is not out yet.",
  }),
  about: ({ series, basis }, _, by) => {
    const name = series ? safeText(series.name, 200) : "";
    const release = `This is the release itself. It belongs to "${name}", which comes in no yearly rhythm.`;
    const unread = `It may be a new edition of "${name}": its page could not be read, so please look.`;
    return {
      lead: "New: ",
      sms: null,
      what: `New on human rights in the DPRK, from ${by}.`,
      sure: series === null ? "It was recognised by its words and is of no series that we know." : basis === "release" ? release : unread,
    };
  },
  late: ofLate,
  blind: ofBlind,
  changes: ({ changes }, what, by) => ({ lead: "What is new: ", sms: null, what: changesOpening(changes, what, by), sure: changesTrust(changes) }),
  health: ({ title }) => ({ lead: "Source: ", sms: null, what: safeText(title) || "The state of a source changed.", sure: null }),
  digest: ({ title }) => ({ lead: "Digest: ", sms: null, what: safeText(title) || "What came since the last digest.", sure: null }),
  correction: (_, what, by) => ({
    lead: "Correction: ",
    sms: null,
    what: `An earlier message on ${what} (${by}) was wrong.`,
    sure: null,
  }),
};

/** The words for an alert, by its kind. */
export const wording = (facts: AlertFacts): Wording => words[facts.kind](facts, thing(facts), publisherName(facts));
