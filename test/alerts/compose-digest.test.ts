import { expect, test } from "vitest";
import type { AlertFacts } from "../../shared/alerts/alert.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { composeDigest } from "../../shared/alerts/compose-digest.ts";
import { lateReport, tip } from "./facts.ts";

const digest = (...facts: readonly AlertFacts[]) => composeDigest({ id: "digest:a:1", at: "2026-11-23T08:00:00Z", pace: "weekly", alerts: facts.map((one) => compose(one)) });
const plain = (text: string): string => text.replace(/\n/g, " ");

test("each alert says how far to trust it, why, and how late it is, as by itself", () => {
  const { text } = digest(tip).email;
  expect(plain(text)).toContain("the document was not seen yet. Why: ");
  expect(text).toContain("6 days later than last year's 25 June.");
});

test("a correction says what was wrong, and an SMS never takes it, or what is late, for news", () => {
  const wrong: AlertFacts = { ...tip, id: "correction:tip:2021:1", kind: "correction", why: ["It was a speech."], corrects: { kind: "edition", wrong: [{ alert: tip.id, at: tip.at, kind: "edition", language: tip.language, broadcast: true }], to: null } };
  const { email, sms } = digest(wrong, lateReport);
  expect(plain(email.text)).toContain("That was wrong: what it showed is something else.");
  expect(plain(email.text)).toContain("Why: It was a speech.");
  expect(sms).toContain("Correction, not out: TIP report 2021, Late by 157 days: US human rights report 2024.");
});

test("what was entered by hand is told as that in the subject, the entry and the SMS", () => {
  const entered: AlertFacts = { ...tip, basis: "release", source: { id: "by-hand", name: "a person" } };
  const { email, sms } = digest(entered, lateReport);
  expect(email.subject).toContain("TIP report 2021 (entered by hand), ");
  expect(sms).toContain("TIP report 2021 (entered by hand), ");
  expect(plain(email.text)).toContain("(US State Department, entered by hand)");
});

test("what changed is told with its sentences, and an address that cannot be opened is said", () => {
  const changed: AlertFacts = { ...tip, id: "changes:tip:2021:1", kind: "changes", url: "javascript:alert(1)", changes: { against: 2020, summary: ["New section: “Camps”."] } };
  expect(digest(changed).email.text).toMatch(/New section: “Camps”\.[\s\S]*No link: the address that the source gave is not safe to open\./);
});
