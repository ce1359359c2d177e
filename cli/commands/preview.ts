import { editionFacts, knownOf } from "../../functions/notify/facts.ts";
import { compose } from "../../shared/alerts/compose.ts";
import type { AlertFacts } from "../../shared/alerts/alert.ts";
import type { Catalogue, Edition, Series } from "../../shared/catalogue/schema.ts";
import { compile } from "../../shared/recognition/compile.ts";
import { match } from "../../shared/recognition/match.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { knownSeries } from "../known.ts";
import { readYear } from "../moments.ts";
import type { Output } from "../output.ts";
import { readCatalogue } from "../paths.ts";

const forms = ["email", "sms", "json"] as const;

function formOf(given: string | undefined): (typeof forms)[number] {
  const form = forms.find((one) => one === (given ?? "email"));
  if (!form) throw new UsageError(`--as "${given}" is none of ${forms.join(", ")}.`);
  return form;
}

function needed(args: Arguments, name: string, example: string): string {
  const value = args.text(name);
  if (value === undefined) throw new UsageError(`almanac preview needs --${name}, such as --${name} ${example}.`);
  return value;
}

/** The year by which an edition is asked for: its own, or that of its day where a series is not counted by years. */
function yearAsked({ year, released }: Edition): number | null {
  return year ?? (released === "unknown" ? null : Number(released.slice(0, 4)));
}

/** The edition of that year, the last whose day is known where there are several. Throws UsageError with those that there are. */
function editionOf({ id, editions }: Series, year: number): Edition {
  const ofYear = editions.filter((edition) => yearAsked(edition) === year);
  const found = ofYear.findLast(({ released }) => released !== "unknown") ?? ofYear[0];
  if (found) return found;
  const years = [...new Set(editions.map(yearAsked).filter((known) => known !== null))];
  throw new UsageError(`the catalogue has no edition ${year} of ${id}. ${years.length > 0 ? `It has ${years.join(", ")}.` : "It has none whose year is known."}`);
}

/**
 * The facts of the alert that rang, or would have rung, when this edition came out: from the catalogue alone, and as
 * if its publisher's first source had shown the thing itself.
 */
function previewFacts(catalogue: Catalogue, series: Series, edition: Edition): AlertFacts {
  const carrying = catalogue.sources.filter(({ carries }) => carries.includes(series.id));
  const source = carrying.find(({ publisher }) => publisher === series.publisher);
  const { title = `${series.name}${edition.year === null ? "" : ` ${edition.year}`}`, url = null, symbol = null, released } = edition;
  const item = { source: source?.id ?? series.publisher, title, url, symbol, published: released === "unknown" ? null : released };
  const { series: matched, why } = match(compile(catalogue), item);
  const ring = {
    ...item,
    alert: `edition:${series.id}:${edition.year}`,
    kind: "edition",
    at: released,
    update: false,
    basis: "release",
    language: source?.language ?? null,
    why: matched === series.id ? why : ["the catalogue lists this edition"],
  } as const;
  const facts = editionFacts(knownOf(catalogue), { series: series.id, year: edition.year }, ring, []);
  return series.year ? facts : { ...facts, kind: "about" };
}

async function run(args: Arguments, output: Output): Promise<void> {
  const form = formOf(args.text("as"));
  const id = needed(args, "series", "us-state-tip-report");
  const year = readYear("--edition", needed(args, "edition", "2021"));
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const series = knownSeries(catalogue, id);
  const edition = editionOf(series, year);
  const several = series.editions.filter((one) => yearAsked(one) === year).length;
  if (several > 1) output.say(`There are ${several} editions of ${year}; this is that of ${edition.released}.`);
  const { email, sms, json } = compose(previewFacts(catalogue, series, edition));
  if (form === "json") output.line(json);
  else output.line(form === "sms" ? sms : `Subject: ${email.subject}\n\n${email.text.trimEnd()}`);
}

export const command: Command = {
  summary: "show an edition's alert as it would be sent",
  usage: "--series ID --edition YEAR [--as email|sms|json]",
  help: `Composes the alert on an edition of the catalogue, as it would be sent on the day it came out.
Needs no data folder and sends nothing.

  --series ID        the series
  --edition YEAR     the edition, by its year
  --as FORM          email (the default), sms, or json (what https and queue subscribers get)
  --events FILE      another events.json; --sources FILE another sources.json

examples:
  almanac preview --series us-state-tip-report --edition 2021
  almanac preview --series un-hrc-dprk-resolution --edition 2020 --as sms`,
  options: { series: { type: "string" }, edition: { type: "string" }, as: { type: "string" }, events: { type: "string" }, sources: { type: "string" } },
  run,
};
