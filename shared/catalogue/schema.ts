import * as z from "zod";
import { isZone } from "../calendar/days.ts";

const Id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "an id is lower-case words joined by hyphens");
const dayOr = (other: string) => z.iso.date(`a day is written YYYY-MM-DD and is in the calendar; or else ${other}`);
const MonthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a day of the year is written MM-DD");
const Phrase = z.string().min(2);
const Why = z.string().min(3);

/** What a series or a publisher is called in other languages, by the language. */
const Translated = z
  .record(z.string().regex(/^[a-z]{2,3}$/, "a language is written as in ko"), z.strictObject({ name: z.string().min(1), short: z.string().min(1).max(20) }))
  .optional()
  .meta({ description: "Its name in other languages that messages are written in, by language; `short` is for SMS. Absent: messages keep the English one." });

/** Days of the year, both included. When `opens` lies after `closes`, the window runs over New Year. */
const Window = z.strictObject({ opens: MonthDay, closes: MonthDay });

/**
 * One way in which a publisher words an item of this series.
 * Every condition that is given must hold. Phrases are compared with folded text on word borders.
 */
export const Rule = z.strictObject({
  role: z.enum(["release", "notice", "coverage"]),
  title: z
    .array(z.union([Phrase, z.array(Phrase).min(1)]))
    .default([])
    .meta({ description: "Each entry must be in the title; of an inner list, one is enough." }),
  not: z.array(Phrase).default([]).meta({ description: "None of these may be in the title." }),
  form: z
    .array(Phrase)
    .optional()
    .meta({ description: "The folded title must hold one of these; # stands for a number, * for any run of characters, ^ and $ for its beginning and end. A double quotation mark and a colon stand for themselves." }),
  text: z
    .array(z.union([Phrase, z.array(Phrase).min(1)]))
    .default([])
    .meta({ description: "Each entry must be in the title or the summary." }),
  from: z
    .array(z.string())
    .optional()
    .meta({ description: "Publishers (ids) whose items this rule reads, and nobody else's. Absent: it reads everybody, and only the series' own publisher releases." }),
  country: z
    .enum(["title", "text"])
    .optional()
    .meta({ description: "The theme must be named in the title, or in title or summary." }),
  url: z
    .array(Phrase)
    .optional()
    .meta({ description: "One of these must match the folded address; * stands for any run of characters." }),
  symbol: z
    .array(Phrase)
    .optional()
    .meta({ description: "One of the item's document symbols must match; # is a number, * any run." }),
  within: Window.optional().meta({ description: "The item's date must lie in these days of the year." }),
  body: z
    .strictObject({
      all: z.array(z.union([Phrase, z.array(Phrase).min(1)])).min(1),
      not: z.array(Phrase).default([]),
    })
    .optional()
    .meta({
      description:
        "The title cannot tell: one paragraph of the linked page must name the theme and hold each of `all` and none of `not`.",
    }),
});

const Edition = z.strictObject({
  year: z.int().min(2000).max(2100).nullable().meta({ description: "Null where a series is not counted by years." }),
  released: z.union([dayOr('"unknown", with its "why"'), z.literal("unknown")]),
  by: dayOr('leave it out').optional().meta({ description: "Where the day is unknown: a day on which it was out already." }),
  why: Why.optional().meta({ description: "Why the day is unknown, or what a reader must know of the day." }),
  title: z.string().optional(),
  url: z.url().optional(),
  symbol: z.string().optional(),
  certain: z.boolean().default(true).meta({ description: "False when the day was recalled and not seen in a source." }),
});

