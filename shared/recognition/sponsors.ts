/**
 * A library's title or note without those who sponsored the text. "The right to food : draft resolution /
 * Cuba and …" is not on Cuba. Who adopted it stays, since that says what it is.
 */
export function withoutSponsors(text: string): string {
  if (!text.includes(" / ") && !text.includes("sponsors:")) return text;
  return text
    .replace(/(\b(?:resolutions?|decisions?|amendments?)) \/ (?!(?:as )?adopted).*$/is, "$1")
    .replace(/\b(?:additional |co-?)?sponsors: .*$/is, "");
}
