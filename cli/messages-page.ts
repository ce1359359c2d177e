import type { Composed } from "../shared/alerts/alert.ts";
import { compose } from "../shared/alerts/compose.ts";
import { type TextLanguage, textLanguages } from "../shared/alerts/texts/languages.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";
import { type Previewed, previewFacts } from "./preview-facts.ts";
import { type Preview, previews } from "./preview-messages.ts";

const most = 30;
const names: Readonly<Record<TextLanguage, string>> = { en: "English", ko: "Korean" };

/** The newest edition of each series whose day and address are known. */
export function exampleEditions(catalogue: Catalogue): Previewed[] {
  const found = catalogue.series.flatMap((series) => {
    const edition = series.editions.findLast(({ released, url }) => released !== "unknown" && url !== undefined);
    return edition ? [{ catalogue, series, edition }] : [];
  });
  return found.slice(0, most);
}

const fenced = (text: string): string => `\`\`\`\`text\n${text.trimEnd()}\n\`\`\`\``;

function shown({ email, sms }: Composed, language: TextLanguage): string {
  return `${names[language]}:\n\n${fenced(`Subject: ${email.subject}\n\n${email.text}`)}\n\n${fenced(sms)}`;
}

const example = (title: string, write: Preview["write"], site: string | null = null): string => `### ${title}\n\n${textLanguages.map((language) => shown(write({ language, site }), language)).join("\n\n")}`;

function editionExample(previewed: Previewed): string {
  const facts = previewFacts(previewed);
  return example(`${facts.series?.id ?? facts.id} ${facts.edition ?? facts.at.slice(0, 10)}, ${facts.kind}`, (style) => compose(facts, style));
}

/** The other messages on an edition, and those of a series that keeps to no years which that has not. */
function others(first: Previewed, yearless: Previewed | undefined): string[] {
  const all = previews(first).filter(({ name }) => name !== "edition");
  const known = new Set(["about-other", ...all.map(({ name }) => name)]);
  const more = yearless ? previews(yearless).filter(({ name }) => !known.has(name)) : [];
  return [...all, ...more].map(({ name, write }) => example(name, write));
}

/** The page docs/messages.md: what people get, by the code that writes it. */
export function messagesPage(catalogue: Catalogue): string {
  const editions = exampleEditions(catalogue);
  const [first] = editions;
  return [
    "# Messages",
    `What people get, in ${Object.values(names).join(" and ")}: an email and an SMS each. This page is made by \`npm run -s almanac -- preview --page > docs/messages.md\`; a test fails where it no longer says what the code says. Names of series and publishers come from the catalogue, in the reader's language where it has them; titles, quotations and the names of sources stay as their publishers write them.`,
    "An SMS is one part: 148 GSM-7 septets in English, 58 UCS-2 units in Korean, because SNS puts the topic's name and two characters in front. A link is never cut: what does not fit gives way to the site's short address where there is a site, and else to the host. Where room is left it says how to end them. These are without `ALMANAC_CONTACT`; where it is set, emails and SMS name it for that. [channels.md](channels.md#ending-sms) says where a reply of STOP works.",
    "Programs get JSON, by [alert.schema.json](../alert.schema.json):",
    `\`\`\`json\n${first ? JSON.stringify(JSON.parse(compose(previewFacts(first)).json), null, 2) : "{}"}\n\`\`\``,
    `## ${editions.length} editions and items`,
    ...editions.map(editionExample),
    "## The other messages",
    "By the names that `--kind` of `almanac preview` takes, on the first of the editions above. Late and blind are what would have been told had it not come, from the days of the editions before it. The others never rang: their facts are made up, to show the words.",
    ...(first ? others(first, editions.find(({ series }) => !series.year)) : []),
    "## Where there is a site",
    "With `ALMANAC_SITE` emails have the page of the edition, or of its series where that may have none:",
    ...(first ? previews(first).filter(({ name }) => name === "edition" || name === "late").map(({ name, write }) => example(`${name}, with a site`, write, "https://almanac.example")) : []),
  ].join("\n\n");
}
