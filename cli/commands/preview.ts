import type { AlertFacts, Composed } from "../../shared/alerts/alert.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { composeDigest } from "../../shared/alerts/compose-digest.ts";
import { contactSetting } from "../../shared/alerts/contact-setting.ts";
import { siteSetting } from "../../shared/alerts/site-setting.ts";
import { type Style, type TextLanguage, textLanguages } from "../../shared/alerts/texts/languages.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { knownSeries } from "../known.ts";
import { readYear } from "../moments.ts";
import type { Output } from "../output.ts";
import { messagesPage } from "../messages-page.ts";
import { otherKinds } from "../other-kinds.ts";
import { readCatalogue } from "../paths.ts";
import { editionOf, previewFacts, yearAsked } from "../preview-facts.ts";

const forms = ["email", "sms", "json"] as const;

function formOf(given: string | undefined): (typeof forms)[number] {
  const form = forms.find((one) => one === (given ?? "email"));
  if (!form) throw new UsageError(`--as "${given}" is none of ${forms.join(", ")}.`);
  return form;
}

function languageOf(given = "en"): TextLanguage {
  const language = textLanguages.find((one) => one === given);
  if (!language) throw new UsageError(`--language "${given}" is none of ${textLanguages.join(", ")}.`);
  return language;
}

function needed(args: Arguments, name: string, example: string): string {
  const value = args.text(name);
  if (value === undefined) throw new UsageError(`almanac preview needs --${name}, such as --${name} ${example}.`);
  return value;
}

/** What is sent of that kind, which are several for a correction. */
function messagesOf(facts: AlertFacts, kind: string | undefined, style: Style): Composed[] {
  if (kind === "digest") return [composeDigest({ id: "digest:example:1", at: `${facts.at.slice(0, 10)}T08:00:00Z`, pace: "weekly", alerts: [compose(facts, style)] }, style)];
  const all = [facts, ...otherKinds(facts)];
  const asked = all.filter((one) => one.kind === (kind ?? facts.kind));
  if (asked.length === 0) throw new UsageError(`--kind "${kind}" is none of ${[...new Set(all.map((one) => one.kind)), "digest"].join(", ")}.`);
  return asked.map((one) => compose(one, style));
}

function shown({ email, sms, json }: Composed, form: (typeof forms)[number]): string {
  if (form === "json") return json;
  return form === "sms" ? sms : `Subject: ${email.subject}\n\n${email.text.trimEnd()}`;
}

async function run(args: Arguments, output: Output): Promise<void> {
  if (args.flag("page")) return output.line(messagesPage(await readCatalogue({ events: args.text("events"), sources: args.text("sources") })));
  const form = formOf(args.text("as"));
  const id = needed(args, "series", "us-state-tip-report");
  const year = readYear("--edition", needed(args, "edition", "2021"));
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const series = knownSeries(catalogue, id);
  const edition = editionOf(series, year);
  const several = series.editions.filter((one) => yearAsked(one) === year).length;
  if (several > 1) output.say(`There are ${several} editions of ${year}; this is that of ${edition.released}.`);
  const style = { language: languageOf(args.text("language")), site: siteSetting(process.env), contact: contactSetting(process.env) };
  output.line(messagesOf(previewFacts(catalogue, series, edition), args.text("kind"), style).map((message) => shown(message, form)).join("\n\n"));
}

export const command: Command = {
  summary: "show an edition's alert as it would be sent",
  usage: "--series ID --edition YEAR [--kind KIND] [--as email|sms|json] [--language en|ko]",
  help: `Composes the alert on an edition of the catalogue, as it would be sent on the day it came out.
Needs no data folder and sends nothing.

  --series ID        the series
  --edition YEAR     the edition, by its year
  --kind KIND        instead, as it would be announced (notice), be late, be out of sight (blind), be found
                     changed (changes), be taken back (correction), or be told in a weekly digest (digest):
                     with facts that are made up, to show the words
  --as FORM          email (the default), sms, or json (what https and queue subscribers get)
  --language CODE    in English (en, the default) or Korean (ko)
  --page             instead, docs/messages.md: thirty messages, in every language
  --events FILE      another events.json; --sources FILE another sources.json

examples:
  almanac preview --series us-state-tip-report --edition 2021
  almanac preview --series us-state-human-rights-report --edition 2020 --as sms
  almanac preview --series us-state-tip-report --edition 2021 --kind late --language ko
  almanac preview --page > docs/messages.md`,
  options: { series: { type: "string" }, edition: { type: "string" }, kind: { type: "string" }, as: { type: "string" }, language: { type: "string" }, page: { type: "boolean" }, events: { type: "string" }, sources: { type: "string" } },
  run,
};
