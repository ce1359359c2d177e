import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AlertKind } from "../../shared/alerts/alert.ts";
import { dueAtOnce, isBeyond, nextStep, setBack, settledAt, type Told, whenSent, withDue } from "../../shared/alerts/due.ts";
import { allWishes, wanted } from "../../shared/alerts/filter.ts";
import { isDirect, isQuiet } from "../../shared/alerts/pace.ts";
import { paces, type SubscriptionRecord } from "../../shared/records/subscriptions.ts";
import { tip } from "./facts.ts";
import { severalWishes } from "./wishes.ts";

type Subscription = SubscriptionRecord;

const started = "2026-11-23T09:00:00.000Z";
const minuteMs = 60_000;
const at = (minutes: number): string => new Date(Date.parse(started) + minutes * minuteMs).toISOString();

function subscription(over: Partial<Subscription> = {}): Subscription {
  return { pk: "SUBSCRIPTIONS", sk: "SUBSCRIPTION#ada", kind: "subscription", format: 1, revision: 1, id: "ada", address: "ada@example.org", protocol: "email", wishes: allWishes, language: "en", state: "active", since: started, ...over };
}
const told = (minutes: number, kind: AlertKind = "edition", over: Partial<Told> = {}): Told => ({ id: `${kind}:${minutes}`, facts: { ...tip, id: `${kind}:${minutes}`, kind, at: at(minutes) }, broadcast: true, at: at(minutes), ...over });

/** Sends what is due at these minutes, as watch does, and gives what each message told, with its minute. */
function play(first: Subscription, alerts: readonly Told[], minutes: readonly number[]): { readonly messages: readonly { readonly minute: number; readonly pace: string; readonly alerts: readonly string[] }[]; readonly last: Subscription } {
  const messages: { minute: number; pace: string; alerts: readonly string[] }[] = [];
  let now = first;
  for (const minute of minutes) {
    const known = alerts.filter((one) => one.at <= at(minute));
    const { due, read } = nextStep(now, known, at(minute));
    if (read) now = { ...now, read };
    if (!due) continue;
    messages.push({ minute, pace: due.pace, alerts: due.alerts });
    now = whenSent(withDue(now, due), due.alert, at(minute), known.filter(({ id }) => due.alerts.includes(id)));
  }
  return { messages, last: now };
}
const every = (step: number, until: number): number[] => Array.from({ length: Math.floor(until / step) }, (_, index) => (index + 1) * step);
const day = 24 * 60;

describe("a daily digest", () => {
  // 23 November 2026 is a Monday; at 09:00 UTC the day's digest is over, and the next is due after 23 hours.
  const ada = subscription({ pace: "daily" });

  test("gathers a day, and each alert is in one", () => {
    const { messages } = play(ada, [told(5), told(60, "about"), told(day)], every(10, 3 * day));
    expect(messages).toEqual([
      { minute: 23 * 60 + 10, pace: "daily", alerts: ["edition:5", "about:60"] },
      { minute: 47 * 60 + 10, pace: "daily", alerts: [`edition:${day}`] },
    ]);
  });

  test("that was not sent for a week, as the machine slept, is one with all of it", () => {
    const { messages } = play(ada, [told(5), told(2 * day), told(6 * day)], [7 * day]);
    expect(messages).toEqual([{ minute: 7 * day, pace: "daily", alerts: ["edition:5", `edition:${2 * day}`, `edition:${6 * day}`] }]);
  });

  test("waits for the end of quiet hours", () => {
    const { messages } = play({ ...ada, zone: "Asia/Seoul", quiet: { from: "22:00", to: "09:30" } }, [told(5)], every(10, day));
    expect(messages).toEqual([{ minute: 15 * 60 + 30, pace: "daily", alerts: ["edition:5"] }]);
  });
});

describe("the usual pace", () => {
  test("tells of what is of no series on Monday, and nothing again that came directly", () => {
    const { messages } = play(subscription(), [told(5), told(60, "about"), told(3 * day, "about")], every(10, 8 * day));
    expect(messages).toEqual([{ minute: 6 * day + 23 * 60 + 10, pace: "weekly", alerts: ["about:60", `about:${3 * day}`] }]);
  });

  test("without anything to tell writes how far it has looked once a day at most", () => {
    let writes = 0;
    let now = subscription();
    for (const minute of every(10, 5 * day)) {
      const { read } = nextStep(now, [told(5)], at(minute));
      if (read) writes++;
      if (read) now = { ...now, read };
    }
    expect(writes).toBe(4);
  });
});

