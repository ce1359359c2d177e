import { safeText, wrap } from "./safe-text.ts";

/** What is different in an edition, for an alert of kind `changes`. */
export interface ChangesFacts {
  /** The year of the edition that it was compared with. */
  readonly against: number | null;
  /** Sentences, the most important first. */
  readonly summary: readonly string[];
}

const sentencesMost = 30;
const sentenceMost = 600;

/** The sentences as they may be shown: safe, each on one line; none where nothing is known. */
export function changesSentences(changes: ChangesFacts | undefined): string[] {
  const said = (changes?.summary ?? []).slice(0, sentencesMost).map((sentence) => safeText(sentence, sentenceMost));
  return said.filter((sentence) => sentence !== "");
}

/** The part of an email that tells what is different, or null where nothing is known. */
export function changesText(changes: ChangesFacts | undefined): string | null {
  const said = changesSentences(changes);
  return said.length === 0 ? null : said.map((sentence) => wrap(`- ${sentence}`, 72, "  ")).join("\n");
}
