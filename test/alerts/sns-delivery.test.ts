import { expect, test } from "vitest";
import { exampleEditions } from "../../cli/messages-page.ts";
import { previewFacts } from "../../cli/preview-facts.ts";
import { readCatalogue } from "../../cli/paths.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { publishInput } from "../../shared/alerts/publish.ts";
import { textLanguages } from "../../shared/alerts/texts/languages.ts";
import { records } from "../infra/template.ts";
import { koreanSeminar, tip } from "./facts.ts";
import { delivered, smsParts } from "./sns-delivery.ts";

const topic = "arn:aws:sns:us-east-1:000000000000:alerts";
const [displayName] = Object.values(records.findResources("AWS::SNS::Topic")).map(({ Properties }) => String(Properties.DisplayName));

test("each protocol gets its own body, and machines the same JSON", () => {
  const alert = compose(tip);
  const input = publishInput(alert, topic);
  expect(delivered(input, "email")).toBe(alert.email.text);
  for (const protocol of ["sqs", "https", "lambda"] as const) expect(delivered(input, protocol)).toBe(alert.json);
  expect(delivered(input, "sms", displayName)).toBe(`${displayName}> ${alert.sms}`);
});

test("what is for one subscription is the body of its protocol, whatever SNS asks for", () => {
  const alert = compose(koreanSeminar);
  const input = publishInput(alert, topic, { id: "a", protocol: "sms", address: "+821012345678" });
  expect(delivered(input, "sms", displayName)).toBe(`${displayName}> ${alert.sms}`);
});

test("thirty real editions are one part each on a phone, behind the name of the topic that is deployed", async () => {
  const catalogue = await readCatalogue();
  for (const language of textLanguages) {
    const parts = exampleEditions(catalogue).map(previewFacts).map((facts) => smsParts(delivered(publishInput(compose(facts, { language, site: null }), topic), "sms", displayName)));
    expect([language, ...new Set(parts)]).toEqual([language, 1]);
  }
});

test("parts are counted as SNS counts them", () => {
  expect(["x".repeat(160), "x".repeat(161), `${"x".repeat(158)}€`, `${"x".repeat(159)}€`, "북".repeat(70), "북".repeat(71), "북".repeat(135)].map(smsParts)).toEqual([1, 2, 1, 2, 1, 2, 3]);
});
