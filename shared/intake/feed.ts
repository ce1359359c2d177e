import { isChallenge } from "./challenge.ts";
import { cutOffAt } from "./cut-off.ts";
import { toReading } from "./draft.ts";
import { readJsonFeed } from "./feed-json.ts";
import { readStrict } from "./feed-rss.ts";
import { guard, isHtml } from "./guard.ts";
import { parseJson } from "./guard-json.ts";
import { SourceError } from "./health.ts";
import type { Reading } from "./item.ts";
import { sanitise } from "./sanitise.ts";

/**
 * Reads RSS, Atom, RDF or a JSON Feed; `base` is the address it was read from. A feed without items gives an empty reading.
 * @throws SourceError with reason challenge, not-a-feed, too-large or too-deep.
 */
export async function readFeed(text: string, base: string): Promise<Reading> {
  const start = text.trimStart();
  if (start.startsWith("{")) return readJsonFeed(parsed(start), base);
  if (start === "") throw new SourceError("not-a-feed", "The answer is empty.");
  if (isHtml(start)) throw notFeed(start);
  guard(text, false);
  const clean = sanitise(text);
  return (await strictly(clean, base)) ?? tolerantly(clean, base);
}

/** The fast way. Null when it fails or finds nothing, which the tolerant reader may do better. */
async function strictly(text: string, base: string): Promise<Reading | null> {
  try {
    const reading = toReading((await readStrict(text, base)) ?? []);
    return reading.items.length > 0 ? reading : null;
  } catch {
    return null;
  }
}

async function tolerantly(text: string, base: string): Promise<Reading> {
  // cheerio takes longer to load than most feeds to read, and most never need it.
  const { readTolerant } = await import("./feed-tolerant.ts");
  const end = cutOffAt(text);
  const drafts = readTolerant(text.slice(0, end), base);
  if (drafts === null) throw notFeed(text);
  const { items, skipped } = toReading(drafts);
  return { items, skipped: end === undefined ? skipped : [...skipped, { title: null, why: "the feed ends in the middle of it" }] };
}

function notFeed(text: string): SourceError {
  if (isChallenge(text)) return new SourceError("challenge", "A firewall's page came instead of the feed.");
  const start = text.slice(0, 60).replace(/\s+/g, " ").trim();
  return new SourceError("not-a-feed", `The answer is no feed; it begins with "${start}".`);
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError("not-a-feed", "The answer looks like JSON and is not.", { cause: error });
  }
}
