import { isNotOutYet, readingOf } from "../functions/poll/answer.ts";
import { sourceAddress, type Addresses, type AddressSettings } from "../shared/catalogue/address.ts";
import { comesIn } from "../shared/catalogue/mailbox.ts";
import type { Source } from "../shared/catalogue/schema.ts";
import { healthAfter } from "../shared/intake/backoff.ts";
import type { Fetched, Fetcher } from "../shared/intake/fetch.ts";
import { type Health, type Reason, SourceError } from "../shared/intake/health.ts";
import type { Item, Reading } from "../shared/intake/item.ts";
import { foldHost } from "../shared/recognition/canonical.ts";
import { advice } from "./live-advice.ts";

/** What a single look at a source showed. */
export interface Look {
  readonly source: string;
  readonly health: Health;
  readonly reason: Reason | undefined;
  /** What the reason means here, in sentences. */
  readonly detail: string | undefined;
  readonly items: number;
  readonly newest: { readonly title: string; readonly published: string | null } | undefined;
  /** The fallback that could be read, where the source's own address could not. */
  readonly fallback: string | undefined;
  /** What to change in the source's entry of the catalogue. */
  readonly mend: readonly string[];
  readonly ms: number;
}

/** What looking needs from the world. */
export interface LiveWorld {
  readonly fetch: Fetcher;
  readonly settings: AddressSettings;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

type Content = Extract<Fetched, { kind: "content" }>;

/** How one address answered: with items, or with a failure and perhaps content that shows why. */
type Answer = { readonly address: string } & (
  | { readonly reading: Reading; readonly content: Content }
  | { readonly failure: SourceError; readonly content: Content | undefined }
);

async function ask({ fetch }: LiveWorld, source: Source, address: string, shown: Addresses["shown"]): Promise<Answer> {
  let content: Content | undefined;
  try {
    const fetched = await fetch({ url: address, userAgent: source.userAgent, ignoreRobots: source.ignoreRobots !== undefined });
    if (fetched.kind === "unchanged") throw new SourceError("unreadable", "It answered that nothing changed, though nothing was known.");
    content = fetched;
    return { address, reading: await readingOf(source, content, shown(address), shown), content };
  } catch (failure) {
    if (!(failure instanceof SourceError)) throw failure;
    return { address, failure, content };
  }
}

/** The item with the latest date, or the first where none has one. */
function newestOf(items: readonly Item[]): Item | undefined {
  return items.filter(({ published }) => published !== null).toSorted((a, b) => ((a.published ?? "") < (b.published ?? "") ? 1 : -1))[0] ?? items[0];
}

function daysSince(day: string, at: string): number {
  return Math.floor((Date.parse(at) - Date.parse(day)) / 86_400_000);
}

/** What a readable source's entry might say better. */
function remarks(source: Source, { reading, content, address }: Extract<Answer, { reading: Reading }>, { own, shown }: { readonly own: string } & Pick<Addresses, "shown">, age: number | undefined): string[] {
  const found: string[] = [];
  if (address !== own) found.push('Its own address cannot be read: put the fallback that works in "url".');
  else if (content.url !== address && new URL(content.url).hostname !== new URL(address).hostname) found.push(`It leads to ${shown(content.url)}: write that in "url".`);
  const { items, skipped } = reading;
  if (items.length > 0 && items.every(({ published }) => published === null)) {
    found.push(source.read.as === "page" && source.read.item ? 'None of its items has a date: mend the selector "date".' : "None of its items has a date, so each counts from the day on which it is first seen.");
  }
  if (skipped[0]) found.push(`${skipped.length} entries could not be read, the first because: ${skipped[0].why}`);
  if (age !== undefined && age > source.quietAfterDays) found.push(`Its newest item is ${age} days old, and "quietAfterDays" is ${source.quietAfterDays}: raise that, or look whether the publisher moved.`);
  return found;
}

/** Looks at a source once, from this machine: its own address first, then its fallbacks. */
async function look(world: LiveWorld, source: Source): Promise<Look> {
  const started = performance.now();
  const { at } = world;
  const blank = { source: source.id, detail: undefined, items: 0, newest: undefined, fallback: undefined };
  const ended = (health: Health, reason: Reason | undefined, rest: Partial<Look> & Pick<Look, "mend">): Look => ({ ...blank, health, reason, ...rest, ms: Math.round(performance.now() - started) });
  if (comesIn(source)) return ended("well", undefined, { detail: "Its mail comes in, so there is nothing to ask.", mend: [] });
  const prepared = sourceAddress(source, world.settings);
  if ("missing" in prepared) return ended("disabled", "credential", { detail: `It needs ${prepared.missing}, which is not set.`, mend: [await advice(source, "credential", undefined)] });

  const { shown, urls } = prepared;
  const [own = source.url] = urls;
  let first: Extract<Answer, { failure: SourceError }> | undefined;
  for (const address of urls) {
    const answer = await ask(world, source, address, shown);
    if ("failure" in answer) {
      first ??= answer;
      continue;
    }
    const newest = newestOf(answer.reading.items);
    const age = newest?.published ? daysSince(newest.published, at) : undefined;
    const { health } = healthAfter(null, { at, quiet: age !== undefined && age > source.quietAfterDays });
    return ended(health, undefined, {
      items: answer.reading.items.length,
      newest: newest && { title: newest.title, published: newest.published },
      fallback: address === own ? undefined : shown(address),
      detail: first?.failure.message,
      mend: remarks(source, answer, { own, shown }, age),
    });
  }
  if (!first) throw new Error(`source "${source.id}" has no address`);
  const { reason, message } = first.failure;
  if (isNotOutYet(source, first.failure)) return ended("well", undefined, { detail: `This year's is not out yet: ${shown(own)} is not there.`, mend: [] });
  const { health } = healthAfter(null, { at, reason });
  return ended(health, reason, { detail: message, mend: [await advice(source, reason, first.content)] });
}

const hostsAtOnce = 16;

/** Looks at sources, hosts side by side and a host's sources one after another, and gives each look as it comes. */
export async function lookAtAll(world: LiveWorld, sources: readonly Source[], onLook: (look: Look) => void): Promise<void> {
  const hosts = [...Map.groupBy(sources, ({ url }) => foldHost(URL.parse(url)?.hostname ?? "")).values()];
  async function worker(): Promise<void> {
    for (let group = hosts.shift(); group; group = hosts.shift()) {
      for (const source of group) onLook(await look(world, source));
    }
  }
  await Promise.all(Array.from({ length: Math.min(hostsAtOnce, hosts.length) }, worker));
}
