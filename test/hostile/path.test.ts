import { afterAll, beforeAll, expect, test } from "vitest";
import type { Outcome } from "../../functions/poll/poll.ts";
import { healths, reasons } from "../../shared/intake/health.ts";
import { rss } from "../intake/reading.ts";
import { type LocalServer, serve } from "../intake/server.ts";
import { openStage, type Stage } from "../poll/stage.ts";
import { hostileAnswers } from "./answers.ts";
import { hostileDocuments } from "./documents.ts";
import { hostileFeeds } from "./feeds.ts";
import { hostileSources, listenAll } from "./sources.ts";

let server: LocalServer;
let stage: Stage;
const outcomes = new Map<string, Outcome>();
const good = "a source like any other";
/** Its last item is cut through, which is said. */
const cutOff = "a truncated feed";

/** Health and reason of a source, by its name. */
function ended(name: string): string {
  const { health, reason } = outcomes.get(name) ?? {};
  return reason === undefined ? `${health}` : `${health} ${reason}`;
}

beforeAll(async () => {
  server = await serve((request, response) => {
    if (request.url === "/good") response.end(rss("<item><title>Travel to Norway</title></item>"));
    else listenAll(request, response);
  });
  const sources = [...hostileSources(server.url), { id: "good", name: good, publisher: "state", url: `${server.url}/good`, read: { as: "feed" as const } }];
  stage = await openStage({ parts: () => ({ sources }), headersMs: 2000, wholeMs: 4000 });
  // One after another: this process also plays all the publishers, which would keep one another waiting.
  for (const { id, name } of sources) for (const outcome of await stage.poll(id)) outcomes.set(name, outcome);
}, 180_000);
afterAll(async () => {
  await stage.close();
  await server.close();
});

test.each(hostileFeeds)("%s is read, or has a health that names it", (name, _, expected) => expect(ended(name)).toBe(typeof expected === "string" ? `failing ${expected}` : name === cutOff ? "well partial" : "well"));
test.each(hostileDocuments)("$name end as “$expected”", ({ name, expected }) => expect(ended(name)).toBe(expected));
test.each(hostileAnswers)("$name ends as “$expected”", ({ name, expected }) => expect(ended(name)).toBe(expected));

test("every one of them has an outcome, and a health and reason of the closed lists", () => {
  expect(outcomes.size).toBe(hostileFeeds.length + hostileDocuments.length + hostileAnswers.length + 1);
  const named = new Set<string>([...healths, ...reasons]);
  expect([...outcomes.values()].flatMap(({ health, reason = "timeout" }) => [health, reason]).filter((word) => !named.has(word) && !/^http-\d{3}$/.test(word))).toEqual([]);
});

test("a source that is polled among them is read as ever", () => expect(ended(good)).toBe("well"));
test("no sentence about them passes on a secret", () => expect([...outcomes.values()].map(({ detail }) => detail ?? "").join(" ")).not.toContain("secret"));
test("nothing of a document gets into what every object has", () => expect({}).not.toHaveProperty("polluted"));
