import { dayNumber, dayOfYear } from "../../calendar/days.ts";
import type { Theme } from "../../catalogue/schema.ts";
import { readDay } from "../days.ts";
import { type Form, sayBy } from "./forms.ts";
import { withParticle } from "./ko-particles.ts";
import { dayKo, dayOfYearKo } from "./ko-days.ts";

/** Any leap year has every day of the year. */
const leapYear = 2000;

/** A day as a reason writes it, "2 April 2022" or "2022-04-02". Anything else stays as it is. */
function day(said = ""): string {
  const found = dayNumber(said) ?? readDay(said);
  return found === null ? said : dayKo(found);
}

/** A day of the year, "02-25". */
function monthDay(said = ""): string {
  const found = dayOfYear(leapYear, said);
  return found === null ? said : dayOfYearKo(found);
}

/** Phrases as recognition lists them, with "or" between two. */
const phrases = (quoted: string): string => quoted.replaceAll('" or "', '" 또는 "');

function basisKo(basis: string): string {
  const editions = /^by the days of (\d+) earlier editions$/.exec(basis)?.[1];
  if (editions !== undefined) return `이전 판 ${editions}개가 나온 날에 따름`;
  return basis === "by law" ? "법률에 따름" : "목록에 따름";
}

/** The reasons of recognition, of the calendar and of what a person entered, as those rooms write them. */
const forms: readonly Form[] = [
  [/^the title has the form (".*")$/, (form) => `제목이 ${form} 형식임`],
  [/^the title has (".*")$/, (quoted) => `제목에 ${phrases(quoted)} 표현이 있음`],
  [/^title or summary has (".*")$/, (quoted) => `제목이나 요약에 ${phrases(quoted)} 표현이 있음`],
  [/^its symbol is (.*)$/, (symbol) => `문서 번호: ${symbol}`],
  [/^its address is (.*)$/, (address) => `주소: ${address}`],
  [/^its date lies between (\S+) and (\S+)$/, (opens, closes) => `날짜가 ${withParticle(monthDay(opens), "with")} ${monthDay(closes)} 사이임`],
  [/^the summary says: (“.*”)$/, (quoted) => `요약 내용: ${quoted}`],
  [/^the page says: (“.*”)$/, (quoted) => `본문 내용: ${quoted}`],
  [/^the symbol (.*) is of the session of (\d+)$/, (symbol, year) => `문서 번호 ${symbol}에 따르면 ${year}년 회기의 문서임`],
  [/^the title names (\d+), which fits (\S+)$/, (year, on) => `제목의 연도(${year}년)가 발표일(${day(on)})과 맞음`],
  [/^no year in the title; an edition of (\S+) is (\d+)$/, (on, year) => `제목에 연도가 없으며, ${day(on)}에 나온 것은 ${year}년판임`],
  [/^neither title nor date gives a year$/, () => "제목과 날짜로는 연도를 알 수 없음"],
  [/^the title names (\d+); there is no date to hold it against$/, (year) => `제목에 ${year}년이 나오며, 견주어 볼 날짜가 없음`],
  [/^the title names (\d+), but an edition of (\S+) is (\d+): the window decides$/, (named, on, year) => `제목에는 ${named}년이 나오지만 ${day(on)}에 나온 것은 ${year}년판이므로, 나온 시기를 따름`],
  [/^the title names (\d+), too far from (\S+) for a slip: an old edition again$/, (year, on) => `제목의 ${year}년은 ${day(on)}에서 너무 멀어, 이전 판이 다시 올라온 것으로 봄`],
  [/^editions of this series are not counted by years$/, () => "연도로 세지 않는 발행물임"],
  [/^(".*") says that it will come$/, (phrase) => `${phrase} 표현에 따르면 앞으로 나올 것임`],
  [/^(".*") makes it a companion, not the thing itself$/, (phrase) => `${phrase} 표현으로 보아 원문이 아니라 관련 글임`],
  [/^somebody else announces it$/, () => "발행 기관이 아닌 곳에서 예고함"],
  [/^somebody else than its publisher reports it$/, () => "발행 기관이 아닌 곳에서 전함"],
  [/^the publisher says (".*"), inside its window: it is out$/, (phrase) => `발행 기관이 통상 시기에 ${phrase} 표현을 썼으므로 나온 것으로 봄`],
  [/^the title cannot tell: the body of the linked page must be read$/, () => "제목만으로는 알 수 없어 본문을 읽어야 함"],
  [/^there is no address to read it at$/, () => "읽을 주소가 없음"],
  [/^the page could not be read \((.*)\); it is tried again at the next poll$/, (reason) => `페이지를 읽지 못함(${reason}). 다음번에 다시 읽음`],
  [/^its page could not be read, so a person must look$/, () => "페이지를 읽지 못하여 사람이 확인해야 함"],
  [/^entered by hand on (\S+)$/, (on) => `${day(on)}에 직접 입력됨`],
  [/^a person said on (\S+) that it is not (.*)$/, (on, wrong) => `${day(on)}에 운영자가 ${withParticle(wrong ?? "", "subject")} 아니라고 정정함`],
  [/^a person said on (\S+) that it is this edition, not (.*)$/, (on, wrong) => `${day(on)}에 운영자가 ${withParticle(wrong ?? "", "subject")} 아니라 이 판이라고 정정함`],
  [/^the catalogue lists this edition$/, () => "목록에 있는 판임"],
  [/^Expected from (.+) to (.+?), (by .+)\.$/, (opens, closes, basis) => `예상 시기: ${day(opens)}부터 ${day(closes)}까지(${basisKo(basis ?? "")})`],
  [/^We cannot tell whether it came\.$/, () => "나왔는지 알 수 없음"],
  [/^We cannot tell whether it came: none of our sources could show it\.$/, () => "나왔는지 알 수 없음: 이를 보여 줄 출처가 하나도 없음"],
  [/^We cannot tell whether it came: (.*) cannot be read\.$/, (sources) => `나왔는지 알 수 없음: 출처를 읽을 수 없음(${sources})`],
  [/^The catalogue does not know its day\.$/, () => "목록에 나온 날이 적혀 있지 않음"],
  [/^The catalogue knows later editions, and says nothing of this one\.$/, () => "목록에 이후 판은 있으나 이 판에 대한 기록은 없음"],
  [/^Its sources were not read all the time since its usual days began, so it may have come unseen\.$/, () => "예정 시기가 시작된 뒤로 출처를 계속 읽지는 못했으므로, 그 사이에 나왔을 수 있음"],
  [/^It was expected before this almanac began to read its sources\.$/, () => "이 알림 서비스가 출처를 읽기 전에 나올 예정이던 것임"],
];

