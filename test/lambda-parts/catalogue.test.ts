import { expect, test } from "vitest";
import { packCatalogue, readPacked } from "../../shared/catalogue/packed.ts";
import type { ObjectAnswer } from "../../shared/lambda/bucket.ts";
import { createCatalogueReader, onceAVersion } from "../../shared/lambda/catalogue.ts";
import { jumpingClock } from "../intake/clock.ts";
import { catalogue } from "../recognition/catalogue.ts";
import { keptLog } from "./kept-log.ts";

const source = (id: string) => ({ id, publisher: "state", url: `https://state.example/${id}`, read: { as: "feed" as const } });
const packed = (id: string): string => packCatalogue(catalogue({ sources: [source(id)] }));
const content = (text: string, etag: string): ObjectAnswer => ({ kind: "content", text, etag });

/** A reader over a bucket that answers in this order, the last answer for ever; an Error is thrown. */
function readerOver(...answers: readonly (ObjectAnswer | Error)[]) {
  const asked: (string | undefined)[] = [];
  const clock = jumpingClock();
  const kept = keptLog();
  const reader = createCatalogueReader(
    async (etag) => {
      const answer = answers[Math.min(asked.push(etag), answers.length) - 1] ?? { kind: "absent" };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    () => packed("bundled"),
    clock,
  );
  const ids = (read: Awaited<ReturnType<typeof reader.current>>): string => read.catalogue.sources.map(({ id }) => id).join(" ");
  return {
    asked,
    said: kept.lines,
    /** What is current so many seconds later. */
    async after(seconds: number) {
      clock.set(clock.now() + seconds * 1000);
      return ids(await reader.current(kept.log));
    },
    now: async () => ids(await reader.now(kept.log)),
  };
}

test("the catalogue of the bucket is used, and asked for again after ten minutes with its ETag", async () => {
  const reader = readerOver(content(packed("first"), '"1"'), { kind: "same" }, content(packed("second"), '"2"'));
  expect([await reader.after(0), await reader.after(599), await reader.after(1), await reader.after(300), await reader.after(300)]).toEqual(["first", "first", "first", "first", "second"]);
  expect(reader.asked).toEqual([undefined, '"1"', '"1"']);
  expect(reader.said()).toEqual(["info The catalogue of the bucket is used.", "info The catalogue of the bucket is used."]);
});

test("it is asked for at once where something is named that it does not know", async () => {
  const reader = readerOver(content(packed("first"), '"1"'), content(packed("second"), '"2"'));
  expect([await reader.after(0), await reader.now(), await reader.after(599)]).toEqual(["first", "second", "second"]);
});

test("where nothing was ever put the deployed one is used, and that is said once", async () => {
  const reader = readerOver({ kind: "absent" });
  expect([await reader.after(0), await reader.after(600), await reader.after(600)]).toEqual(["bundled", "bundled", "bundled"]);
  expect(reader.said()).toEqual(["info The bucket gives no catalogue/current.json, so the catalogue of the deployment is used."]);
});

test("one that the bucket no longer gives is used on, which is a warning", async () => {
  const reader = readerOver(content(packed("first"), '"1"'), { kind: "absent" });
  expect([await reader.after(0), await reader.after(600)]).toEqual(["first", "first"]);
  expect(reader.said()).toEqual([
    "info The catalogue of the bucket is used.",
    "warn The bucket no longer gives catalogue/current.json, so the last one that it gave is used until this function starts anew, and then the one of the deployment. Push the catalogue again.",
  ]);
});

test("one that comes later is used then", async () => {
  const reader = readerOver({ kind: "absent" }, content(packed("first"), '"1"'));
  expect([await reader.after(0), await reader.after(600)]).toEqual(["bundled", "first"]);
});

test("a bucket that does not answer leaves what there is, and that is said", async () => {
  const reader = readerOver(new Error("S3 answered 503"), content(packed("first"), '"1"'), new Error("S3 answered 503"), { kind: "same" });
  expect([await reader.after(0), await reader.after(600), await reader.after(600), await reader.after(600)]).toEqual(["bundled", "first", "first", "first"]);
  expect(reader.said()).toEqual([
    "warn The catalogue in the bucket cannot be used, so the one of the deployment is: S3 answered 503",
    "info The catalogue of the bucket is used.",
    "warn The catalogue in the bucket cannot be used, so the last one is: S3 answered 503",
  ]);
});

test("one that was spoilt leaves what there is, is said each time it is asked for, and gives way to one that is well", async () => {
  const reader = readerOver(content(packed("first"), '"1"'), content("{}", '"2"'), content("{}", '"2"'), content(packed("third"), '"3"'));
  expect([await reader.after(0), await reader.after(600), await reader.after(600), await reader.after(600)]).toEqual(["first", "first", "first", "third"]);
  expect(reader.asked).toEqual([undefined, '"1"', '"1"', '"1"']);
  expect(reader.said().filter((line) => line.startsWith("warn The catalogue in the bucket cannot be used, so the last one is: The packed catalogue cannot be used"))).toHaveLength(2);
});

test("what is made of a catalogue is made once a version", () => {
  const made: string[] = [];
  const make = onceAVersion(({ sources }) => {
    made.push(sources[0]?.id ?? "");
    return made.length;
  });
  expect(["first", "first", "second", "second", "first"].map((id) => make(readPacked(packed(id))))).toEqual([1, 1, 2, 2, 3]);
});
