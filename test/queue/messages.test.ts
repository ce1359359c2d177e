import * as fc from "fast-check";
import { assert, describe, expect, test } from "vitest";
import { correlationOf, leftOutgoing, type OwedMessage, owedOutgoing, pollOutgoing, type PollMessage, readOwedMessage, readPollMessage } from "../../shared/queue/messages.ts";

const poll: PollMessage = { minute: 29_400_000, host: "state.gov", sources: ["us-state-press", "us-state-reports"], correlation: "2025-11-24T16:00Z state.gov" };
const owed: OwedMessage = { key: { pk: "SERIES#tip", sk: "EDITION#2021", kind: "edition" }, alert: "edition:tip:2021", correlation: poll.correlation };
const now = Date.parse("2026-11-24T12:00:30Z");

/** What SQS takes as a group or for deduplication. */
const name = /^[!-~]{1,128}$/;
const somePoll = fc.record({ minute: fc.nat(), host: fc.oneof(fc.domain(), fc.string({ unit: "grapheme", maxLength: 300 })), sources: fc.array(fc.string()), correlation: fc.string() });
const someOwed = fc.record({ key: fc.record({ pk: fc.string(), sk: fc.string(), kind: fc.constantFrom("item" as const, "edition" as const, "source" as const, "subscription" as const) }), alert: fc.string({ unit: "grapheme" }), correlation: fc.string() });

describe("messages", () => {
  test("come out of the queue as they went in", () => {
    fc.assert(fc.property(somePoll, (message) => assert.deepEqual(readPollMessage(pollOutgoing(message).body), message)));
    fc.assert(fc.property(someOwed, (message) => assert.deepEqual(readOwedMessage(owedOutgoing(message, now).body), message)));
  });

  test("have names that SQS takes, whatever the host is called", () => {
    fc.assert(
      fc.property(somePoll, someOwed, (one, other) => {
        for (const { group, deduplication } of [pollOutgoing(one), leftOutgoing(one, "m1"), owedOutgoing(other, now)]) {
          expect(group).toMatch(name);
          expect(deduplication).toMatch(name);
        }
      }),
    );
  });

  test.each(["", "{", "null", "[]", "7", "{}", '{"format":1}', JSON.stringify({ format: 2, ...poll }), JSON.stringify({ format: 2, ...owed })])("%s is read as none", (body) => {
    expect(readPollMessage(body)).toBeUndefined();
    expect(readOwedMessage(body)).toBeUndefined();
  });

  test.each([{ minute: "29400000" }, { minute: 1.5 }, { host: null }, { sources: "us-state-press" }, { sources: [1] }, { correlation: undefined }])("a poll message with %o is read as none", (wrong) =>
    expect(readPollMessage(JSON.stringify({ format: 1, ...poll, ...wrong }))).toBeUndefined(),
  );
  test.each([{ key: null }, { key: { pk: "A", sk: "B" } }, { key: { pk: "A", sk: "B", kind: "alert" } }, { key: { pk: 1, sk: "B", kind: "item" } }, { alert: 3 }, { correlation: null }])("an owed message with %o is read as none", (wrong) =>
    expect(readOwedMessage(JSON.stringify({ format: 1, ...owed, ...wrong }))).toBeUndefined(),
  );
});

describe("a poll message", () => {
  test("is of its host's group, and one a minute", () => expect(pollOutgoing(poll)).toMatchObject({ group: "state.gov", deduplication: "state.gov-29400000" }));
  test("of a name in other letters has a group of its own", () => {
    const groups = ["한국.example", "북한.example", `${"a".repeat(200)}.example`].map((host) => pollOutgoing({ ...poll, host }).group);
    expect(new Set(groups).size).toBe(3);
  });
  test("that is left is another message of the same group, the same each time it is left", () => {
    const left = leftOutgoing({ ...poll, sources: ["us-state-reports"] }, "m1");
    expect(left.group).toBe("state.gov");
    expect(left.deduplication).not.toBe(pollOutgoing(poll).deduplication);
    expect(leftOutgoing({ ...poll, sources: ["us-state-reports"] }, "m1")).toEqual(left);
    expect(leftOutgoing({ ...poll, sources: ["us-state-reports"] }, "m2").deduplication).not.toBe(left.deduplication);
  });
});

const deduplication = (message: OwedMessage, at: number): string => owedOutgoing(message, at).deduplication;

describe("an owed message", () => {
  test("is one within a minute, and another in the next, so that it can be asked for again", () => {
    expect(deduplication(owed, now)).toBe(deduplication({ ...owed, correlation: "another" }, now + 29_000));
    expect(deduplication(owed, now)).not.toBe(deduplication(owed, now + 30_000));
  });
  test("of another record is another", () => expect(deduplication({ ...owed, key: { ...owed.key, sk: "EDITION#2020" } }, now)).not.toBe(deduplication(owed, now)));
  test("is of the one group in which all are sent one at a time", () => expect(owedOutgoing(owed, now).group).toBe(owedOutgoing({ ...owed, alert: "about:x" }, now).group));
});

test("a correlation id says minute and host, and is the same whenever it is made", () => expect(correlationOf(29_400_000, "state.gov")).toBe("2025-11-24T16:00Z state.gov"));
