import { describe, expect, test } from "vitest";
import { tally } from "../../shared/calendar/tally.ts";
import type { Series } from "../../shared/catalogue/schema.ts";
import { listed, seriesOf } from "./made.ts";

const june = { 2015: "2015-06-20", 2016: "2016-06-20", 2017: "2017-06-20" };
const counted = (series: Series) => tally({ series: [series] }, 2018, 2019).map(({ year, edition, what }) => `${year} ${edition} ${what}`);

describe("what would have been told of late editions", () => {
  test("is nothing of what came in its time", () => expect(counted(seriesOf({ editions: listed({ ...june, 2018: "2018-06-20", 2019: "2019-06-20" }) }))).toEqual([]));

  test("is the first word and the weekly ones of what came late", () =>
    expect(counted(seriesOf({ editions: listed({ ...june, 2018: "2018-07-12", 2019: "2019-06-20" }) }))).toEqual(["2018 2018 late", "2018 2018 again", "2018 2018 again"]));

  test("ends with the word that an edition was missed", () => {
    const all = counted(seriesOf({ editions: listed({ ...june, 2018: "2018-06-20" }) }));
    expect([all[0], all.at(-1)]).toEqual(["2019 2019 late", "2019 2019 missed"]);
    expect(new Set(all.slice(1, -1))).toEqual(new Set(["2019 2019 again"]));
  });

  test("says of what the catalogue does not know that it is unknown", () =>
    expect(counted(seriesOf({ editions: listed({ ...june, 2018: "unknown", 2019: "2019-06-20" }) }))).toEqual(["2018 2018 unknown"]));

  test("leaves out series that are never late", () => expect(counted(seriesOf({ cadence: "irregular", editions: listed(june) }))).toEqual([]));
});
