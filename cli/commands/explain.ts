import { createBodyReader } from "../../functions/poll/body.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { createFetcher, type Fetcher } from "../../shared/intake/fetch.ts";
import { SourceError } from "../../shared/intake/health.ts";
import { compile, type Compiled } from "../../shared/recognition/compile.ts";
import { explainMatch } from "../../shared/recognition/explain.ts";
import type { Matchable, Recognised } from "../../shared/recognition/match.ts";
import { type Arguments, type Command, Failure, UsageError } from "../command.ts";
import { explanationLines, recordLines } from "../explain-words.ts";
import { readMoment } from "../moments.ts";
import { onRecord, type OnRecord } from "../on-record.ts";
import type { Output } from "../output.ts";
import { readCatalogue } from "../paths.ts";
import { type Target, targetHelp, targetName, targetOf, targetOptions } from "../target.ts";
import { withTableIfAny } from "../with-table.ts";

/** What the command line says of the item; it stands over what record or page say. */
interface Given {
  readonly source: string | null;
  readonly published: string | null;
  readonly summary: string | null;
}

function givenBy(args: Arguments): Given {
  const published = args.text("published");
  return { source: args.text("source") ?? null, published: published === undefined ? null : readMoment("--published", published), summary: args.text("summary") ?? null };
}

async function recorded(target: Target, output: Output, url: string): Promise<OnRecord | undefined> {
  let found: OnRecord | undefined;
  await withTableIfAny(target, output, async (table) => {
    if (table) found = await onRecord(table, url, new Date(systemClock.now()).getUTCFullYear());
  });
  return found;
}

/** The item that a page is, by what the page says of itself, and the way to what was fetched. */
async function fetchItem(args: Arguments, catalogue: Catalogue, url: string, given: Given): Promise<{ item: Matchable; fetch: Fetcher }> {
  const source = catalogue.sources.find(({ id }) => id === given.source);
  const fetcher = createFetcher({ contact: process.env["ALMANAC_CONTACT"], allowLoopback: args.flag("allow-loopback"), clock: systemClock });
  try {
    const fetched = await fetcher({ url, userAgent: source?.userAgent, ignoreRobots: source?.ignoreRobots !== undefined, accept: "text/html, */*;q=0.5" });
    if (fetched.kind !== "content") throw new Failure(`${url} answered with nothing`);
    const { pageHead } = await import("../../shared/intake/page-head.ts");
    const { title, published, summary } = pageHead(fetched.bytes, fetched.contentType);
    if (title === null) throw new Failure(`${url} was read, and has no title. Explain the title that you see: almanac explain "TITLE" --source ${new URL(url).hostname}`);
    const item = { source: given.source ?? new URL(url).hostname, title, url, published: given.published ?? published, summary: given.summary ?? summary };
    return { item, fetch: async () => fetched };
  } catch (error) {
    if (error instanceof SourceError) throw new Failure(`${url} could not be read (${error.reason}): ${error.message}`, { cause: error });
    throw error;
  } finally {
    await fetcher.close();
  }
}

interface Explained {
  readonly item: Matchable;
  readonly record: OnRecord | undefined;
  /** The page, where it was fetched and so can decide. */
  readonly fetch: Fetcher | undefined;
}

async function itemOf(args: Arguments, output: Output, catalogue: Catalogue, given: Given): Promise<Explained> {
  const target = targetOf(args);
  const words = args.positionals.join(" ").trim();
  const isAddress = /^https?:\/\/\S+$/i.test(words);
  if (!isAddress) {
    if (args.flag("fetch")) throw new UsageError(`--fetch reads a page, and "${words}" is no address. Write it with https:// in front.`);
    return { item: { ...given, title: words, url: null }, record: undefined, fetch: undefined };
  }
  const record = await recorded(target, output, words);
  if (args.flag("fetch")) return { ...(await fetchItem(args, catalogue, words, given)), record };
  if (!record) {
    throw new UsageError(`${words} is not on record in ${targetName(target)}. Add --fetch to read the page, or explain its title: almanac explain "TITLE" --source ${URL.parse(words)?.hostname ?? "HOST"}`);
  }
  const { title, url, published, source, symbol } = record.item;
  return { item: { title, url, symbol, published: given.published ?? published, source: given.source ?? source, summary: given.summary }, record, fetch: undefined };
}

async function decided(compiled: Compiled, catalogue: Catalogue, { item, fetch }: Explained, verdict: Recognised): Promise<Recognised> {
  if (!fetch || verdict.role !== null || !verdict.body) return verdict;
  const source = compiled.sources.has(item.source ?? "") ? catalogue.sources.find(({ id }) => id === item.source) : undefined;
  return createBodyReader(fetch, compiled.names)(item, source, verdict);
}

function recordJson({ item, edition }: OnRecord): object {
  const { id, title, url, published, seen, source, relevance, series = null, edition: key, role, why, earlierTitles } = item;
  const shown = edition && { key: edition.key, status: edition.status, basis: edition.basis, silent: edition.silent, sightingCount: edition.sightingCount, sightings: edition.sightings, alerts: edition.rings.map(({ alert, at }) => ({ alert, at })) };
  return { id, title, url, published, seen, source, relevance, series, edition: key, role, why, earlierTitles, shows: shown ?? null };
}

async function run(args: Arguments, output: Output): Promise<void> {
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const given = givenBy(args);
  const explained = await itemOf(args, output, catalogue, given);
  const { item, record } = explained;
  const compiled = compile(catalogue);
  const explanation = explainMatch(compiled, item);
  const verdict = await decided(compiled, catalogue, explained, explanation.verdict);
  if (args.flag("json")) {
    const { relevance, series, edition, role, why } = verdict;
    return output.json({ item, ...explanation, verdict: { relevance, series, edition, role, why }, record: record ? recordJson(record) : null });
  }
  const onFile = record ? [...recordLines(record), "", output.style("bold", "As the catalogue reads it now:")] : [];
  for (const line of [...onFile, ...explanationLines(item, explanation, verdict)]) output.line(line);
}

export const command: Command = {
  summary: "show how an item is read, step by step",
  usage: "URL|TITLE [--source ID|HOST] [--published DAY] [--summary TEXT] [--fetch] [--data DIR|--stage NAME] [--json]",
  help: `For whoever writes the catalogue: what an item's title folds to, the countries, symbols and phrases
found in it, whose it counts as, every rule that was tried with what held and what failed, how role
and edition were decided, and the verdict. An address is explained from the record: what is stored,
its earlier titles, its edition and what else showed it; then as the catalogue reads it now.

  --source ID        where it was seen: a source's id, a host, or a publisher's name
  --published DAY    its date: 2021-07-01 or a moment
  --summary TEXT     its summary
  --fetch            read the page at the address: its title, date and summary, and its body where
                     only that can tell
  --allow-loopback   with --fetch: let servers on this machine be read
${targetHelp}
  --json             all of it as one line of JSON

examples:
  almanac explain "Annual report 2021 published" --source SOURCE --published 2021-07-01
  almanac explain https://publisher.example/annual-report-2021
  almanac explain https://www.ohchr.org/en/news/2025/04/adopts-32-resolutions --fetch`,
  words: [1, 100],
  options: {
    source: { type: "string" },
    published: { type: "string" },
    summary: { type: "string" },
    fetch: { type: "boolean" },
    "allow-loopback": { type: "boolean" },
    ...targetOptions,
    events: { type: "string" },
    sources: { type: "string" },
    json: { type: "boolean" },
  },
  run,
};
