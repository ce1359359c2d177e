import * as fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../cli/paths.ts";
import { agenda, type AgendaEvent } from "../../shared/calendar/agenda.ts";
import { calendar } from "../../shared/calendar/calendar.ts";
import { isoDay } from "../../shared/calendar/days.ts";
import { ics } from "../../shared/calendar/ics.ts";
import type { Recorded } from "../../shared/calendar/known.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { catalogue as small } from "../recognition/catalogue.ts";
import { day, listed } from "./made.ts";

interface Read {
  readonly uid: string;
  readonly sequence: number;
  readonly first: string;
  /** The day after the last. */
  readonly end: string;
  readonly isDate: boolean;
  readonly summary: string;
  readonly description: string;
  readonly url: string | null;
  readonly stamp: string;
  readonly transparent: boolean;
}

/** What a reader that is not ours finds in the file. Throws where it is none. */
function readIcs(text: string): { readonly name: string; readonly events: readonly Read[] } {
  const root = new ICAL.Component(ICAL.parse(text));
  const events = root.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      first: event.startDate.toString(),
      end: event.endDate.toString(),
      isDate: event.startDate.isDate && event.endDate.isDate,
      summary: event.summary,
      description: event.description,
      url: String(component.getFirstPropertyValue("url") ?? "") || null,
      stamp: String(component.getFirstPropertyValue("dtstamp")),
      transparent: component.getFirstPropertyValue("transp") === "TRANSPARENT",
    };
  });
  return { name: String(root.getFirstPropertyValue("x-wr-calname")), events };
}

const june = { 2018: "2018-06-20", 2019: "2019-06-20", 2020: "2020-06-20" };
const made = (editions: Readonly<Record<number, string>>): Catalogue =>
  small({ series: [{ id: "report", year: "release", name: "북한인권백서; Report, Annual", short: "White Paper", aka: ["연례 보고서"], due: { day: "06-15", law: "An Act" }, recognise: [{ role: "release", title: ["report"] }], editions: listed(editions) }], sources: [{ id: "one", publisher: "state", url: "https://one.example/feed", read: { as: "feed" }, carries: ["report"] }] });

function agendaAt(catalogue: Catalogue, at: string, revised: string, recorded: readonly Recorded[] = []): AgendaEvent[] {
  return agenda(catalogue, calendar({ catalogue, recorded, unreadable: new Set(), watched: null, at }), day(revised), day(at.slice(0, 10)));
}
const readAt = (...given: Parameters<typeof agendaAt>): readonly Read[] => readIcs(ics("Almanac", agendaAt(...given))).events;

const notice: Recorded = {
  series: "report",
  year: 2021,
  status: "announced",
  silent: false,
  published: null,
  firstSeen: "2021-06-16T12:00:00Z",
  url: null,
  sightings: [],
  rings: [{ alert: "notice:report:2021", kind: "notice", at: "2021-06-16T12:00:00Z", update: false, basis: null, title: "To be released on June 18", url: "https://state.example/soon", published: "2021-06-16", symbol: null, language: "en", source: "a", why: [] }],
};

describe("an edition is one event", () => {
  const window = readAt(made(june), "2021-06-16", "2021-01-10");
  const announced = readAt(made(june), "2021-06-16", "2021-01-10", [notice]);
  const out = readAt(made({ ...june, 2021: "2021-06-18" }), "2021-06-18", "2021-01-10");
  const uid = "edition:report:2021@rights-almanac";
  const of = (events: readonly Read[]): Read | undefined => events.find((event) => event.uid === uid);

  test("first over its window, whole days, the end being the day after the last", () => {
    expect(of(window)).toMatchObject({ first: "2021-06-14", end: "2021-06-27", isDate: true, summary: "Expected: White Paper 2021", transparent: true });
  });
  test("then, where it did not come, on the day after, as late and as missed, and its sequence grows each day", () => {
    const [late, later, missed] = ["2021-06-28", "2021-06-29", "2022-01-10"].map((at) => of(readAt(made(june), at, "2021-01-10")));
    expect([late, missed]).toMatchObject([{ first: "2021-06-27", end: "2021-06-28", summary: "Late: White Paper 2021" }, { first: "2021-06-27", summary: "Missed: White Paper 2021" }]);
    expect(missed?.description).toContain("It did not come in its time.");
    expect((later?.sequence ?? 0) - (late?.sequence ?? 0)).toBe(1);
  });
  test("of usual days that are more than a month, on the first of them", () => {
    const wide = { 2018: "2018-04-20", 2019: "2019-07-20", 2020: "2020-05-20" };
    const [event] = readAt(made(wide), "2021-02-01", "2021-01-10").filter((one) => one.uid === uid);
    expect(event?.summary).toMatch(/^Expected until \d+ \w+ 2021: White Paper 2021$/);
    expect(day(event?.end ?? "") - day(event?.first ?? "")).toBe(1);
  });
  test("then on the day that was announced, then on the day on which it came", () => {
    expect(of(announced)).toMatchObject({ first: "2021-06-18", end: "2021-06-19", summary: "Announced: White Paper 2021", url: "https://state.example/soon" });
    expect(of(out)).toMatchObject({ first: "2021-06-18", end: "2021-06-19", summary: "Out: White Paper 2021" });
  });
  test("whose sequence grows each time, and whose stamp is the day on which that became known", () => {
    const sequences = [window, announced, out].map((events) => of(events)?.sequence ?? 0);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(new Set(sequences).size).toBe(3);
    expect([window, announced, out].map((events) => of(events)?.stamp)).toEqual(["2021-01-10T00:00:00Z", "2021-06-16T00:00:00Z", "2021-06-18T00:00:00Z"]);
  });
  test("with the day of the law beside it while it is not out", () => {
    expect(window.find((event) => event.uid === "due:report:2021@rights-almanac")).toMatchObject({ first: "2021-06-15", end: "2021-06-16", summary: "Due by law: White Paper 2021" });
    expect(out.map((event) => event.uid)).not.toContain("due:report:2021@rights-almanac");
  });
  test("and the next one after it", () => expect(window.map((event) => event.uid)).toContain("edition:report:2022@rights-almanac"));
});

