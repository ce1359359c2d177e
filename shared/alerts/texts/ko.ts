import { type AlertFacts, byHand, type SeriesKind } from "../alert.ts";
import { safeText } from "../safe-text.ts";
import { withParticle } from "./ko-particles.ts";
import { dayKo, dayOfYearKo } from "./ko-days.ts";
import { reasonKo } from "./ko-reasons.ts";
import { summaryKo } from "./ko-summary.ts";
import type { Owner, Texts, Shown, Wording } from "./texts.ts";

/** What an edition does when it comes: the lead of a subject, and the words of a sentence. */
const deeds: Readonly<Record<SeriesKind, readonly [lead: string, words: string]>> = {
  report: ["발간", "발간되었습니다"],
  index: ["발간", "발간되었습니다"],
  review: ["발간", "발간되었습니다"],
  statement: ["발표", "발표되었습니다"],
  designation: ["발표", "발표되었습니다"],
  grant: ["발표", "발표되었습니다"],
  resolution: ["채택", "채택되었습니다"],
  act: ["발표", "발표되었습니다"],
  meeting: ["개최", "개최되었습니다"],
};

function sureOf({ basis, source }: AlertFacts): string | null {
  if (source.id === byHand) return "이 알림 서비스의 운영자가 직접 입력한 것이며, 아직 어느 출처에서도 확인되지 않았습니다.";
  return basis === "release" ? "발표 원문을 직접 확인했습니다." : null;
}

function ofEdition({ facts, what, by }: Shown): Wording {
  const [lead, words] = deeds[facts.series?.kind ?? "report"];
  if (facts.basis === "coverage")
    return {
      lead: facts.update ? "추가 소식: " : `${lead}: `,
      // Only the publisher's own word counts, and its name would cost the link.
      sms: `${lead} 언급: `,
      what: `${by}에 따르면 ${withParticle(what, "subject")} ${words}.`,
      sure: "발행 기관의 언급에 근거하며, 원문은 아직 확인되지 않았습니다.",
    };
  const sure = sureOf(facts);
  if (!facts.update) return { lead: `${lead}: `, sms: null, what: `${withParticle(what, "subject")} ${words} (${by}).`, sure };
  return { lead: facts.basis === "release" ? "원문 확인: " : "추가 소식: ", sms: null, what: `원문이 확인되었습니다: ${what} (${by}). 앞서 원문 확인 전에 알려 드린 건입니다.`, sure };
}

function ofLate({ facts: { late }, what, by }: Shown): Wording {
  if (late?.missed) return { lead: "미발표: ", sms: null, what: `${withParticle(what, "subject")} 나오지 않았습니다 (${by}).`, sure: "출처는 정상적으로 읽히지만 어디에도 나타나지 않았습니다. 예정 시기보다 다음 발표 시기에 더 가깝습니다." };
  return { lead: late ? `${late.days}일 지연: ` : "지연: ", sms: null, what: `${withParticle(what, "subject")} 늦어지고 있습니다 (${by}).`, sure: "출처는 정상적으로 읽히지만 어디에도 나타나지 않았습니다." };
}

function ofBlind({ facts: { update, late }, what, by }: Shown): Wording {
  if (!update) return { lead: "확인 불가: ", sms: null, what: `${withParticle(what, "subject")} 지금쯤 나왔어야 하지만 확인할 수 없습니다 (${by}).`, sure: "이미 나왔을 수도 있습니다." };
  const sure = late ? "어디에도 나타나지 않았으므로 지연된 것입니다." : "어디에도 나타나지 않았습니다.";
  return { lead: "다시 확인 가능: ", sms: null, what: `${what}의 출처를 다시 읽을 수 있습니다 (${by}). 앞서 확인할 수 없다고 알려 드린 건입니다.`, sure };
}

function ofItem({ facts, by }: Shown): Wording {
  const { series, theme } = facts;
  const seen = sureOf(facts);
  const name = series ? safeText(series.name, 200) : "";
  const release = `${seen} 정해진 주기 없이 나오는 "${name}"에 속합니다.`;
  const unread = `"${name}"의 새 판일 수 있으나 해당 페이지를 읽지 못했습니다. 직접 확인해 주세요.`;
  const sure = series === null ? "문구로 식별했으며, 목록에 있는 정기 발행물은 아닙니다." : seen === null ? unread : release;
  return { lead: "새 글: ", sms: null, what: `${theme ? `${theme.subject.ko} 관련 ` : ""}새 글입니다 (${by}).`, sure };
}