export const Series = z.strictObject({
  id: Id.meta({ description: "Never reused or renamed: it is a key in the table." }),
  code: z
    .string()
    .regex(/^[a-z0-9]{2,5}$/, "a code is 2 to 5 letters and digits in lower case")
    .optional()
    .meta({ description: "Stands for the id in the site's short addresses, so that they fit an SMS. No two series have the same, and none is reused: messages that were sent have it." }),
  name: z.string(),
  short: z.string().max(28).meta({ description: "For SMS: GSM-7 characters only." }),
  translated: Translated,
  publisher: Id,
  kind: z.enum(["report", "resolution", "designation", "statement", "grant", "meeting", "review", "act", "index"]),
  cadence: z.enum(["annual", "biennial", "several-a-year", "irregular", "once", "dormant"]),
  year: z
    .enum(["release", "coverage", "session"])
    .optional()
    .meta({ description: "What an edition's year is. Absent: editions are not counted by years." }),
  lagYears: z
    .array(z.int().min(-1).max(3))
    .optional()
    .meta({ description: "Years between an edition's year and its release; the first is the usual one. Default: release 0, coverage 1." }),
  session: z.enum(["hrc", "ga"]).optional().meta({ description: "Whose session numbers stand in the symbols." }),
  several: z
    .enum(["title", "month"])
    .optional()
    .meta({ description: "More than one edition may come in a year, told apart by its title, or by its month." }),
  window: Window.optional().meta({ description: "Absent where no part of the year is likelier." }),
  due: z.strictObject({ day: MonthDay, law: z.string() }).optional(),
  basis: z.string().optional().meta({ description: "The law or mandate it rests on." }),
  recognise: z.array(Rule).min(1),
  never: z.array(Phrase).default([]).meta({ description: "A title with one of these is not of this series." }),
  chapters: z
    .boolean()
    .default(false)
    .meta({ description: "Country chapters come out as items of their own; another country's chapter is none of ours." }),
  chapterAt: z
    .strictObject({ below: z.array(Phrase).min(1), path: z.string().regex(/^[\w-]+\/?$/, "a path is one part of an address, such as name-of-a-country/") })
    .optional()
    .meta({ description: "Where the chapter on the theme is: at `path` below the address of the whole report, if that is like one of `below`, which is a host and a path; * stands for any run without a slash." }),
  actYears: z.array(z.int()).default([]).meta({ description: "Years in the names of Acts, which are never editions." }),
  aka: z.array(z.string()).default([]).meta({ description: "Other names, in any language, for readers and search." }),
  singleHost: Why.optional().meta({ description: "Why the series has no two sources on different hosts, so that one block blinds us." }),
  note: z.string().optional(),
  skipped: z.array(z.strictObject({ year: z.int(), why: Why })).default([]),
  editions: z.array(Edition),
});

const Page = z.strictObject({
  as: z.literal("page"),
  item: z.string().optional().meta({ description: "CSS selector of one item. Absent: the links of the page's main part." }),
  title: z.string().optional(),
  link: z.string().optional(),
  date: z.string().optional(),
  summary: z.string().optional(),
});

