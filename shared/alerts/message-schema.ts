import * as z from "zod";
import { alertKinds } from "./alert.ts";

const moment = z.iso.datetime().describe("ISO 8601, in UTC");
const day = z.iso.date();
const dayOrMoment = z.union([day, moment]).describe("As its publisher dated it: YYYY-MM-DD, or with a time as ISO 8601 in UTC");
const link = z.string().regex(/^https?:\/\//).nullable().describe("http or https; null where there is none, or none that is safe to open");
const id = z.string().describe("Follows from what is told: the same news has the same id, also when it is sent again. Take one that you had already as a repetition.");
const repeat = z.boolean().describe("Whether it may have been sent before, with this id: an earlier attempt was broken off, and nobody knows how far it came");
const kind = z.enum(alertKinds);
const subject = z.string().describe("What it says in one line of at most 99 characters: the subject of the email");
const text = z.string().describe("What it says to people: the plain text of the email, with how late it is and how to end such messages. Titles in it are of others: escape them where your channel gives < or [ a meaning");

/** What programs get of one alert. */
const AlertMessage = z.strictObject({
  schema: z.literal("rights-almanac/alert/1").describe("Fields may be added to a version; none is renamed or taken away"),
  alert: id,
  kind,
  series: z.string().nullable().describe("Its id in events.json"),
  edition: z.int().nullable().describe("The year by which the edition is named"),
  title: z.string(),
  url: link.describe("http or https; null where there is none, or none that is safe to open. Of the kinds late and blind, and of a correction to nothing, the page where a person looks for it"),
  at: moment.describe("When it was first seen, ISO 8601 in UTC"),
  published: dayOrMoment.nullable(),
  publisher: z.string(),
  basis: z.enum(["release", "coverage"]).nullable().describe("What it rests on: the thing itself, or its publisher's words that it is out"),
  update: z.boolean().describe("Whether it completes an earlier alert on the same"),
  why: z.array(z.string()),
  source: z.string(),
  symbol: z.string().nullable(),
  language: z.string().nullable(),
  seriesName: z.string().nullable(),
  publisherName: z.string(),
  sourceName: z.string(),
  earlier: z.array(z.strictObject({ year: z.int().nullable(), released: z.union([day, z.literal("unknown")]), url: link })),
  window: z.strictObject({ opens: z.string(), closes: z.string() }).nullable().describe("Month and day, MM-DD"),
  due: z.strictObject({ day: z.string(), law: z.string() }).nullable(),
  late: z.strictObject({ missed: z.boolean(), against: z.enum(["due", "window"]), from: day, days: z.int(), latest: z.strictObject({ edition: z.int(), days: z.int() }).nullable() }).nullable(),
  against: z.int().nullable().describe("Of the kind changes: the edition that it was compared with"),
  changes: z.array(z.string()),
  evidence: z.strictObject({ sha256: z.string(), at: moment, url: link, bytes: z.int() }).nullable(),
  repeat,
  corrects: z
    .strictObject({ alert: z.string(), alerts: z.array(z.string()), kind: z.enum(["edition", "notice"]), to: z.strictObject({ series: z.string(), edition: z.int().nullable() }).nullable() })
    .nullable()
    .describe("Of the kind correction: the first alert that was wrong, all of them, whether they said that it is out or that it was announced, and the edition that it was instead; null where it was none"),
  page: link.describe("The page of its edition or series on the almanac's own site, in the language of the text; null where there is no site, or it is on no series"),
  subject,
  text,
});

/** What programs get of a digest. */
const DigestMessage = z.strictObject({
  schema: z.literal("rights-almanac/digest/1"),
  alert: id,
  kind: z.literal("digest"),
  at: moment,
  pace: z.enum(["at-once", "daily", "weekly"]),
  alerts: z.array(AlertMessage.pick({ alert: true, kind: true, series: true, edition: true, title: true, url: true, at: true, published: true, publisher: true, basis: true, update: true, language: true })),
  repeat,
  subject,
  text,
});

const TestMessage = z.strictObject({ schema: z.literal("rights-almanac/test/1"), alert: id, kind: z.literal("test"), at: moment, subject, text });

/** Whatever a program may get. */
export const Message = z.discriminatedUnion("schema", [AlertMessage, DigestMessage, TestMessage]);
