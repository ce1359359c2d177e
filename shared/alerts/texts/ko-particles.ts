/** Of the digits 0 to 9, as they are read: whether the sound ends in a consonant, and whether that is ㄹ. */
const digitEndings = ["n", "l", "", "n", "", "", "n", "l", "l", ""] as const;
const firstSyllable = 0xac00;
const lastSyllable = 0xd7a3;
const finals = 28;
const rieul = 8;

/** "n" where the word ends in a consonant, "l" where that is ㄹ, "" where it ends in a vowel; undefined where that cannot be told. */
function ending(word: string): "n" | "l" | "" | undefined {
  const last = word.replace(/[^\p{L}\p{N}]+$/u, "").at(-1) ?? "";
  if (/^\d$/.test(last)) return digitEndings[Number(last)];
  const code = last.codePointAt(0) ?? 0;
  if (code < firstSyllable || code > lastSyllable) return undefined;
  const final = (code - firstSyllable) % finals;
  if (final === 0) return "";
  return final === rieul ? "l" : "n";
}

const particles = {
  subject: { n: "이", l: "이", "": "가", both: "이(가)" },
  object: { n: "을", l: "을", "": "를", both: "을(를)" },
  towards: { n: "으로", l: "로", "": "로", both: "(으)로" },
  with: { n: "과", l: "과", "": "와", both: "과(와)" },
} as const;

/**
 * The word with its particle as its last sound asks for (Korean orthography, "조사"): 이 or 가, 을 or 를, 으로 or 로, 과 or 와. What
 * does not end in Hangul or a digit gets both.
 */
export function withParticle(word: string, particle: keyof typeof particles): string {
  const end = ending(word);
  return `${word}${particles[particle][end ?? "both"]}`;
}
