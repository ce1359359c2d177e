import { expect, test } from "vitest";
import { CatalogueError } from "../../shared/catalogue/file.ts";
import { loadCatalogue } from "../../shared/catalogue/load.ts";
import { eventsText, made, series, source, sourcesText } from "./made.ts";

function faultOf(events: string, sources: string): string {
  try {
    made(events, sources);
  } catch (error) {
    if (error instanceof CatalogueError) return error.message;
    throw error;
  }
  return "it was taken";
}

test("a catalogue that fits its schemas comes with its defaults", () => {
  const { series: list, sources } = made();
  expect(list[0]).toMatchObject({ id: "tip", never: [], skipped: [], chapters: false });
  expect(sources[0]).toMatchObject({ id: "one", everyMinutes: 60, language: "en", fallbacks: [] });
});

test("the least that a sources file holds is enough", () => {
  const text = '{"sources": [{"id": "f1", "publisher": "test", "url": "http://127.0.0.1:8098/feed/1.xml", "read": {"as": "feed"}}]}';
  expect(loadCatalogue({ name: "events.json", text: eventsText() }, { name: "sources.json", text }).sources).toHaveLength(1);
});

test.each([
  ["a mistyped key", sourcesText([source("one", { evryMinutes: 5 })]), ['"one", at sources[0]', '"evryMinutes" is no field here. Did you mean "everyMinutes"?']],
  ["a key that is like none", sourcesText([source("one", { zzzz: 5 })]), ['"one", at sources[0]', '"zzzz" is no field here. Take it away, or use one of: id, name, publisher']],
  ["a mistyped key of a reading", sourcesText([source("one", { read: { as: "page", itm: "li" } })]), ["at sources[0].read", 'Did you mean "item"?']],
  ["an unknown way of reading", sourcesText([source("one", { read: { as: "fed" } })]), ["at sources[0].read.as", "'feed' | 'page' | 'json' | 'marcxml' | 'mail'", '(there is "fed")']],
  ["a url that is none", sourcesText([source("one", { url: "htps//a" })]), ["at sources[0].url", '(there is "htps//a")']],
  ["an id twice", sourcesText([source("one"), source("one")]), ["at sources[1].id", 'two sources have the id "one"']],
  ["an id in capitals", sourcesText([source("One")]), ["at sources[0].id", "lower-case words joined by hyphens"]],
  ["a day that is none", sourcesText([source("one", { verified: "2026-02-30" })]), ["at sources[0].verified", "YYYY-MM-DD", '(there is "2026-02-30")']],
])("%s in the sources file is named with its path and remedy", (_, text, parts) => {
  const message = faultOf(eventsText(), text);
  for (const part of ["sources.json does not fit its schema", ...parts]) expect(message).toContain(part);
});

test.each([
  ["a mistyped key", eventsText([series("tip", { publihser: "us-state" })]), ['"tip", at series[0]', 'Did you mean "publisher"?']],
  ["a bad day", eventsText([series("tip", { editions: [{ year: 2021, released: "2021-07-41" }] })]), ["at series[0].editions[0].released", "YYYY-MM-DD", '"unknown", with its "why"', '(there is "2021-07-41")']],
  ["a bad day of the year", eventsText([series("tip", { window: { opens: "6-1", closes: "09-30" } })]), ["at series[0].window.opens", "MM-DD", '(there is "6-1")']],
  ["a short name that is too long", eventsText([series("tip", { short: "Trafficking in Persons Report 2021" })]), ["at series[0].short", "28"]],
  ["a series without rules", eventsText([series("tip", { recognise: [] })]), ["at series[0].recognise"]],
])("%s in the events file is named with its path and remedy", (_, text, parts) => {
  const message = faultOf(text, sourcesText());
  for (const part of ["events.json does not fit its schema", ...parts]) expect(message).toContain(part);
});

test("every fault of a file is told at once", () => {
  const message = faultOf(eventsText([series("tip", { cadence: "anual" }), series("irf", { kind: "reprot" })]), sourcesText());
  expect(message).toContain('"tip", at series[0].cadence');
  expect(message).toContain('"irf", at series[1].kind');
});

test("text that is not JSON is named with the file and the place", () => {
  expect(faultOf("{\n  series: []\n}", sourcesText())).toMatch(/^events\.json is not JSON: .*line 2.* Mend that line/);
});
