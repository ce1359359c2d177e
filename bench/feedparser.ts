/** What feedparser's tests expect of an entry, as far as we read it. */
export const fields = ["title", "link", "id", "date"] as const;
export type Field = (typeof fields)[number];

export interface Expectation {
  readonly entry: number;
  readonly field: Field;
  /** A date is ISO 8601 in UTC, to the second. */
  readonly value: string;
}

const texts: Readonly<Record<string, Field>> = { title: "title", link: "link", id: "id" };

/** A string as Python writes it. */
function fromPython(literal: string): string {
  return literal.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (_, two, four, eight, one: string) => {
    const code = two ?? four ?? eight;
    if (typeof code === "string") return String.fromCodePoint(Number.parseInt(code, 16));
    return { n: "\n", t: "\t", r: "\r" }[one] ?? one;
  });
}

const twoDigits = (number: number | undefined): string => String(number ?? 0).padStart(2, "0");

function fromTuple(tuple: string): string {
  const [year, month, day, hour, minute, second] = tuple.split(",").map(Number);
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}T${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}Z`;
}

/** The expectations in the comment at the head of one of feedparser's test feeds: `entries[0]['title'] == 'Example'`. */
export function expectationsOf(text: string): Expectation[] {
  const line = /Expect:\s*(.*?)(?:\r?\n|-->)/.exec(text)?.[1] ?? "";
  const strings = [...line.matchAll(/entries\[(\d+)\](?:\['(title|link|id)(?:_detail'\]\['value)?'\]|\.(title|link|id)) == u?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)].map(
    ([, entry, name = "", attribute = "", single, double]) => ({ entry: Number(entry), field: texts[name || attribute] ?? "title", value: fromPython(single ?? double ?? "") }),
  );
  const dates = [...line.matchAll(/entries\[(\d+)\](?:\['|\.)(?:published|updated|created|date|issued|modified)_parsed(?:'\])? == \(([\d, ]+)\)/g)].map(
    ([, entry, tuple = ""]): Expectation => ({ entry: Number(entry), field: "date", value: fromTuple(tuple) }),
  );
  return [...strings, ...dates];
}
