import { ko as words } from "../../shared/alerts/texts/ko.ts";
import type { Lateness } from "../../shared/calendar/lateness.ts";
import type { SeriesStanding } from "../../shared/calendar/standing.ts";
import type { Series } from "../../shared/catalogue/schema.ts";

const dayKo = (day: number): string => words.days.day(day);

function latenessKo({ against, days, from, latest }: Lateness): string[] {
  return words.compared.late({ against, days, latest: latest && { edition: latest.year, days: latest.days } }, from);
}

function expectedKo({ expected }: SeriesStanding): string[] {
  return expected ? [`${dayKo(expected.opens)}부터 ${dayKo(expected.closes)} 사이에 나올 것으로 예상됩니다.`] : [];
}

function outKo({ out, lateness, next }: SeriesStanding): string[] {
  if (out === null) return [];
  const since = out.day === null ? "나왔습니다. 나온 날은 알 수 없습니다." : `${dayKo(out.day)}에 나왔습니다.`;
  return [since, ...(lateness ? latenessKo(lateness) : []), ...(next ? [`다음 것은 ${dayKo(next.opens)}부터 예상됩니다.`] : [])];
}

function noticeKo({ notice }: SeriesStanding): string[] {
  if (notice === null) return [];
  return [notice.names === null ? `${dayKo(notice.given)}에 예고되었고, 날짜는 없습니다.` : `${dayKo(notice.names)}에 나온다고 예고되었습니다.`];
}

/** Why a series stands where it stands, in Korean, a sentence each. */
export function standingWordsKo(series: Series, at: SeriesStanding): string[] {
  const late = at.lateness ? latenessKo(at.lateness) : [];
  if (at.standing === "out") return outKo(at);
  if (at.standing === "announced") return noticeKo(at);
  if (at.standing === "blind") return ["나왔는지 알 수 없습니다.", ...late];
  if (at.standing === "missed") return ["제때 나오지 않았습니다.", ...late];
  if (at.standing === "late") return late;
  if (at.expected) return [...late, ...expectedKo(at)];
  return [series.cadence === "irregular" ? "정해진 시기 없이 나옵니다." : "정해진 시기가 없습니다."];
}
