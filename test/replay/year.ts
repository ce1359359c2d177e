import { describe, expect, test } from "vitest";
import type { Played } from "../../local/replay/play.ts";
import { repeated } from "./almanac.ts";

/** The tests of what rings in the recorded year. */
export function theYear(played: () => Played): void {
  /** Days on which an edition rang, or on which an item of no counted series did. */
  const days = (kind: string, name: string, edition: number | null): string[] =>
    played().rung.filter((rung) => rung.kind === kind && (rung.series === name || rung.alert === name) && rung.edition === edition && !rung.update).map(({ at }) => at.slice(0, 10));

  describe("the year 2020", () => {
    test.each([
      ["2020-01-14", "hrw-world-report", 2020],
      ["2020-03-11", "us-state-human-rights-report", 2019],
      ["2020-05-26", "kinu-white-paper", 2020],
      ["2020-05-28", "un-wgeid-session-report", 2020],
      ["2020-06-10", "us-state-irf-report", 2019],
      ["2020-06-22", "un-hrc-dprk-resolution", 2020],
      ["2020-06-24", "us-state-terrorism-report", 2019],
      ["2020-06-25", "us-state-tip-report", 2020],
      ["2020-06-26", "us-torture-victims-day-statement", 2020],
      ["2020-08-30", "un-ohchr-seoul-30aug-statement", 2020],
      ["2020-11-18", "un-ga3-dprk-draft", 2020],
      ["2020-11-25", "us-drl-dprk-grants", 2020],
      ["2020-12-07", "us-state-cpc-designation", 2020],
      ["2020-12-11", "us-human-rights-day-statement", 2020],
      ["2020-12-11", "un-sc-dprk-human-rights-meeting", 2020],
      ["2020-12-16", "un-ga-dprk-resolution", 2020],
      ["2020-12-27", "us-sfops-appropriations", 2021],
    ])("rings on %s, and on no other day, for %s %i", (day, series, edition) => {
      expect(days("edition", series, edition)).toEqual([day]);
    });

    test.each([
      ["2020-04-02", "religious prisoners", "about:state.gov/briefing-with-ambassador-brownback-on-religious-prisoners-during-the-pandemic"],
      ["2020-09-01", "the special rapporteur on disappearances", "about:ohchr.org/en/press-releases/2020/09/dprk-un-expert-enforced-disappearances"],
      ["2020-09-04", "the special rapporteur on prisoners", "about:ohchr.org/en/press-releases/2020/09/dprk-special-rapporteur-political-prisoners"],
      ["2020-09-30", "the speech at the Vatican", "about:state.gov/moral-witness-and-religious-freedom"],
      ["2020-10-19", "Human Rights Watch's special report", "about:hrw.org/report/2020/10/19/worth-less-animal/abuses-and-due-process-violations-pretrial-detention-north-korea"],
      ["2020-11-26", "releases from camps", "about:chosun.com/politics/north_korea/2020/11/26/release"],
    ])("tells on %s of %s", (day, _, alert) => expect(days("about", alert, null)).toEqual([day]));
  });

  test("nothing is told twice, and no edition rings twice", () => {
    expect(repeated(played().rung)).toEqual([]);
    // Some series come several times a year, and tell their editions apart by their titles or months.
    const yearly = played().rung.filter(({ kind, update, alert }) => kind === "edition" && !update && /:\d{4}$/.test(alert)).map(({ series, edition }) => `${series} ${edition}`);
    expect(yearly).toEqual([...new Set(yearly)]);
  });

  test("nothing rings for missiles, weapons or talks", () =>
    expect(played().rung.filter(({ title }) => /missile|nuclear|projectile|icbm|denuclear|summit|미사일|핵/i.test(title))).toEqual([]));

  test("every alert is of the year, in order, and says what its kind must", () => {
    const moments = played().rung.map(({ at }) => at);
    expect(moments).toEqual(moments.toSorted());
    expect(moments.every((at) => at >= "2020-01-01" && at < "2021-01-01T02:00:00Z")).toBe(true);
    expect(played().rung.filter(({ title }) => title === "")).toEqual([]);
    expect(played().rung.filter(({ kind, series, edition, basis }) => kind === "edition" && (series === null || edition === null || basis === undefined))).toEqual([]);
    expect(played().rung.filter(({ kind, edition, basis }) => kind === "about" && (edition !== null || basis !== undefined))).toEqual([]);
  });

  test("its polls are counted, and those that were left out", () => {
    expect(played().polls).toBeGreaterThan(5000);
    expect(played().skipped).toBeGreaterThan(played().polls);
    expect(played().losses).toEqual([]);
  });
}