describe("quiet hours", () => {
  const night = subscription({ quiet: { from: "22:00", to: "07:00" }, zone: "UTC" });

  test("gather a night into one message at their end", () => {
    const { messages } = play(night, [told(14 * 60), told(15 * 60, "notice"), told(20 * 60)], every(10, 2 * day));
    expect(messages).toEqual([{ minute: 22 * 60, pace: "at-once", alerts: ["edition:840", "notice:900", "edition:1200"] }]);
  });

  test("do not hold up what comes by day, and it is not told again", () => {
    const alert = told(30);
    const due = dueAtOnce(night, alert, [alert], at(30));
    expect(due).toMatchObject({ alerts: ["edition:30"], pace: "at-once" });
    const after = whenSent(withDue(night, due ?? fail()), due?.alert ?? "", at(30), [alert]);
    expect(after).toMatchObject({ ahead: { "edition:30": at(30) } });
    const { messages, last } = play(after, [alert], every(10, 2 * day));
    expect(messages).toEqual([]);
    expect(last).toMatchObject({ planned: 1 });
    expect(dueAtOnce(night, told(14 * 60), [], at(14 * 60))).toBeUndefined();
  });
});

describe("thirty items in an hour", () => {
  const flood = Array.from({ length: 30 }, (_, index) => told(60 + index * 2, "about"));

  test("are two messages to who wants them at once: the first, and an hour later the others", () => {
    const { messages } = play(subscription({ pace: "at-once" }), flood, every(1, 5 * 60));
    expect(messages.map(({ minute, alerts }) => [minute, alerts.length])).toEqual([[62, 1], [122, 29]]);
  });

  test("of a series are told one by one up to five, and then gathered", () => {
    const editions = Array.from({ length: 30 }, (_, index) => told(60 + index, "edition", { broadcast: index < 5 }));
    const { messages } = play(subscription(), editions, every(1, 5 * 60));
    // The first of the five that came directly is an hour ago then.
    expect(messages.map(({ minute, alerts }) => [minute, alerts.length])).toEqual([[120, 25]]);
  });

  test("of which none is for a subscriber hold up nothing that is", () => {
    const others = Array.from({ length: 30 }, (_, index) => told(60 + index, "edition", { broadcast: index < 5 }));
    const mine = told(95, "edition", { broadcast: false, facts: { ...tip, kind: "edition", publisher: { id: "kinu", name: "KINU", short: "KINU" } } });
    expect(dueAtOnce(subscription({ wishes: { ...allWishes, publishers: ["kinu"] } }), mine, others, at(95))).toMatchObject({ alerts: [mine.id] });
    expect(dueAtOnce(subscription(), mine, others, at(95))).toBeUndefined();
  });
});

test("what was told while SNS may have gone by an older policy is told again", () => {
  const changed = { ...subscription(), sns: { topic: "t", arn: "t:1", changed: at(60) } };
  const { messages } = play(changed, [told(50), told(70), told(80)], every(10, 4 * 60));
  expect(messages.flatMap(({ alerts }) => alerts)).toEqual(["edition:50", "edition:70"]);
});

test("more than one message takes are several, and none is left out", () => {
  const many = Array.from({ length: 120 }, (_, index) => told(10 + Math.floor(index / 3), "about", { id: `about:${index}` }));
  const { messages } = play(subscription({ pace: "daily" }), many, every(10, 2 * day));
  expect(messages.map(({ alerts }) => alerts.length)).toEqual([51, 51, 18]);
  expect(new Set(messages.flatMap(({ alerts }) => alerts)).size).toBe(120);
});

test("what is due soon leaves no room for a digest that is due with it, which follows", () => {
  const night = subscription({ quiet: { from: "22:00", to: "09:30" }, zone: "UTC" });
  const alerts = [...Array.from({ length: 60 }, (_, index) => told(100 + index, "about", { id: `about:${index}` })), ...Array.from({ length: 55 }, (_, index) => told(7 * day - 60 + index, "edition", { id: `edition:${index}` }))];
  const { messages } = play(night, alerts, every(10, 8 * day));
  expect(messages.map(({ alerts: { length } }) => length)).toEqual([50, 50, 15]);
  expect(new Set(messages.flatMap((message) => message.alerts)).size).toBe(115);
});

test("nothing is planned for one that has ended, or that is owed a message", () => {
  const due = nextStep(subscription({ pace: "daily" }), [told(5)], at(2 * day)).due ?? fail();
  expect(nextStep(withDue(subscription({ pace: "daily" }), due), [told(5)], at(3 * day))).toEqual({});
  expect(nextStep(subscription({ pace: "daily", state: "ended" }), [told(5)], at(3 * day))).toEqual({});
});

