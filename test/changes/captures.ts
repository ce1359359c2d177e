import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Document } from "../../shared/changes/document.ts";
import { documentOf } from "../../shared/changes/read-layout.ts";
import { readPage } from "../../shared/changes/section.ts";
import { names } from "../recognition/catalogue.ts";

const folder = join(import.meta.dirname, "../../../shared/data");

/** The editions of the State Department's chapter on the DPRK that are among the captures. */
export const chapterYears = [2016, 2017, 2018, 2019, 2020] as const;
export type ChapterYear = (typeof chapterYears)[number];

/** Whether the captures are there. Says so, once a file, where they are not. */
export const haveCaptures = existsSync(join(folder, "country-reports"));
if (!haveCaptures) console.warn("The real captures are not there (../shared/data), so what is tested on them is skipped.");

/** A capture's bytes. */
export function capture(path: string): Buffer {
  return readFileSync(join(folder, path));
}

/** The path of a chapter, for commands. */
export function chapterPath(year: ChapterYear): string {
  return join(folder, `country-reports/hrpractices_${year}.html`);
}

const chapters = new Map<ChapterYear, Document>();

/** A chapter, read. */
export function chapter(year: ChapterYear): Document {
  const known = chapters.get(year) ?? documentOf(readPage(readFileSync(chapterPath(year), "utf8")), names);
  chapters.set(year, known);
  return known;
}
