import * as fc from "fast-check";
import { expect, test } from "vitest";
import { announcedDay } from "../../shared/calendar/announced.ts";
import { isoDay } from "../../shared/calendar/days.ts";
import { day } from "./made.ts";

test.each([
  ["Secretary Blinken to Release the 2021 Trafficking in Persons Report on July 1", "2021-06-30", "2021-07-01"],
  ["Report to be published 1 July 2021", "2021-06-20", "2021-07-01"],
  ["Launch on the 3rd of May: World Press Freedom Index", "2026-04-28", "2026-05-03"],
  ["Media advisory: findings to be released on Sept. 12", "2025-09-08", "2025-09-12"],
  ["Advisory: 2025-01-15 release of the World Watch List", "2025-01-13", "2025-01-15"],
  ["CBN: will reveal the list on Wednesday", "2018-01-09", "2018-01-10"],
  ["The report will be released tomorrow", "2024-12-31", "2025-01-01"],
  ["Release on January 4", "2023-12-28", "2024-01-04"],
  ["오는 16일 『2020 북한인권백서』 발간 세미나", "2020-09-15", "2020-09-16"],
  ["오는 2일 북한인권백서 발간", "2020-09-28", "2020-10-02"],
  ["북한인권백서 12월 23일 발간 예정", "2022-12-20", "2022-12-23"],
  ["Release on 29 February", "2024-02-20", "2024-02-29"],
])("%s, of %s, names %s", (title, given, named) => expect(isoDay(announcedDay(title, day(given)) ?? 0)).toBe(named));

test.each([
  ["Secretary Michael R. Pompeo to Release the 2019 Human Rights Reports", "2020-03-10"],
  ["Upcoming release of the report", "2020-03-10"],
  ["What came on 10 December, Human Rights Day", "2020-03-10"],
  ["Report of 1 July 2019, to be discussed", "2020-06-30"],
  ["", "2020-03-10"],
])("%s, of %s, names no day", (title, given) => expect(announcedDay(title, day(given))).toBeNull());

test("whatever the words, a day lies between the notice and two months after it", () => {
  const words = fc.array(fc.constantFrom("on", "1", "31", "July", "Dec.", "2021", "2021-02-30", "오는", "31일", "2월", "tomorrow", "on Friday", "today", "report", "99"), { maxLength: 8 }).map((some) => some.join(" "));
  fc.assert(
    fc.property(words, fc.integer({ min: day("2015-01-01"), max: day("2040-01-01") }), (title, given) => {
      const named = announcedDay(title, given);
      expect(named === null || (named >= given && named <= given + 60)).toBe(true);
    }),
  );
});
