import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { exampleEditions, messagesPage } from "../../cli/messages-page.ts";
import { readCatalogue } from "../../cli/paths.ts";
import { type Previewed, previewFacts } from "../../cli/preview-facts.ts";
import { type Preview, previews } from "../../cli/preview-messages.ts";
import { alertKinds, type Composed } from "../../shared/alerts/alert.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { Message } from "../../shared/alerts/message-schema.ts";
import { smsFit } from "../../shared/alerts/sms-fit.ts";
import { type Style, textLanguages, textsOf } from "../../shared/alerts/texts/languages.ts";
import { languages } from "../../site/texts/texts.ts";

const root = join(import.meta.dirname, "../..");
const text = (name: string): string => readFileSync(join(root, name), "utf8");
const catalogue = await readCatalogue({ events: undefined, sources: undefined });
const editions = exampleEditions(catalogue);

function previewed(id: string, year: number | null): Previewed {
  const found = editions.find(({ series }) => series.id === id);
  const edition = found?.series.editions.find((one) => one.year === year && one.released !== "unknown");
  if (!found || !edition) throw new Error(`The catalogue has no dated edition ${year} of ${id}.`);
  return { ...found, edition };
}
const report = previewed("us-state-human-rights-report", 2021);
const messages = previews(report);
const yearless = previews(previewed("hrw-special-report", null));
const english: Style = { language: "en", site: null };
function written(name: string, from: readonly Preview[] = messages): Composed {
  const found = from.find((one) => one.name === name);
  if (!found) throw new Error(`There is no preview ${name}.`);
  return found.write(english);
}
const oneLine = (name: string): string => written(name).email.text.replaceAll("\n", " ");

/** Each limit, by what the product counts. */
function keepsLimits({ email, sms, json }: Composed, style: Style): void {
  const fit = smsFit(textsOf(style));
  expect(email.subject.length).toBeLessThanOrEqual(99);
  expect(fit.size(sms)).toBeLessThanOrEqual(fit.most);
  expect(sms).not.toBe("");
  expect(email.subject + email.text + sms).not.toMatch(/\uFFFD|Ã|â€|&#?\w+;|undefined|null/u);
  expect(Message.safeParse(JSON.parse(json)).error).toBeUndefined();
}

test("the page of messages says what the code says", () => expect(text("docs/messages.md")).toBe(`${messagesPage(catalogue)}\n`));

test("the published schema of alerts is that of the code, whole", () => expect(JSON.parse(text("alert.schema.json"))).toEqual({ title: "What programs get of an alert", ...JSON.parse(JSON.stringify(z.toJSONSchema(Message))) }));

test("a day alone is no moment to the schema", () => {
  const message: object = JSON.parse(written("edition").json);
  expect(Message.safeParse(message).success).toBe(true);
  expect(Message.safeParse({ ...message, at: "2022-04-12" }).success).toBe(false);
});

test("thirty real editions keep every limit in both languages, are cut between words, and have no broken letters", () => {
  expect(editions).toHaveLength(30);
  for (const language of textLanguages) {
    for (const one of editions.map(previewFacts)) {
      const composed = compose(one, { language, site: null });
      keepsLimits(composed, { language, site: null });
      const whole = `${one.series?.name} ${one.series?.short} ${one.title}`;
      for (const [, cut = ""] of `${composed.email.subject}\n${composed.sms}`.matchAll(/([^ ]+)(?:…|\.\.\.)/g)) expect(whole).toMatch(new RegExp(`${cut.replace(/^.*[:("“]/, "").replace(/[^\p{L}\p{N}]/gu, ".")}([^\\p{L}]|$)`, "u"));
    }
  }
});

describe("every message can be shown", () => {
  test("of every kind, within its limits, in every language, with a site and without", () => {
    const kinds = new Set([...messages, ...yearless].map(({ write }) => write(english).facts.kind));
    expect([...kinds].toSorted()).toEqual([...alertKinds].toSorted());
    for (const language of textLanguages) for (const site of [null, "https://almanac.example"]) for (const { write } of [...messages, ...yearless]) keepsLimits(write({ language, site }), { language, site });
  });

  test("in every way in which its kind is worded", () => {
    const begins = (...names: string[]): (string | undefined)[] => names.map((name) => written(name).email.subject.split(": ")[0]);
    expect(begins("edition", "edition-update", "notice", "late-missed", "blind", "blind-update", "changes", "changes-update")).toEqual(["Out", "Document seen", "Announced", "Missed", "Cannot tell", "Can tell again", "What is new", "Changed since"]);
    expect(oneLine("edition-coverage")).toContain("The publisher says so; the document was not seen yet.");
    expect(written("edition-by-hand").email.subject).toContain("entered by hand");
    expect(written("health").email.text).toContain("cannot be read: challenge");
    expect(written("health-update").email.text).toContain("can be read again");
    expect(written("health-look").email.text).toContain("please look.");
    expect(written("about").email.text).toContain("is of no series");
    expect(written("about", yearless).email.text).toContain("This is the release itself.");
    expect(written("about-unread", yearless).email.text).toContain("so please look.");
    expect(begins("digest", "digest-daily", "digest-at-once")).toEqual(["Weekly digest, 5 alerts", "Daily digest, 5 alerts", "5 alerts"]);
  });

  test("late is measured from the law's day, against other years", () => {
    expect(oneLine("late")).toMatch(/\d+ days after the statutory day, 25 February 2022\. The latest ever came \d+ days after that day|Later than ever: the latest before it came/);
    expect(oneLine("late")).toMatch(/Expected from .* by the days of \d+ earlier editions\./);
  });

  test("what we cannot tell counts no days", () => {
    expect(oneLine("blind")).toContain("It may be out.");
    expect(oneLine("blind")).not.toMatch(/\d days/);
    expect(oneLine("blind-update")).toMatch(/it is late\..*days after the statutory day, 25 February 2022/);
  });

  test("what is late, may be out, or was something else has the page where a person looks", () => {
    for (const name of ["late", "late-missed", "blind", "blind-update", "correction-false"]) expect(written(name).email.text).toMatch(/The page to look at:\nhttps:\/\/www\.state\.gov\/\S*country-reports-on-human-rights-practices\/\n/);
  });

  test("a correction has the title, the link and the year of one edition", () => {
    const { email, facts } = written("correction");
    expect(facts).toMatchObject({ edition: 2021, corrects: { to: { edition: 2020 } }, url: expect.stringContaining("/2020-country-reports") });
    expect(email.text.split("\n-- ")[0]).not.toContain("/2021-");
  });
});

test("every language of the messages is one of the site, whose pages they link", () => expect(languages).toEqual(expect.arrayContaining([...textLanguages])));
