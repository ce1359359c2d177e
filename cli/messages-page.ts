import type { AlertFacts, Composed } from "../shared/alerts/alert.ts";
import { compose } from "../shared/alerts/compose.ts";
import { composeDigest } from "../shared/alerts/compose-digest.ts";
import { type TextLanguage, textLanguages } from "../shared/alerts/texts/languages.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";
import { otherKinds } from "./other-kinds.ts";
import { previewFacts } from "./preview-facts.ts";

const most = 30;
const names: Readonly<Record<TextLanguage, string>> = { en: "English", ko: "Korean" };

/** The newest edition of each series whose day and address are known, as alerts on them would say it. */
export function exampleFacts(catalogue: Catalogue): AlertFacts[] {
  const facts = catalogue.series.flatMap((series) => {
    const edition = series.editions.findLast(({ released, url }) => released !== "unknown" && url !== undefined);
    return edition ? [previewFacts(catalogue, series, edition)] : [];
  });
  return facts.slice(0, most);
}

const fenced = (text: string): string => `\`\`\`\`text\n${text.trimEnd()}\n\`\`\`\``;

function shown({ email, sms }: Composed, language: TextLanguage): string {
  return `${names[language]}:\n\n${fenced(`Subject: ${email.subject}\n\n${email.text}`)}\n\n${fenced(sms)}`;
}

function example(facts: AlertFacts): string {
  const name = `${facts.series?.id ?? facts.id} ${facts.edition ?? facts.at.slice(0, 10)}, ${facts.kind}`;
  return `### ${name}\n\n${textLanguages.map((language) => shown(compose(facts, { language, site: null }), language)).join("\n\n")}`;
}

function digests(facts: readonly AlertFacts[]): string {
  const told = textLanguages.map((language) => {
    const alerts = facts.slice(0, 5).map((one) => compose(one, { language, site: null }));
    return shown(composeDigest({ id: "digest:example:1", at: "2026-11-23T08:00:00Z", pace: "weekly", alerts }, { language, site: null }), language);
  });
  return `### A weekly digest\n\n${told.join("\n\n")}`;
}

/** The page docs/messages.md: what people get, by the code that writes it. */
export function messagesPage(catalogue: Catalogue): string {
  const facts = exampleFacts(catalogue);
  const [first] = facts;
  return [
    "# Messages",
    `What people get, in ${Object.values(names).join(" and ")}: an email and an SMS each. This page is made by \`npm run -s almanac -- preview --page > docs/messages.md\`; a test fails where it no longer says what the code says. Names of series and publishers come from the catalogue, in the reader's language where it has them; titles, quotations and the names of sources stay as their publishers write them.`,
    "An SMS is one part: 148 GSM-7 septets in English, 58 UCS-2 units in Korean, because SNS puts the topic's name and two characters in front. A link is never cut: what does not fit gives way to the site's short address where there is a site, and else to the host. Where room is left it says how to end them. These are without `ALMANAC_CONTACT`; where it is set, emails and SMS name it for that. [channels.md](channels.md#ending-sms) says where a reply of STOP works.",
    "Programs get JSON, by [alert.schema.json](../alert.schema.json):",
    `\`\`\`json\n${first ? JSON.stringify(JSON.parse(compose(first).json), null, 2) : "{}"}\n\`\`\``,
    `## ${facts.length} editions and items`,
    ...facts.map(example),
    "## The other kinds",
    "These never rang: they show what would be said of the first of the editions above.",
    ...(first ? otherKinds(first) : []).map(example),
    digests(facts),
  ].join("\n\n");
}