const Mail = z.strictObject({
  as: z.literal("mail"),
  senders: z
    .array(z.string().regex(/^[^@\s<>"]+@[^@\s<>"A-Z]+\.[^@\s<>"A-Z]+$/, "a sender is an email address, its domain in small letters"))
    .min(1)
    .optional()
    .meta({ description: "Whose mail is this source's: the addresses in From. Absent: nothing comes in, and the url leads to a file of messages (mbox)." }),
  dkim: z
    .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a domain is written in small letters, such as mail.example.org"))
    .min(1)
    .optional()
    .meta({ description: "The domains that sign their mail (d= of a DKIM-Signature); one must, over the whole message. Goes with `senders`." }),
});

const Read = z.discriminatedUnion("as", [
  z.strictObject({ as: z.literal("feed") }),
  Page,
  z.strictObject({
    as: z.literal("json"),
    api: z.enum(["federal-register", "reliefweb", "jsonfeed", "list"]).default("list"),
    items: z.string().optional().meta({ description: "For `list`: the path to the list, as in data.items." }),
    title: z.string().optional(),
    link: z.string().optional(),
    date: z.string().optional(),
    summary: z.string().optional(),
  }),
  z.strictObject({ as: z.literal("marcxml") }),
  Mail,
]);

export const Source = z.strictObject({
  id: Id,
  name: z.string().optional(),
  publisher: z.string(),
  url: z.url(),
  fallbacks: z.array(z.url()).default([]).meta({ description: "Tried in turn when `url` is not readable; the one that works is remembered." }),
  read: Read,
  everyMinutes: z.int().min(1).default(60),
  language: z.string().min(2).max(5).default("en"),
  carries: z.array(Id).default([]).meta({ description: "Series whose items can be expected here." }),
  aboutCountry: z.boolean().default(false).meta({ description: "Everything here is on the theme, named or not." }),
  mayBeEmpty: z.boolean().default(false).meta({ description: "An empty list is an answer here, not a fault." }),
  userAgent: z.string().optional(),
  ignoreRobots: Why.optional().meta({ description: "The written reason for reading in spite of robots.txt." }),
  reused: z.boolean().default(false).meta({ description: "The address carries a new edition each year, so an item's id includes the year." }),
  credential: z.string().optional().meta({ description: "The environment variable without which the source cannot be read; put into {…} of the url." }),
  quietAfterDays: z.int().positive().default(60),
  verified: z.union([dayOr("false, where nobody has read it"), z.literal(false)]).default(false),
  manualCheck: z.strictObject({ everyDays: z.int().positive(), message: z.string() }).optional(),
  disabled: Why.optional().meta({ description: "Why a machine does not read it. Sources are disabled, not deleted." }),
  note: z.string().optional().meta({ description: "What a maintainer must know: quirks and past breakage, with the day it was seen." }),
});

export const Publisher = z.strictObject({
  id: Id,
  name: z.string(),
  short: z.string().max(20),
  translated: Translated,
  hosts: z.array(z.string()).default([]).meta({ description: "Hosts whose pages are this publisher's own; subdomains count." }),
  names: z.array(z.string()).default([]).meta({ description: "Other names under which an item's source may be given." }),
  zone: z
    .string()
    .refine(isZone, "a time zone is named as in Europe/Zurich")
    .optional()
    .meta({ description: "The time zone (IANA) in which its days are dated and due. Absent: UTC." }),
  official: z.boolean().default(true).meta({ description: "False for media, which only report on what others publish." }),
});

/** Words that turn a title into a companion of the thing itself, whatever the series. */
const Companions = z.strictObject({
  notice: z.array(Phrase).meta({ description: "It says that something will come." }),
  coverage: z.array(Phrase).meta({ description: "It is about the thing: remarks, briefings, reactions." }),
  out: z.array(Phrase).meta({ description: "Coverage that says that the thing is out." }),
  routine: z.array(Phrase).meta({ description: "Titles that never concern a series, such as a daily briefing." }),
});

/** Words in each language in which messages are written. */
const InLanguages = z.strictObject({ en: z.string().min(2), ko: z.string().min(2) });

/** What all of it is about: a country, or a subject. Nothing else of the program knows it. */
export const Theme = z.strictObject({
  name: InLanguages.meta({ description: "As it stands in a sentence, such as Eritrea." }),
  subject: InLanguages.meta({ description: "What is told of it, such as human rights in Eritrea." }),
  names: z.array(Phrase).min(1).meta({ description: "Words by which a text names it. Of a country whose spellings folding knows (docs/another-theme.md) one is enough." }),
  headings: z.array(Phrase).default([]).meta({ description: "Other words with which the heading of its chapter begins, such as Congo, Republic of the." }),
});
export type Theme = z.infer<typeof Theme>;

/** What makes an item of no series one on the theme. */
const About = z.strictObject({
  rights: z.array(Phrase).meta({ description: "Words for rights and their abuse." }),
  country: z.array(Phrase).default([]).meta({ description: "Words that mean the theme without naming it: of a country its leaders, and wrongs that are its own." }),
  always: z.array(Phrase).meta({ description: "Words of rights so plain that `unless` does not count." }),
  unless: z.array(Phrase).meta({ description: "Words of other subjects: missiles, sanctions, summits." }),
  never: z.array(Phrase).default([]).meta({ description: "Words by which it is about something else, whatever other words it has." }),
  publishers: z.array(Id).default([]).meta({ description: "Publishers who write of rights alone: the theme's name in the title is enough." }),
});

const unique = (what: string) => (list: readonly { id: string }[], context: z.RefinementCtx) => {
  const seen = new Set<string>();
  for (const [index, { id }] of list.entries()) {
    if (seen.has(id)) context.addIssue({ code: "custom", path: [index, "id"], message: `two ${what} have the id "${id}"` });
    seen.add(id);
  }
};

export const Events = z.strictObject({
  $schema: z.string().optional(),
  theme: Theme,
  companions: Companions,
  about: About,
  series: z.array(Series).superRefine(unique("series")),
});

export const Sources = z.strictObject({
  $schema: z.string().optional(),
  publishers: z.array(Publisher).superRefine(unique("publishers")).default([]),
  sources: z.array(Source).superRefine(unique("sources")),
});

export type Rule = z.infer<typeof Rule>;
export type Edition = z.infer<typeof Edition>;
export type Series = z.infer<typeof Series>;
export type Source = z.infer<typeof Source>;
export type Publisher = z.infer<typeof Publisher>;
/** All series and sources: events.json and sources.json, checked. */
export interface Catalogue {
  readonly theme: Theme;
  readonly series: readonly Series[];
  readonly companions: z.infer<typeof Companions>;
  readonly about: z.infer<typeof About>;
  readonly sources: readonly Source[];
  readonly publishers: readonly Publisher[];
}