function ofCorrection({ facts: { series, corrects }, what, by }: Shown): Wording {
  if (!corrects) return { lead: "정정: ", sms: null, what: `앞서 보낸 다음 알림은 잘못되었습니다: ${what} (${by}).`, sure: null };
  const { kind, to, wrong } = corrects;
  const more = wrong.some((one) => one.kind === "changes") ? " 달라진 내용이라고 알려 드린 것도 잘못된 것이었습니다." : "";
  const [noun] = kind === "notice" ? ["예고"] : deeds[series?.kind ?? "report"];
  const opening = `앞서 보내 드린 "${what} ${noun}" 알림은 잘못된 것이었습니다 (${by}).`;
  const not = kind === "notice" ? "예고 아님" : "아님";
  const sms = "정정: ";
  if (to === null) return { lead: "정정: ", sms, rest: `${not}(오보)`, what: `${opening} 실제로는 다른 자료였습니다.${more}`, sure: "운영자가 직접 정정했습니다. 실제로 나오면 다시 알려 드립니다." };
  const year = to.edition === null ? "" : ` ${to.edition}`;
  const [right, short] = [`${safeText(to.name, 200)}${year}`, `${safeText(to.short ?? to.name, 20)}${year}`];
  return { lead: "정정: ", sms, rest: `${not}, ${short}임`, what: `${opening} 실제로는 ${right}입니다.${more}`, sure: "운영자가 직접 정정했습니다." };
}

function whose(owner: Owner): string {
  if (owner === "last-year") return "작년";
  return owner === "last" ? "직전" : `${owner}년판`;
}

const sinceWhat = { due: "법정 기한", window: "통상 시기의 마지막 날" } as const;

function lateness({ against, days, latest }: Parameters<Texts["compared"]["late"]>[0], from: number): string[] {
  const said = `${sinceWhat[against]}(${dayKo(from)})로부터 ${days}일이 지났습니다.`;
  if (latest === null) return [said];
  if (latest.days <= 0) return [said, "알려진 이전 판 가운데 이 날을 넘긴 것은 없습니다."];
  const came = `${latest.edition}년판의 ${latest.days}일`;
  return [said, days > latest.days ? `역대 가장 늦습니다. 이전의 최장 지연은 ${came}입니다.` : `역대 최장 지연은 ${came}입니다.`];
}

const counted = (count: number): string => `알림 ${count}건`;
const names = { daily: "일간 요약", weekly: "주간 요약" } as const;

