import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { exampleFacts, messagesPage } from "../../cli/messages-page.ts";
import { readCatalogue } from "../../cli/paths.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { Message } from "../../shared/alerts/message-schema.ts";
import { textLanguages } from "../../shared/alerts/texts/languages.ts";

const root = join(import.meta.dirname, "../..");
const text = (name: string): string => readFileSync(join(root, name), "utf8");
const catalogue = await readCatalogue({ events: undefined, sources: undefined });

test("the page of messages says what the code says", () => expect(text("docs/messages.md")).toBe(`${messagesPage(catalogue)}\n`));

test("the published schema of alerts is that of the code", () => expect(JSON.parse(text("alert.schema.json"))).toMatchObject({ ...z.toJSONSchema(Message) }));

test("thirty real editions keep every limit in both languages, are cut between words, and have no broken letters", () => {
  const facts = exampleFacts(catalogue);
  expect(facts).toHaveLength(30);
  for (const language of textLanguages) {
    for (const one of facts) {
      const { email, sms } = compose(one, { language, site: null });
      expect(email.subject.length).toBeLessThanOrEqual(99);
      expect(language === "en" ? sms.length <= 148 : sms.length <= 58).toBe(true);
      expect(email.subject + email.text + sms).not.toMatch(/\uFFFD|Ã|â€|&#?\w+;/u);
      const whole = `${one.series?.name} ${one.series?.short} ${one.title}`;
      for (const [, cut = ""] of `${email.subject}\n${sms}`.matchAll(/([^ ]+)(?:…|\.\.\.)/g)) expect(whole).toMatch(new RegExp(`${cut.replace(/^.*[:("“]/, "").replace(/[^\p{L}\p{N}]/gu, ".")}([^\\p{L}]|$)`, "u"));
      expect(Message.safeParse(JSON.parse(compose(one, { language, site: null }).json)).error).toBeUndefined();
    }
  }
});
