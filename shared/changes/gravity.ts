import { tokens } from "./words.ts";

/** Words of grave wrongs, and of what is done about them: a sentence that has them stands before one that has none. */
const grave =
  /^(?:kill|execut|tortur|rape|murder|abduct|disappear|infanticid|starv|famine|deaths?$|died$|dead$|camps?$|kwanliso|kyohwaso|prison|detain|detention|forced|sterili[sz]|abortion|traffick|slavery|repatriat|crimes?$|humanity|genocid|sanction|courts?$|accountab|special$|rapporteur|covid|border|shoot|egregious|systematic|widespread$|gross$|impunity|violations?$|처형|고문|수용소|납치|강제)/;
/** The parts of a report in which it says what matters most. */
const main = /\b(?:executive summary|summary|overview|key findings|main findings)\b/i;

const hitsMost = 4;
const fewestWords = 4;
const shortWords = 8;
const longWords = 45;

/** Whether a heading is that of a report's own summary. */
export function isMain(heading: string): boolean {
  return main.test(heading);
}

/** How soon a sentence is told among others: by grave words, numbers, its length, and whether it stands in the summary. */
function gravity(text: string, heading: string): number {
  const words = tokens(text).flatMap(({ key }) => (key === "" ? [] : [key]));
  const hits = Math.min(hitsMost, new Set(words.filter((word) => grave.test(word))).size);
  const counts = words.some((word) => /\d/.test(word)) ? 0.5 : 0;
  // A few words say little by themselves, and very many cannot be read at a glance.
  const length = words.length < fewestWords ? 3 : words.length < shortWords ? 2 : words.length > longWords ? 1 : 0;
  const inMain = isMain(heading);
  return hits + counts + (inMain ? 1.5 : 0) - (inMain && words.length >= fewestWords ? 0 : length);
}

/** The gravest in the order of the text; of one section at most two, so that one subject does not fill the list. */
export function gravest<C>(changes: readonly C[], described: (change: C) => { readonly text: string; readonly heading: string }, most: number): C[] {
  const taken = new Map<string, number>();
  const weighed = changes.map((change, at) => {
    const { text, heading } = described(change);
    return { change, at, heading, weight: gravity(text, heading) };
  });
  const chosen = weighed
    .sort((x, y) => y.weight - x.weight || x.at - y.at)
    .filter(({ heading }) => {
      const count = taken.get(heading) ?? 0;
      taken.set(heading, count + 1);
      return count < 2;
    });
  return chosen.slice(0, most).map(({ change }) => change);
}
