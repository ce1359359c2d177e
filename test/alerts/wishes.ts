import * as fc from "fast-check";
import { type AlertFacts, alertKinds, type WrongAlert } from "../../shared/alerts/alert.ts";
import type { Subscriber } from "../../shared/alerts/pace.ts";
import { paces, type Wishes } from "../../shared/records/subscriptions.ts";
import { tip } from "./facts.ts";

const some = (ids: readonly string[]): fc.Arbitrary<string[]> => fc.oneof(fc.constant<string[]>([]), fc.subarray([...ids], { minLength: 1, maxLength: 3 }));

/** A wish out of few ids, so that it often meets the facts. */
export const someWishes: fc.Arbitrary<Wishes> = fc.record({
  series: some(["tip", "hrr", "kinu"]),
  publishers: some(["us-state", "kinu", "ohchr"]),
  kinds: some(alertKinds),
  languages: some(["en", "ko", "fr"]),
});

/** One wish and up to two more, as a subscription has them. */
export const severalWishes: fc.Arbitrary<Pick<Subscriber, "wishes" | "also">> = fc
  .tuple(someWishes, fc.option(fc.array(someWishes, { minLength: 1, maxLength: 2 }), { nil: undefined }))
  .map(([wishes, also]) => ({ wishes, also }));

/** Subscriptions to such wishes, of every way to be written to. */
export const someSubscriber: fc.Arbitrary<Subscriber & { readonly id: string }> = fc
  .record({
    id: fc.constantFrom("one", "two"),
    protocol: fc.constantFrom("email", "sms", "https"),
    several: severalWishes,
    // Series, publishers and languages in one subscription are refused: they would be a key too many.
    without: fc.constantFrom("series", "publishers", "languages"),
    pace: fc.constantFrom(undefined, undefined, ...paces),
    quiet: fc.constantFrom(undefined, undefined, { from: "22:00", to: "07:00" }),
    language: fc.constantFrom("en", "en", "ko"),
  })
  .map(({ several: { wishes, also }, without, ...one }) => ({ ...one, wishes: { ...wishes, [without]: [] }, also: also?.map((more) => ({ ...more, [without]: [] })) }));

const someLanguage = fc.constantFrom("en", "ko", "ko-KR", "EN-us", "fr", "", "?", null);
/** An alert that a correction takes back. */
const someWrong: fc.Arbitrary<WrongAlert> = fc.record({ alert: fc.constant(tip.id), at: fc.constant(tip.at), kind: fc.constantFrom("edition", "notice", "changes"), language: someLanguage, broadcast: fc.constant(true) });

/** Whatever is sent to many: a digest is for one subscription alone. */
export const someFacts: fc.Arbitrary<AlertFacts> = fc
  .record({
    kind: fc.constantFrom(...alertKinds.filter((kind) => kind !== "digest")),
    wrong: fc.tuple(someWrong, someWrong),
    series: fc.constantFrom("tip", "hrr", "kinu", null),
    publisher: fc.constantFrom("us-state", "kinu", "ohchr"),
    language: someLanguage,
  })
  .map(({ kind, wrong, series, publisher, language }) => ({
    ...tip,
    kind,
    ...(kind === "correction" ? { corrects: { kind: "edition" as const, wrong, to: null } } : {}),
    language,
    series: series === null ? null : { id: series, name: series, short: series, kind: "report" as const },
    publisher: { id: publisher, name: publisher, short: publisher },
  }));