/** Reasons that name the theme, as what it is called in Korean where that is known. */
function formsOn(theme: Theme["name"] | undefined): readonly Form[] {
  const named = (caught = ""): string => (caught === theme?.en ? theme.ko : caught);
  return [
    [/^the title names (".*"), which means (.+), and (".*")$/, (meant, name, right) => `제목에 ${withParticle(named(name), "object")} 뜻하는 ${meant} 표현과 ${right} 표현이 있음`],
    [/^everything in this source is on (.+), and the title has (".*")$/, (name, right) => `이 출처의 글은 모두 ${named(name)}에 관한 것이며, 제목에 ${right} 표현이 있음`],
    [/^the title names (".*"), which means (.+), and (.+) writes of rights alone$/, (meant, name, publisher) => `제목에 ${withParticle(named(name), "object")} 뜻하는 ${meant} 표현이 있고, 이 기관(${publisher})은 인권만 다룸`],
    [/^the title names (?!\d+[,;])(.+) and (".*")$/, (name, right) => `제목에 ${withParticle(named(name), "with")} ${right} 표현이 있음`],
    [/^the title names (?!\d+[,;])(.+) and (.+) writes of rights alone$/, (name, publisher) => `제목에 ${withParticle(named(name), "subject")} 나오고, 이 기관(${publisher})은 인권만 다룸`],
  ];
}

/** A reason in Korean; `theme` is what the catalogue's theme is called. */
export const reasonKo = (reason: string, theme?: Theme["name"]): string => sayBy([...formsOn(theme), ...forms], reason);
