import { createInterface } from "node:readline";
import { byId } from "../../shared/catalogue/by-id.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { match, type Matchable, type Recognised } from "../../shared/recognition/match.ts";
import { createNames } from "../../shared/recognition/names.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import type { Output } from "../output.ts";
import { readCatalogue } from "../paths.ts";
import { messageOf } from "../../shared/fault.ts";
import { readDate } from "../../shared/intake/dates.ts";

function text(record: Record<string, unknown>, key: string, line: number): string | null {
  const value = record[key];
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value;
  throw new UsageError(`line ${line}: "${key}" is a ${typeof value}, and should be text or null`);
}

/** One line of JSON as an item. */
function parseItem(json: string, line: number): Matchable {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new UsageError(`line ${line} is not JSON: ${messageOf(error)}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new UsageError(`line ${line} is not a JSON object`);
  const record: Record<string, unknown> = { ...value };
  const title = text(record, "title", line);
  if (title === null) throw new UsageError(`line ${line} has no "title"`);
  const published = text(record, "published", line);
  return {
    source: text(record, "source", line),
    title,
    url: text(record, "url", line),
    // A date that cannot be read is no date, as when a source gives it.
    published: published === null ? null : readDate(published),
    summary: text(record, "summary", line),
    symbol: text(record, "symbol", line),
  };
}

/** Decides by the linked page where only that can tell. */
interface Decider {
  decide(item: Matchable, recognised: Recognised): Promise<Recognised>;
  close(): Promise<void>;
}

/** Without --fetch nothing is decided by pages, and nothing that could reach the network is loaded. */
async function createDecider(args: Arguments, catalogue: Catalogue): Promise<Decider> {
  if (!args.flag("fetch")) return { decide: async (_, recognised) => recognised, close: async () => undefined };
  const [{ createBodyReader }, { createFetcher }] = await Promise.all([import("../../functions/poll/body.ts"), import("../../shared/intake/fetch.ts")]);
  const fetcher = createFetcher({ contact: process.env["ALMANAC_CONTACT"], allowLoopback: args.flag("allow-loopback"), clock: systemClock });
  const readBody = createBodyReader(fetcher, createNames(catalogue.theme));
  const sources = byId(catalogue.sources);
  return {
    decide: async (item, recognised) => (recognised.role === null ? readBody(item, sources.get(item.source ?? ""), recognised) : recognised),
    close: () => fetcher.close(),
  };
}

async function run(args: Arguments, output: Output): Promise<void> {
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const compiled = compile(catalogue);
  const decider = await createDecider(args, catalogue);
  let line = 0;
  try {
    for await (const json of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      line++;
      if (json.trim() === "") continue;
      const item = parseItem(json, line);
      const { relevance, series, edition, role, why } = await decider.decide(item, match(compiled, item));
      output.json({ relevance, series, edition, role, why });
      if (args.flag("explain")) output.say([item.title, `  ${series ?? relevance}${edition ? ` ${edition}` : ""}${series ? `, ${role ?? "body must be read"}` : ""}`, ...why.map((reason) => `  - ${reason}`)].join("\n"));
    }
  } finally {
    await decider.close();
  }
}

export const command: Command = {
  summary: "say what items are: series, edition, role, and why",
  usage: "[--explain] [--fetch] [--events FILE] [--sources FILE] < items.jsonl",
  help: `Reads one JSON object a line from stdin:
  {"source": …, "title": …, "url": …, "published": …, "summary": …, "symbol": …}
Any may be null but the title. \`source\` is a source id, a host or a publisher's name.
Writes one line an item, in order:
  {"relevance": "series"|"about"|"none", "series", "edition", "role", "why": […]}
role is null where only the body of the linked page can tell.

  --explain          also say it in words, on stderr
  --fetch            where only the body can tell, read the linked page; else the network is not touched
  --allow-loopback   with --fetch: let servers on this machine be read

example:
  echo '{"source":"state.gov","title":"2021 Trafficking in Persons Report","published":"2021-07-01"}' | almanac match`,
  options: { explain: { type: "boolean" }, fetch: { type: "boolean" }, "allow-loopback": { type: "boolean" }, json: { type: "boolean" }, events: { type: "string" }, sources: { type: "string" } },
  run,
};