const anySubscription = fc
  .record({
    protocol: fc.constantFrom("email" as const, "sms" as const, "https" as const),
    pace: fc.constantFrom(undefined, ...paces),
    quiet: fc.option(fc.record({ from: fc.constantFrom("00:00", "09:00", "21:30", "23:00"), to: fc.constantFrom("06:30", "07:00", "12:00", "22:00") }), { nil: undefined }),
    zone: fc.constantFrom(undefined, "Asia/Seoul", "America/New_York", "Europe/Berlin", "Pacific/Apia"),
    several: severalWishes,
  })
  .map(({ several, ...over }) => subscription({ ...over, ...several }));
const anyAlerts = fc
  .array(fc.record({ minute: fc.integer({ min: 1, max: 20 * day }), kind: fc.constantFrom<AlertKind>("edition", "notice", "about", "late", "health"), series: fc.constantFrom("tip", "hrr", null), broadcast: fc.boolean() }), { maxLength: 60 })
  .map((list) => list.toSorted((a, b) => a.minute - b.minute).map(({ minute, kind, series, broadcast }, index): Told => ({ ...told(minute, kind, { broadcast, id: String(index) }), facts: { ...tip, kind, id: String(index), series: series === null ? null : { id: series, name: series, short: series, kind: "report" } } })));

test("whatever is asked and whenever it is looked after, each alert that is wanted comes once, directly or in one message, and never in quiet hours", () => {
  fc.assert(
    fc.property(anySubscription, anyAlerts, fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 20, maxLength: 120 }), (ada, alerts, gaps) => {
      let minute = 0;
      const minutes = gaps.map((gap) => (minute += gap)).filter((one) => one < 20 * day);
      // In the end it is looked after every hour for two weeks.
      const { messages } = play(ada, alerts, [...minutes, ...Array.from({ length: 16 * 24 }, (_, index) => 20 * day + index * 60)]);
      const directly = alerts.filter((one) => isDirect(ada, one.facts) && (one.broadcast === true || ada.protocol === "https")).map(({ id }) => id);
      const gathered = messages.flatMap((message) => message.alerts);
      expect([...directly, ...gathered].toSorted()).toEqual(alerts.filter(({ facts }) => wanted(ada, facts)).map(({ id }) => id).toSorted());
      for (const message of messages) expect(isQuiet(ada, at(message.minute))).toBe(false);
    }),
    { numRuns: 100 },
  );
});

/** What passes: so many minutes, or the clock is set back by some; then an alert is told, or what is due is looked after. */
const anyPassing = fc.record({ minutes: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 2000 }) }, { weight: 1, arbitrary: fc.integer({ min: -3 * day, max: -1 }) }), kind: fc.constantFrom<AlertKind | null>("edition", "about", "late", null, null), broadcast: fc.boolean() });

test("however the clock is set back, each alert that is wanted comes once", () => {
  fc.assert(
    fc.property(anySubscription, fc.array(anyPassing, { minLength: 10, maxLength: 60 }), (asked, passing) => {
      let [ada, minute] = [asked, 0];
      const alerts: Told[] = [];
      const got: string[] = [];
      const look = (): void => {
        const known = alerts.filter((one) => one.at <= at(minute));
        const { due, read } = nextStep(ada, known, at(minute));
        if (read) ada = { ...ada, read };
        if (!due) return;
        got.push(...due.alerts);
        ada = whenSent(withDue(ada, due), due.alert, at(minute), known.filter(({ id }) => due.alerts.includes(id)));
      };
      for (const [index, { minutes, kind, broadcast }] of passing.entries()) {
        minute += minutes;
        if (kind === null) {
          look();
          continue;
        }
        if (isBeyond(ada, at(minute))) ada = setBack(ada, alerts.filter((one) => one.at > settledAt(at(minute))), at(minute));
        const one = told(minute, kind, { broadcast, id: String(index) });
        alerts.push(one);
        alerts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
      }
      minute = passing.reduce((sum, { minutes }) => sum + Math.max(0, minutes), 0);
      for (let hour = 0; hour < 16 * 24; hour++, minute += 60) look();
      const directly = alerts.filter((one) => isDirect(ada, one.facts) && (one.broadcast === true || ada.protocol === "https")).map(({ id }) => id);
      expect([...directly, ...got].toSorted()).toEqual(alerts.filter(({ facts }) => wanted(ada, facts)).map(({ id }) => id).toSorted());
    }),
    { numRuns: 100 },
  );
});

test("an alert is looked for once it can surely be found", () => expect(settledAt(at(10))).toBe(at(8)));

function fail(): never {
  throw new Error("nothing is due");
}
