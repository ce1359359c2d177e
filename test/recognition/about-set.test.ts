import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { readCatalogue } from "../../cli/paths.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { match } from "../../shared/recognition/match.ts";

const Row = z.strictObject({ about: z.boolean(), title: z.string(), source: z.string().optional(), summary: z.string().optional(), synthetic: z.literal(true).optional() });
const Label = z.strictObject({ id: z.string(), about: z.boolean() });
const Wire = z.object({ title: z.string(), summary: z.string(), url: z.string() });
type Row = z.infer<typeof Row>;

function lines(path: string): unknown[] {
  return readFileSync(path, "utf8").trim().split("\n").map((line): unknown => JSON.parse(line));
}

const here = resolve(import.meta.dirname, "about");
const items = lines(resolve(here, "items.jsonl")).map((line) => Row.parse(line));
const labels = new Map(lines(resolve(here, "yonhap.jsonl")).map((line) => Label.parse(line)).map(({ id, about }) => [id, about]));

const path = resolve(import.meta.dirname, "../../../shared/data/yonhap/articles-part-1.jsonl");
const absent = !existsSync(path);
if (absent) console.warn(`The Korean wire items are not tried: there is no ${path}.`);

/** The wire items with their labels; every one must have its own. */
function wireItems(): Row[] {
  return lines(path).map((line) => {
    const { title, summary, url } = Wire.parse(line);
    const about = labels.get(url.split("/").at(-1) ?? "");
    if (about === undefined) throw new Error(`${url} has no label: read it, and write one into yonhap.jsonl.`);
    return { title, summary, source: "yonhap-ko", about };
  });
}

const compiled = compile(await readCatalogue());

/** How well about-ness is told, in parts of one. An item of a known series counts as told, too. */
function measure(name: string, rows: readonly Row[]): { precision: number; recall: number; f1: number } {
  const found = rows.map((row) => ({ ...row, ...match(compiled, { source: row.source ?? null, title: row.title, url: null, published: null, summary: row.summary }) }));
  const wrong = found.filter(({ about, relevance }) => about !== (relevance !== "none"));
  const right = found.filter(({ about, relevance }) => about && relevance !== "none").length;
  const precision = right / found.filter(({ relevance }) => relevance !== "none").length;
  const recall = right / rows.filter(({ about }) => about).length;
  const f1 = (2 * precision * recall) / (precision + recall);
  const figures = [precision, recall, f1].map((part) => part.toFixed(4));
  console.log(`${name}: ${rows.length} items, precision ${figures[0]}, recall ${figures[1]}, F1 ${figures[2]}`);
  for (const { about, title, why } of wrong) console.log(`  ${about ? "missed" : "wrongly taken"}: ${title} (${why.join("; ")})`);
  return { precision, recall, f1 };
}

const floor = 0.97;

describe("about-ness", () => {
  test("the set has enough of both kinds, each title once", () => {
    expect(new Set(items.map(({ title }) => title)).size).toBe(items.length);
    expect(items.filter(({ about }) => about).length).toBeGreaterThan(200);
    expect(items.filter(({ about }) => !about).length).toBeGreaterThan(200);
  });

  test("is told well on the project's own titles", () => expect(measure("The project's own titles", items).f1).toBeGreaterThanOrEqual(floor));

  test.skipIf(absent)("is told well on the Korean wire alone", () => expect(measure("The Korean wire", wireItems()).f1).toBeGreaterThanOrEqual(floor));
  test.skipIf(absent)("is told well on both together", () => expect(measure("Both together", [...items, ...wireItems()]).f1).toBeGreaterThanOrEqual(floor));
});
