import { type Finding, findingsOn } from "./finding.ts";
import type { Named } from "./named-in.ts";
import type { Catalogue } from "./schema.ts";

/** Names and laws go whole into every alert, and SNS takes 256 KB a message; nobody reads longer ones anyway. */
const longest = 300;

function tooLong(what: string, text: string | undefined, { fault }: ReturnType<typeof findingsOn>): Finding[] {
  const length = text?.length ?? 0;
  return length > longest ? [fault(`its ${what} has ${length} characters, and ${longest} are the most: it goes into every alert, and SNS takes 256 KB. Shorten it.`)] : [];
}

/** The name in every language. */
function longNames({ name, translated = {} }: Named, findings: ReturnType<typeof findingsOn>): Finding[] {
  return [...tooLong("name", name, findings), ...Object.entries(translated).flatMap(([language, names]) => tooLong(`name in ${language}`, names.name, findings))];
}

/** Faults of what is too long to go into an alert by SNS. */
export function checkLengths({ series, sources, publishers }: Catalogue): Finding[] {
  return [
    ...series.flatMap((one) => [...longNames(one, findingsOn("events", one.id)), ...tooLong("law", one.due?.law, findingsOn("events", one.id))]),
    ...sources.flatMap(({ id, name }) => tooLong("name", name, findingsOn("sources", id))),
    ...publishers.flatMap((one) => longNames(one, findingsOn("sources", one.id))),
  ];
}