const since2019 = (days: number): string => isoDay(day("2019-01-01") + days);

test("a revised catalogue raises every sequence, and nothing ever lowers one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 900 }), (first, later, revised) => {
      const before = new Map(agendaAt(made(june), since2019(first), since2019(Math.min(revised, first))).map((event) => [event.uid, event]));
      for (const event of agendaAt(made(june), since2019(first + later), since2019(revised))) {
        const earlier = before.get(event.uid);
        if (!earlier) continue;
        expect(event.sequence).toBeGreaterThanOrEqual(earlier.sequence);
        // Whoever has the event with this sequence has it as it is.
        expect(event.sequence === earlier.sequence ? event : earlier).toEqual(earlier);
      }
    }),
    { numRuns: 60 },
  );
});

describe("the file", () => {
  const text = ics("달력", agendaAt(made(june), "2021-06-16", "2021-01-10"));

  test("has lines of at most 75 octets, none broken within a letter, each ended by CRLF", () => {
    const lines = text.split("\r\n");
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n\ufffd]/);
  });
  test("keeps Korean, commas, semicolons and line breaks", () => {
    const { name, events } = readIcs(text);
    expect(name).toBe("달력");
    expect(events[0]?.description.split("\n").slice(0, 2)).toEqual(["북한인권백서; Report, Annual", "연례 보고서"]);
  });
  test("is the same in every time zone of the machine, and at every time", () => {
    const { TZ } = process.env;
    try {
      for (const zone of ["America/Los_Angeles", "Asia/Seoul", "Pacific/Apia"]) {
        process.env["TZ"] = zone;
        expect(ics("달력", agendaAt(made(june), "2021-06-16", "2021-01-10"))).toBe(text);
      }
    } finally {
      if (TZ === undefined) delete process.env["TZ"];
      else process.env["TZ"] = TZ;
    }
  });
  test("gives whole days back as they were put in, whatever the title", () => {
    const anyText = fc.string({ unit: "grapheme", maxLength: 120 }).map((some) => `x${some.replace(/[\p{Cc}\p{Cf}]/gu, " ")}`.trimEnd());
    fc.assert(
      fc.property(anyText, fc.integer({ min: day("2015-01-01"), max: day("2040-12-31") }), fc.integer({ min: 0, max: 400 }), fc.nat(), (summary, first, length, sequence) => {
        const event: AgendaEvent = { uid: "edition:a:2021", sequence, changed: first, first, last: first + length, summary, description: `${summary}\n북한`, url: null, publisher: "a" };
        expect(readIcs(ics("a", [event])).events).toMatchObject([{ sequence, first: isoDay(first), end: isoDay(first + length + 1), summary, description: `${summary}\n북한` }]);
      }),
    );
  });
});

test("the whole catalogue makes a file that another reader reads, with each UID once", async () => {
  const catalogue = await readCatalogue();
  const { events } = readIcs(ics("Rights Almanac", agendaAt(catalogue, "2026-11-24", "2026-11-24")));
  expect(events.length).toBeGreaterThan(80);
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  expect(events.every(({ isDate, first, end, transparent }) => isDate && first < end && transparent)).toBe(true);
});
