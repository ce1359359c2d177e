import { expect, test } from "vitest";
import type { AlertFacts } from "../../shared/alerts/alert.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { composeDigest } from "../../shared/alerts/compose-digest.ts";
import type { Style } from "../../shared/alerts/texts/languages.ts";
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
  expect(sms).toContain("Correction: was not TIP report 2021 but something else; late by 157 days: US human rights report 2024.");
});

test("what was entered by hand is told as that in the subject, the entry and the SMS", () => {
  const entered: AlertFacts = { ...tip, basis: "release", source: { id: "by-hand", name: "a person" } };
  const { email, sms } = digest(entered, lateReport);
  expect(email.subject).toContain("TIP report 2021 (entered by hand); ");
  expect(sms).toContain("TIP report 2021 (entered by hand); ");
  expect(plain(email.text)).toContain("(US State Department, entered by hand)");
});

test("what changed is told with its sentences, and an address that cannot be opened is said", () => {
  const changed: AlertFacts = { ...tip, id: "changes:tip:2021:1", kind: "changes", url: "javascript:alert(1)", changes: { against: 2020, summary: ["New section: “Camps”."] } };
  expect(digest(changed).email.text).toMatch(/New section: “Camps”\.[\s\S]*No link: the address that the source gave is not safe to open\./);
});

const series = (short: string) => ({ id: short, name: short, short, kind: "report" as const });
const irf: AlertFacts = { ...tip, id: "irf", edition: 2025, series: series("US religious freedom report") };
const announced: AlertFacts = { ...tip, id: "hr", kind: "notice", edition: 2025, series: series("US human rights report") };
const changed: AlertFacts = { ...tip, id: "changes", kind: "changes", edition: 2024, changes: { against: 2020, summary: ["New section: “Camps”."] } };
const item = (title: string, id = title): AlertFacts => ({ ...tip, id, kind: "about", series: null, edition: null, title });

test("what is out comes first, then what is late, announced, changed, and what is of no series, each as they came", () => {
  const { email, json } = digest(item("One"), changed, announced, lateReport, item("Two"), tip, irf);
  const leads = ["Out: Trafficking", "Out: US religious", "Late by 157 days: ", "Announced: ", "What is new: ", "New: One", "New: Two"];
  const places = leads.map((lead) => email.text.indexOf(`\n${lead}`));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  // Programs get them as they came.
  const parsed: { alerts: { alert: string }[] } = JSON.parse(json);
  expect(parsed.alerts.map(({ alert }) => alert)).toEqual(["One", "changes", "hr", lateReport.id, "Two", tip.id, "irf"]);
});

test("subject and SMS say of each what it is, and end between whole names", () => {
  const { email, sms } = digest(item("One"), announced, irf, tip);
  expect(email.subject).toBe("Weekly digest, 4 alerts: Out: US religious freedom report 2025, TIP report 2021; announced: …");
  expect(sms).toBe("Weekly digest, 4 alerts: Out: US religious freedom report 2025, TIP report 2021; announced: US human rights report 2025; new: One.");
  expect(digest(tip, irf, { ...irf, id: "irf-2024", edition: 2024 }).email.subject).toBe("Weekly digest, 3 alerts: Out: TIP report 2021, US religious freedom report 2025, …");
});

const silenced = "HRNK Insider: Voices of the Silenced - A Sense of Belonging among those who came through China and Mongolia to the South, in their own words.";

test("an SMS whose title is cut ends at a whole word, with an ellipsis, and says how many more there are", () => {
  expect(digest(item(silenced)).sms).toBe("Weekly digest, 1 alert: HRNK Insider: Voices of the Silenced - A Sense of Belonging among those who came through China and Mongolia to the South...");
  expect(digest(item(silenced), item(`Again. ${silenced}`), item(`Once more. ${silenced}`)).sms).toMatch(/^Weekly digest, 3 alerts: HRNK Insider: Voices of the Silenced - A Sense of\.\.\., Again\. HRNK Insider: Voices of the Silenced - A Sense of\.\.\.; 1 more\./);
  const korean: Style = { language: "ko", site: null };
  const { sms } = composeDigest({ id: "digest:a:1", at: tip.at, pace: "weekly", alerts: [item(silenced), item("One")].map((one) => compose(one, korean)) }, korean);
  expect(sms).toBe("주간 요약, 알림 2건: HRNK Insider: Voices of the Silenced… 외 1건.");
});

const gathered = (style: Style): string => plain(composeDigest({ id: "digest:a:1", at: tip.at, pace: "at-once", alerts: [tip, irf].map((one) => compose(one, style)) }, style).email.text);

test("what gathered says why it comes so", () => {
  expect(gathered({ language: "en", site: null })).toMatch(/^2 alerts that came shortly after one another, or in hours in which you get none:/);
  expect(gathered({ language: "ko", site: null })).toMatch(/^짧은 시간에 여러 건이 나왔거나 방해 금지 시간에 나온 알림 2건을 한꺼번에 보내 드립니다\./);
});
