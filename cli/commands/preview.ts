import type { Composed } from "../../shared/alerts/alert.ts";
import { contactSetting } from "../../shared/alerts/contact-setting.ts";
import { siteSetting } from "../../shared/alerts/site-setting.ts";
import { type Style, type TextLanguage, textLanguages } from "../../shared/alerts/texts/languages.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { knownSeries } from "../known.ts";
import { readYear } from "../moments.ts";
import type { Output } from "../output.ts";
import { messagesPage } from "../messages-page.ts";
import { readCatalogue } from "../paths.ts";
import { editionOf, exampleOf, type Previewed, previewFacts, yearAsked } from "../preview-facts.ts";
import { previews } from "../preview-messages.ts";

const forms = ["email", "sms", "json"] as const;

function formOf(given: string | undefined): (typeof forms)[number] {
  const form = forms.find((one) => one === (given ?? "email"));
  if (!form) throw new UsageError(`--as "${given}" is none of ${forms.join(", ")}.`);
  return form;
}

function languageOf(given = "en"): TextLanguage {
  const language = textLanguages.find((one) => one === given);
  if (!language) throw new UsageError(`--texts "${given}" is none of ${textLanguages.join(", ")}.`);
  return language;
}

function needed(args: Arguments, name: string, example: string): string {
  const value = args.text(name);
  if (value === undefined) throw new UsageError(`almanac preview needs --${name}, such as --${name} ${example}.`);
  return value;
}

/** The message of that name, the edition's own where none is given. */
function messageOf(previewed: Previewed, asked: string | undefined, style: Style): Composed {
  const all = previews(previewed);
  const found = all.find(({ name }) => name === (asked ?? previewFacts(previewed).kind));
  if (!found) throw new UsageError(`--kind "${asked}" is none of ${all.map(({ name }) => name).join(", ")}.`);
  return found.write(style);
}

function shown({ email, sms, json }: Composed, form: (typeof forms)[number]): string {
  if (form === "json") return json;
  return form === "sms" ? sms : `Subject: ${email.subject}\n\n${email.text.trimEnd()}`;
}

async function run(args: Arguments, output: Output): Promise<void> {
  if (args.flag("page")) return output.line(messagesPage(await readCatalogue({ events: args.text("events"), sources: args.text("sources") })));
  const form = formOf(args.text("as"));
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const example = exampleOf(catalogue, args.text("series"));
  const id = needed(args, "series", example.series);
  const year = readYear("--edition", needed(args, "edition", example.edition));
  const series = knownSeries(catalogue, id);
  const edition = editionOf(series, year);
  const several = series.editions.filter((one) => yearAsked(one) === year).length;
  if (several > 1) output.say(`There are ${several} editions of ${year}; this is that of ${edition.released}.`);
  const style = { language: languageOf(args.text("texts") ?? args.text("language")), site: siteSetting(process.env), contact: contactSetting(process.env) };
  output.line(shown(messageOf({ catalogue, series, edition }, args.text("kind"), style), form));
}

export const command: Command = {
  summary: "show an edition's alert as it would be sent",
  usage: "--series ID --edition YEAR [--kind KIND] [--as email|sms|json] [--texts en|ko]",
  help: `Composes the alert on an edition of the catalogue, as it would be sent on the day it came out.
Needs no data folder and sends nothing.

  --series ID        the series
  --edition YEAR     the edition, by its year
  --kind KIND        another message: notice, late, blind, changes, correction, about, health or digest, or one
                     that is worded differently, such as edition-coverage, edition-update, edition-by-hand,
                     late-missed, blind-update, correction-false, health-look or digest-at-once. Late and blind
                     are as they would have been told had it not come; the others have facts that are made up,
                     to show the words. A kind that is none of them lists all
  --as FORM          email (the default), sms, or json (what https and queue subscribers get)
  --texts CODE       in English (en, the default) or Korean (ko); --language is the same here
  --page             instead, docs/messages.md: thirty messages, in every language
  --events FILE      another events.json; --sources FILE another sources.json

examples:
  almanac preview --series SERIES --edition 2021
  almanac preview --series SERIES --edition 2020 --as sms
  almanac preview --series SERIES --edition 2021 --kind late --texts ko
  almanac preview --page > docs/messages.md`,
  options: { series: { type: "string" }, edition: { type: "string" }, kind: { type: "string" }, as: { type: "string" }, texts: { type: "string" }, language: { type: "string" }, page: { type: "boolean" }, events: { type: "string" }, sources: { type: "string" } },
  run,
};