/** What messages say in Korean. What sources and documents say stays in their language. */
export const ko: Texts = {
  code: "ko",
  reason: reasonKo,
  change: summaryKo,
  ownSources: { "by-hand": "이 알림 서비스의 운영자", calendar: "이 알림 서비스의 발간 일정" },
  gsm7: false,
  words: {
    edition: ofEdition,
    notice: ({ what, by }) => ({ lead: "예고: ", sms: null, what: `${withParticle(what, "subject")} 예고되었습니다 (${by}).`, sure: "나올 것이라는 예고이며, 아직 나오지 않았습니다." }),
    about: ofItem,
    late: ofLate,
    blind: ofBlind,
    changes: ({ facts, what, by }) => ({ lead: facts.update ? "발표 후 수정: " : "달라진 점: ", sms: null, what: ko.changes.opening(facts.changes?.against ?? null, what, by), sure: facts.changes ? ko.changes.trust : null }),
    health: ({ facts }) => ({ lead: "출처 상태: ", sms: null, what: safeText(facts.title) || "출처의 상태가 바뀌었습니다.", sure: null }),
    digest: ({ facts }) => ({ lead: "요약: ", sms: null, what: safeText(facts.title) || "지난 요약 이후의 알림입니다.", sure: null }),
    correction: ofCorrection,
  },
  untitled: "제목 없는 글",
  byHand: "직접 입력",
  repeat: { mark: "(중복일 수 있음)", said: "(중복일 수 있음) 앞선 발송이 도중에 중단되어 이미 받으신 내용일 수 있습니다." },
  days: { dayOfYear: dayOfYearKo, day: dayKo, noTime: (day) => `${day} (시각 미상)`, inZone: (time, zone) => `${time} (${zone === "Asia/Seoul" ? "한국 시간" : zone})`, notGiven: "날짜 없음", timeNotKnown: "시각 미상" },
  compared: {
    afterTheOneBefore: (days, day) => `직전 발표(${day})로부터 ${days}일 뒤입니다`,
    sameDay: (owner, day) => `${whose(owner)}(${day})과 같은 날짜입니다`,
    later: (days, owner, day) => `${whose(owner)}(${day})보다 ${Math.abs(days)}일 ${days > 0 ? "늦은" : "이른"} 날짜입니다`,
    window: (opens, closes) => `통상 시기: ${opens}부터 ${closes}까지`,
    law: (day, days) => (days === null ? `법정 기한: ${day}` : days === 0 ? `법정 기한(${day}) 당일` : `법정 기한(${day})보다 ${Math.abs(days)}일 ${days > 0 ? "늦음" : "빠름"}`),
    late: lateness,
  },
  email: {
    unsafeLink: "링크 없음: 출처가 준 주소는 열기에 안전하지 않습니다.",
    noLink: "링크 없음: 출처에 링크가 없습니다.",
    look: "확인할 페이지:",
    ownPage: "이 알림 서비스의 페이지:",
    published: (moment) => `발표: ${moment}`,
    seen: (moment) => `확인: ${moment}`,
    asOf: (moment) => `기준: ${moment}`,
    symbol: (symbol) => `문서 번호: ${symbol}`,
    lastYears: (year, day) => `작년판(${year}): ${day}`,
    editionBefore: (year, day) => `직전판${year === null ? "" : `(${year})`}: ${day}`,
    dayNotKnown: "날짜 미상",
    why: (reasons) => `근거: ${reasons}`,
    evidence: (moment, bytes) => `증거로 보관: ${moment === null ? "문서" : `${moment}의 문서`}, ${bytes.toLocaleString("en")}바이트, SHA-256`,
    evidenceFrom: "출처 주소",
    source: (name) => `출처: ${name}`,
    alert: (id) => `알림 번호: ${id}`,
    stop: "수신을 중단하려면 운영자에게 요청하세요. 운영자가 실행할 명령:",
    stopByMail: "수신을 중단하려면 운영자에게 메일을 보내세요:",
  },
  sms: {
    item: (language) => (language === "ko" ? "한국어 새 글" : "새 글"),
    elsewhere: (host) => `${host}, 링크: 이메일.`,
    inEmail: "링크: 이메일.",
    byHand: "(직접 입력)",
    later: (days, year) => {
      const [sign, word] = days > 0 ? ["+", "늦음"] : ["-", "빠름"];
      const count = `${Math.abs(days)}일`;
      return [`${year}년판보다 ${count} ${word}.`, `${count} ${word}.`, `${sign}${count}`];
    },
    stop: "중지: STOP 또는 문의",
    ask: "중지: 문의",
    stopByMail: (contact) => `중지: ${contact}`,
  },
  changes: {
    opening: (against, what, by) => `${what} (${by})에서 달라진 점입니다${against === null ? "" : ` (${against}년판 대비)`}.`,
    trust: "프로그램이 두 글을 규칙에 따라 비교한 것으로 내용을 판단하지는 않습니다. 중요한 부분은 원문을 확인하세요.",
  },
  digest: {
    heading: (pace, count) => (pace === "at-once" ? counted(count) : `${names[pace]}, ${counted(count)}`),
    opening: (pace, count) => (pace === "at-once" ? `짧은 시간에 여러 건이 나왔거나 방해 금지 시간에 나온 ${counted(count)}을 한꺼번에 보내 드립니다.` : `${names[pace]}: ${counted(count)}.`),
    more: (count) => ` 외 ${count}건.`,
  },
  test: {
    subject: "시험: Rights Almanac 알림 수신 확인",
    said: "시험 메시지입니다. Rights Almanac의 알림이 이 주소에 도착합니다.",
    calm: "실제 알림이 아니며, 따로 하실 일은 없습니다.",
    sms: "시험: Rights Almanac 알림이 이 번호에 도착합니다.",
  },
};
