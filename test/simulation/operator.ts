import type { Correcting } from "../../functions/poll/correct.ts";
import type { Right } from "../../functions/poll/take-back.ts";
import type { EditionRecord } from "../../shared/records/editions.ts";
import { asKind } from "../../shared/records/records.ts";
import type { Chance } from "./chance.ts";
import { yearly } from "./publishers.ts";
import { day } from "./timeline.ts";
import type { World } from "./year.ts";

const minute = 60_000;

const nameOf = ({ series, key, year }: EditionRecord): Right => ({ series, key, year });

/** What it was, in a person's eyes: of the same series or another, an edition on record or one that nothing has shown yet. */
function drawRight(chance: Chance, wrong: EditionRecord, editions: readonly EditionRecord[]): Right | null {
  const others = editions.filter((one) => one !== wrong);
  const known = chance.is(0.5) && others.length > 0 ? nameOf(chance.pick(others)) : undefined;
  const [series] = chance.pick(yearly);
  const year = (wrong.year ?? 2026) - 1;
  return known ?? (yearly.some(([id]) => id === wrong.series) && chance.is(0.5) ? { series: wrong.series, key: String(year), year } : { series, key: String(year), year });
}

/** A word on something that was told: that it was nothing, or something else. Undefined where nothing was told. */
function drawWord(chance: Chance, editions: readonly EditionRecord[]): Correcting | undefined {
  const told = editions.filter(({ status, rings }) => status === "out" && rings.length > 0);
  // What rang just now may be on its way still.
  const recent = told.toSorted((a, b) => (a.rings.at(-1)?.at ?? "").localeCompare(b.rings.at(-1)?.at ?? "", "en")).slice(-3);
  if (recent.length === 0) return undefined;
  const wrong = chance.pick(chance.is(0.6) ? recent : told);
  const to = chance.is(0.4) ? null : drawRight(chance, wrong, editions);
  return { series: wrong.series, key: wrong.key, to, why: chance.is(0.5) ? "It was a speech." : null, name: `${wrong.series} ${wrong.key}` };
}

/** A person corrects what was told, at moments when something rang lately and at any other, and says it again until it is done. */
export function scheduleCorrections({ time, chance, trace, table, functions, start, end, cloud }: World): void {
  const say = async (word: Correcting, tries: number): Promise<void> => {
    const done = await functions.correct(word);
    if (!done && tries < 20) time.at(time.now() + chance.spread(minute, 60 * minute), () => void say(word, tries + 1));
    else if (!done) cloud.count("corrections given up");
  };
  const begin = (): boolean => {
    const editions = [...table.all()].filter(({ kind }) => kind === "edition").map((record) => asKind(record, "edition"));
    const word = drawWord(chance, editions);
    if (!word) return false;
    trace.add(`a person says that ${word.series} ${word.key} is ${word.to ? `${word.to.series} ${word.to.key}` : "none"}`);
    void say(word, 0);
    return true;
  };
  for (let count = chance.whole(3, 8); count > 0; count--) {
    const at = start + 20 * day + chance.next() * (end - start - 25 * day);
    // Some wait for the next alert that is owed, so as to come while it is sent.
    const waits = chance.is(0.5);
    const wait = (moment: number): void =>
      time.at(moment, () => {
        if (waits && !table.owes() && time.now() < at + 5 * day) {
          wait(time.now() + 30 * minute);
          return false;
        }
        return begin();
      });
    wait(at);
  }
}
