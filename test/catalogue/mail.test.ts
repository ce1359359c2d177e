import { expect, test } from "vitest";
import { checkSources } from "../../shared/catalogue/check-sources.ts";
import { comesIn } from "../../shared/catalogue/mailbox.ts";
import { Source } from "../../shared/catalogue/schema.ts";
import { catalogue } from "../recognition/catalogue.ts";

const senders = ["press@state.example"];
const dkim = ["state.example"];
const mailed = (id: string, more: object) => Source.parse({ id, publisher: "state", url: `https://state.example/${id}`, read: { as: "mail", ...more } });
const faults = (...sources: readonly Source[]): string[] => checkSources(catalogue({ sources: [...sources] })).map(({ message }) => message);

test("a source of mail names its senders and who signs for them, or neither", () => {
  expect([faults(mailed("one", { senders, dkim })), faults(mailed("two", {}))]).toEqual([[], []]);
  expect([mailed("one", { senders, dkim }), mailed("two", {})].map(comesIn)).toEqual([true, false]);
});

test("senders alone, signers alone, and a sender of two sources are faults", () => {
  expect(faults(mailed("one", { senders }))).toEqual([expect.stringContaining("so that anybody could write in their name")]);
  expect(faults(mailed("one", { dkim }))).toEqual([expect.stringContaining("so that no mail is its own")]);
  expect(faults(mailed("one", { senders, dkim }), mailed("two", { senders: ["Press@state.example"], dkim }))).toEqual([expect.stringContaining('which "one" has too')]);
});

test.each([[{ senders: [], dkim }], [{ senders: ["Press Office <press@state.example>"], dkim }], [{ senders: ["press@State.example"], dkim }], [{ senders, dkim: ["@state.example"] }]])("%j is refused by the schema", (more) =>
  expect(() => mailed("one", more)).toThrow(/"path": \[\s+"read"/));
