import { withParticle } from "./ko-particles.ts";
import { type Form, sayBy } from "./forms.ts";

/** An edition as a comparison names it ("the 2019 edition"). */
const edition = (name = ""): string => name.replace(/^the (\S+) edition$/, "$1년판");
const place = (name = ""): string => name.replace(/^the beginning\b/, "첫머리");
const vote = (said = ""): string => said.replace(/^without a vote$/, "표결 없이").replace(/^by (\d+) to (\d+), with (\d+) abstentions$/, "찬성 $1, 반대 $2, 기권 $3표로");
const more = (list = ""): string => list.replace(/ and (\d+) more$/, " 외 $1");
const members = (said = ""): string => said.split("; ").map((part) => more(part.replace(/^new: /, "추가: ").replace(/^no longer: /, "제외: "))).join("; ");
/** What stands in a quoted sentence where words were put in or taken out. */
const marks = (quoted = ""): string => quoted.replaceAll("[gone: ", "[삭제: ").replaceAll("[new: ", "[추가: ");
const times = (list = ""): string => list.replace(/ \((\d+) times\)/g, "($1회)");

const kinds: Readonly<Record<string, string>> = { new: "추가", gone: "삭제", changed: "변경", "only reworded": "표현만 변경", "only moved": "위치만 변경" };

/** How many sentences are new, gone or changed, as in "12 sentences are new, 3 gone". */
function counts(said = ""): string {
  const parts = said.split(", ").map((part) => /^([\d,]+)(?: sentences? (?:is|are))? (.+)$/.exec(part));
  return parts.map((part) => (part ? `${kinds[part[2] ?? ""] ?? part[2]} ${part[1]}` : "")).join(", ");
}

const things: Readonly<Record<string, string>> = { page: "쪽수", "paragraph in its preamble": "전문(前文)의 단락 수", "operative paragraph": "주문의 단락 수" };
const thing = (what = ""): string => things[what.replace(/^(page|paragraph|operative paragraph)s/, "$1")] ?? what;

/** The sentences of a comparison's summary, as it writes them; what it quotes stays in the document's language. */
const forms: readonly Form[] = [
  [/^No sentence of (.+) is new, gone or changed against (.+)\.$/, (after, before) => `${edition(after)}에는 ${edition(before)} 대비 추가·삭제·변경된 문장이 없습니다.`],
  [/^(More than )?(\d+)% of (.+) stands in the same words and place in (.+?)\. (.+)\.$/, (over, share, after, before, said) => `${edition(after)}의 ${share}%${over ? " 이상" : ""}가 ${withParticle(edition(before), "with")} 표현과 위치까지 같습니다. 문장 수: ${counts(said)}.`],
  [/^It is (longer|shorter): ([\d,]+) words, before ([\d,]+)\.$/, (which, now, before) => `분량이 ${which === "longer" ? "늘었습니다" : "줄었습니다"}: ${before}단어에서 ${now}단어로.`],
  [/^Adopted (.+); (.+) was adopted (.+)\.$/, (now, name, before) => `${vote(now)} 채택되었습니다. ${edition(name)}은 ${vote(before)} 채택되었습니다.`],
  [/^It has ([\d,]+) (pages?|paragraphs? in its preamble|operative paragraphs?), before ([\d,]+)\.$/, (now, what, before) => `${thing(what)}: ${before}에서 ${withParticle(now ?? "", "towards")}.`],
  [/^Sponsors: (\d+), before (\d+) \((.+)\)\.$/, (now, before, who) => `공동제안국: ${before}에서 ${withParticle(now ?? "", "towards")}(${members(who)}).`],
  [/^New sections?: (.+)\.$/, (list) => `새로 생긴 절: ${more(place(list))}.`],
  [/^Sections? that (?:is|are) gone: (.+)\.$/, (list) => `없어진 절: ${more(place(list))}.`],
  [/^([\d,]+) sections? (?:has another heading|have another heading): (.+) is now (.+?)( and \d+ more)?\.$/, (count, before, now, rest) => `제목이 바뀐 절 ${count}개: ${place(before)} → ${place(now)}${more(rest)}.`],
  [/^Moved among the sections: (.+)\.$/, (list) => `순서가 바뀐 절: ${more(place(list))}.`],
  [/^Begins otherwise, in (.+?): (“.*)$/s, (where, said) => `첫머리가 바뀜, ${place(where)}: ${marks(said)}`],
  [/^A number changed from (.+?) to (.+?), in (.+?): (“… .*)$/s, (before, now, where, said) => `숫자가 ${before}에서 ${withParticle(now ?? "", "towards")} 바뀜, ${place(where)}: ${said}`],
  [/^A list changed, in (.+?): ((?:new|no longer): .*)\.$/s, (where, who) => `목록이 바뀜, ${place(where)}: ${members(who)}.`],
  [/^A “no” or “not” came or went, in (.+?): (“.*)$/s, (where, said) => `부정어가 생기거나 없어짐, ${place(where)}: ${marks(said)}`],
  [/^New, in (.+?): (“.*)$/s, (where, said) => `추가됨, ${place(where)}: ${said}`],
  [/^Gone, from (.+?): (“.*)$/s, (where, said) => `삭제됨, ${place(where)}: ${said}`],
  [/^Changed, in (.+?): (“.*)$/s, (where, said) => `변경됨, ${place(where)}: ${marks(said)}`],
  [/^Words that (.+) never used: (.+)\.$/, (name, list) => `${edition(name)}에는 없던 낱말: ${times(list)}.`],
  [/^Words no longer used: (.+)\.$/, (list) => `더는 쓰이지 않는 낱말: ${times(list)}.`],
];

/** A sentence of a comparison's summary in Korean. */
export const summaryKo = (sentence: string): string => sayBy(forms, sentence);
