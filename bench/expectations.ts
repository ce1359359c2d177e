import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Parser from "rss-parser";
import { decode } from "../shared/intake/decode.ts";
import { readFeed } from "../shared/intake/feed.ts";
import { plainTitle } from "../shared/intake/text.ts";
import { type Expectation, expectationsOf, type Field, fields } from "./feedparser.ts";

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const base = "http://127.0.0.1:8097/";
type Found = Readonly<Record<Field, string | null>>;
interface Reader {
  readonly name: string;
  /** The items of a feed, in its order; none where it cannot be read. */
  readonly read: (text: string) => Promise<readonly Found[]>;
}

// Most of the tests test one element and have no title, without which nothing is an item to us.
function titled(text: string): string {
  return text.replace(/<((?:[\w-]+:)?)(?:item|entry)(?:\s[^<>]*[^<>/])?>(?![\s\S]{0,2000}?<(?:[\w-]+:)?title[\s>])/gi, "$&<$1title>T</$1title>");
}

const ours: Reader = {
  name: "rights-almanac",
  read: async (text) => {
    const { items } = await readFeed(titled(text), base).catch(() => ({ items: [] }));
    return items.map(({ title, url, guid, published }) => ({ title, link: url, id: guid, date: published }));
  },
};

interface Item {
  readonly title?: unknown;
  readonly link?: unknown;
  readonly guid?: unknown;
  readonly id?: unknown;
  readonly isoDate?: unknown;
  readonly pubDate?: unknown;
}

const word = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Asks it as its own documents show. What our reader switches off in it concerns none of these fields. */
const theirs: Reader = {
  name: "rss-parser alone",
  read: async (text) => {
    const parser = new Parser<object, Item>();
    const { items } = await parser.parseString(text).catch((): { items: Item[] } => ({ items: [] }));
    return items.map(({ title, link, guid, id, isoDate, pubDate }) => {
      const date = Date.parse(word(isoDate) ?? word(pubDate) ?? "");
      return { title: word(title), link: word(link), id: word(guid) ?? word(id), date: Number.isNaN(date) ? null : `${new Date(date).toISOString().slice(0, 19)}Z` };
    });
  },
};

const collapsed = (text: string | null | undefined): string | null => text?.replace(/\s+/g, " ").trim() ?? null;

/** The same to the letter; or the same to who reads: a title as plain text, none where it is nothing but a picture, and an address in any spelling. */
function agrees({ field, value }: Expectation, found: string | null | undefined): { letter: boolean; sense: boolean } {
  const text = collapsed(found);
  const wanted = collapsed(value);
  const letter = text === wanted || (field === "date" && `${text}T00:00:00Z` === wanted);
  const sense = letter || (field === "title" && plainTitle(text ?? "") === plainTitle(value)) || (field === "link" && URL.parse(value)?.href === URL.parse(text ?? "")?.href);
  return { letter, sense };
}

function unpacked(archive: string): { folder: string; files: string[] } {
  const folder = mkdtempSync(join(tmpdir(), "almanac-feedparser-"));
  if (spawnSync("tar", ["-xJf", archive, "-C", folder]).status !== 0) throw new Error(`${archive} cannot be unpacked. Name feedparser's tests, packed by tar and xz.`);
  return { folder, files: readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".xml")).toSorted() };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { tests: { type: "string" }, list: { type: "boolean", default: false } } });
  if (values.tests === undefined) throw new Error("Name feedparser's tests: --tests feedparser-tests.tar.xz.");
  const { folder, files } = unpacked(values.tests);
  const counts = new Map<string, number>();
  const count = (...words: string[]): void => void counts.set(words.join(" "), (counts.get(words.join(" ")) ?? 0) + 1);
  try {
    for (const file of files) {
      const text = decode(readFileSync(join(folder, file)), null);
      for (const expectation of expectationsOf(text)) {
        count(expectation.field, "of");
        for (const reader of [ours, theirs]) {
          const found = (await reader.read(text))[expectation.entry]?.[expectation.field];
          const { letter, sense } = agrees(expectation, found);
          if (letter) count(expectation.field, reader.name, "letter");
          if (sense) count(expectation.field, reader.name, "sense");
          if (values.list && !sense && reader === ours) print(`${file}: ${expectation.field} is ${JSON.stringify(found ?? null)}, and feedparser's ${JSON.stringify(expectation.value)}`);
        }
      }
    }
    const of = (...words: string[]): number => counts.get(words.join(" ")) ?? 0;
    const cells = (field: Field): string[] => [ours, theirs].flatMap(({ name }) => [`${of(field, name, "letter")}`, `${of(field, name, "sense")}`]);
    print(["field  ", "expected", "ours", "in sense", "rss-parser", "in sense"].join("  "));
    for (const field of fields) print([field.padEnd(7), String(of(field, "of")).padStart(8), ...cells(field).map((cell, index) => cell.padStart([4, 8, 10, 8][index] ?? 0))].join("  "));
    const sum = (name: string): number => fields.reduce((total, field) => total + of(field, name, "sense"), 0);
    print(`of ${fields.reduce((total, field) => total + of(field, "of"), 0)} expectations of feedparser's: ${sum(ours.name)} as it reads them, rss-parser alone ${sum(theirs.name)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await main();
