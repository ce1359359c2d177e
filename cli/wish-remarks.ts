import { isRead } from "../shared/alerts/pace.ts";
import { textLanguages } from "../shared/alerts/texts/languages.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";
import type { AskedFor } from "../shared/records/subscriptions.ts";

const languageNames = new Intl.DisplayNames(["en"], { type: "language" });
const nameOf = (code: string): string => languageNames.of(code) ?? code;

/** Whoever asks for items in a language may have meant that of the messages. */
function onLanguage({ protocol, wishes: { languages }, language }: Pick<AskedFor, "protocol" | "wishes" | "language">): string[] {
  const [only] = languages;
  if (only === undefined || languages.length > 1 || only === language || !isRead({ protocol }) || !textLanguages.some((code) => code === only)) return [];
  return [`Only items in ${nameOf(only)} come, and messages are written in ${nameOf(language)}. If you meant messages in ${nameOf(only)}, write --texts ${only} in place of --language ${only}.`];
}

/** Of a series that is counted by years nothing is ever told as of no series. */
function onKinds({ wishes: { kinds, series: asked } }: Pick<AskedFor, "wishes">, { series }: Pick<Catalogue, "series">): string[] {
  const yearly = asked.filter((id) => series.find((one) => one.id === id)?.year !== undefined);
  if (!kinds.includes("about") || asked.length === 0 || yearly.length < asked.length) return [];
  return [`Nothing comes of the kind about: ${yearly.join(", ")} ${yearly.length === 1 ? "has" : "have"} yearly editions, which come as edition and notice. Leave out --kind about, or --series.`];
}

/** What a wish may not mean as it was written, a sentence each. */
export const wishRemarks = (asked: Pick<AskedFor, "protocol" | "wishes" | "language">, catalogue: Pick<Catalogue, "series">): readonly string[] => [...onLanguage(asked), ...onKinds(asked, catalogue)];
