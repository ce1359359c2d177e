import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Shown, sight } from "../../functions/poll/sight.ts";
import type { EditionRecord } from "../../shared/records/editions.ts";
import { editionKey } from "../../shared/records/keys.ts";
import { type Content, toRecord } from "../../shared/records/records.ts";

const release: Shown["recognised"] = { role: "release", own: true, saysOut: false, why: ["the thing itself"] };
const saysOut: Shown["recognised"] = { role: "coverage", own: true, saysOut: true, why: ["it is out"] };
const remark: Shown["recognised"] = { role: "coverage", own: true, saysOut: false, why: ["a remark"] };
const notice: Shown["recognised"] = { role: "notice", own: true, saysOut: false, why: ["it will come"] };
const repost: Shown["recognised"] = { role: "coverage", own: false, saysOut: false, why: ["somebody else's"] };
const rumour: Shown["recognised"] = { role: "notice", own: false, saysOut: false, why: ["somebody else's"] };

let moment = 0;

/** A sighting of the edition; each a minute later than the one before. */
function shown(recognised: Shown["recognised"], item: string, more: Partial<Shown> = {}): Shown {
  const at = new Date(Date.UTC(2021, 6, 1) + moment++ * 60_000).toISOString();
  return {
    series: "tip",
    key: "2021",
    year: 2021,
    sighting: { item, role: recognised.role, source: "press", at, title: `Title of ${item}`, url: `https://state.example/${item}` },
    published: "2021-07-01",
    symbol: null,
    language: "en",
    recognised,
    silent: false,
    provesNew: false,
    ...more,
  };
}

/** The edition after these sightings, one after another. */
function after(...sightings: readonly Shown[]): EditionRecord {
  let record: EditionRecord | undefined;
  for (const one of sightings) {
    const next: Content<EditionRecord> = sight(record, one);
    if (next !== record) record = toRecord(editionKey("tip", "2021"), next, record);
  }
  if (!record) throw new Error("nothing was shown");
  return record;
}

const rings = ({ rings: list }: EditionRecord): string[] => list.map(({ alert, basis, update }) => `${alert} ${basis} ${update}`);

describe("one sighting", () => {
  test.each([
    ["release", release, "out", "release", ["edition:tip:2021 release false"]],
    ["the publisher's word that it is out", saysOut, "out", "coverage", ["edition:tip:2021 coverage false"]],
    ["remark", remark, "mentioned", null, []],
    ["announcement", notice, "announced", null, ["notice:tip:2021 null false"]],
    ["repost", repost, "mentioned", null, []],
    ["somebody else's announcement", rumour, "mentioned", null, []],
  ] as const)("that is a %s", (_, recognised, status, basis, rung) => {
    const edition = after(shown(recognised, "a"));
    expect([edition.status, edition.basis, rings(edition), edition.sightingCount, edition.silent]).toEqual([status, basis, rung, 1, false]);
    expect(edition.owed ?? new Set()).toEqual(new Set(edition.rings.map(({ alert }) => alert)));
  });

  test.each([release, saysOut, notice])("rings for nobody where it is older than the install: %j", (recognised) => {
    const edition = after(shown(recognised, "a", { silent: true }));
    expect([edition.rings, edition.owed, edition.silent]).toEqual([[], undefined, recognised !== notice]);
  });

  test("keeps in its ring what it showed, so that the alert can be composed again", () => {
    const one = shown(release, "a", { symbol: "A/1" });
    expect(after(one).rings).toEqual([{ alert: "edition:tip:2021", kind: "edition", at: one.sighting.at, update: false, basis: "release", title: "Title of a", url: "https://state.example/a", published: "2021-07-01", symbol: "A/1", language: "en", source: "press", why: ["the thing itself"] }]);
  });
});

describe("one sighting after another", () => {
  test("the document after the word of it is an update, and the edition rests on it", () => {
    const edition = after(shown(saysOut, "a"), shown(release, "b", { published: "2021-07-02", symbol: "A/1" }));
    expect(rings(edition)).toEqual(["edition:tip:2021 coverage false", "edition:tip:2021:document release true"]);
    expect(edition).toMatchObject({ basis: "release", title: "Title of b", published: "2021-07-02", at: "2021-07-02", symbol: "A/1", sightingCount: 2 });
  });
  test("the word of it after the document is one more sighting", () => {
    const edition = after(shown(release, "a"), shown(saysOut, "b"), shown(release, "c"));
    expect([rings(edition), edition.title, edition.sightingCount]).toEqual([["edition:tip:2021 release false"], "Title of a", 3]);
  });
  test("an announcement rings once, before the edition alone", () => {
    expect(rings(after(shown(notice, "a"), shown(notice, "b")))).toHaveLength(1);
    expect(rings(after(shown(release, "a"), shown(notice, "b")))).toEqual(["edition:tip:2021 release false"]);
    expect(after(shown(notice, "a"), shown(release, "b"))).toMatchObject({ status: "out", announcedTitle: "Title of a", rings: [{ kind: "notice" }, { kind: "edition" }] });
  });
  test("the document of an edition that was told to nobody rings as the first news of it", () => expect(rings(after(shown(saysOut, "a", { silent: true }), shown(release, "b")))).toEqual(["edition:tip:2021 release false"]));
  test("a release after an old announcement rings", () => expect(rings(after(shown(notice, "a", { silent: true }), shown(release, "b")))).toHaveLength(1));
  test("the same item in the same role changes nothing, and in another role is counted once", () => {
    const first = after(shown(remark, "a"));
    expect(sight(first, shown(remark, "a"))).toBe(first);
    expect(after(shown(notice, "a"), shown(release, "a"))).toMatchObject({ status: "out", sightingCount: 1, sightings: [{ role: "release" }] });
  });
  test("the same item that now says that it is out rings", () => expect(rings(after(shown(remark, "a"), shown(saysOut, "a")))).toEqual(["edition:tip:2021 coverage false"]));
});

test("in any order and however often, an edition rings once and is updated once, and a release stands at its end", () => {
  const kinds = { release, saysOut, remark, notice, repost, rumour } as const;
  const names = fc.constantFrom<keyof typeof kinds>("release", "saysOut", "remark", "notice", "repost", "rumour");
  const one = fc.record({ kind: names, item: fc.constantFrom("a", "b", "c", "d"), silent: fc.boolean() });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 14 }), (list) => {
      const edition = after(...list.map(({ kind, item, silent }) => shown(kinds[kind], item, { silent })));
      const editionRings = edition.rings.filter(({ kind }) => kind === "edition");
      expect(editionRings.filter(({ update }) => !update).length).toBeLessThanOrEqual(1);
      expect(editionRings.filter(({ update }) => update).length).toBeLessThanOrEqual(1);
      expect(edition.rings.filter(({ kind }) => kind === "notice").length).toBeLessThanOrEqual(1);
      expect(new Set(edition.rings.map(({ alert }) => alert)).size).toBe(edition.rings.length);
      const isOut = list.some(({ kind }) => kind === "release" || kind === "saysOut");
      const isHere = list.some(({ kind }) => kind === "release");
      expect([edition.status === "out", edition.basis]).toEqual([isOut, isHere ? "release" : isOut ? "coverage" : null]);
      const isLoud = isOut && list.every(({ silent }) => !silent);
      expect(!isLoud || editionRings[0]?.update === false).toBe(true);
      expect(edition.sightingCount).toBe(new Set(list.map(({ item }) => item)).size);
    }),
  );
});
