// What a stop behind these belongs to the word. Before a capital, some may end a sentence as well.
const always =
  "mr mrs ms dr prof gen lt col maj capt cpl sgt adm gov sen rep hon rev st jr sr vs v cf viz approx al ed eds vol nos art arts para paras sec secs fig figs pp ch chap ann add corr res e.g i.e";
const abbreviations: ReadonlySet<string> = new Set(always.split(" "));
/** These are short for a word only where a number follows: "No. 5", but "It said no." */
const beforeNumbers: ReadonlySet<string> = new Set("no p jan feb mar apr jun jul aug sep sept oct nov dec".split(" "));
/** A sentence may end in these: "in the U.S. The government". */
const atEnds: ReadonlySet<string> = new Set("u.s u.n u.k e.u d.c a.m p.m inc ltd co corp etc".split(" "));
const starters = /^["'“‘([]*(?:The|This|These|Those|There|It|In|On|At|As|A|An|He|She|They|We|By|For|From|If|When|While|After|Before|During|Since|According|However|Although|No|Some|Many|Most|All|Both|Such|Under|Although|But|And)\b/;

// The mark of a note may stand behind the stop: "from other provinces.[i] The".
const ends = /[.!?。！？…](?:["'”’»)\]」』]|\s?\[[\divxlc]{1,5}\])*(?=\s|$)/gu;
/** Ideographs need no white space between sentences. */
const wideEnds = /[。！？](?:["'”’」』)]*)(?=\S)/gu;

function wordBefore(text: string, at: number): string {
  const from = Math.max(0, at - 24);
  return /[\p{L}.]+$/u.exec(text.slice(from, at))?.[0] ?? "";
}

/** Whether the stop at `at` is part of an abbreviation, an initial or a numbering, and does not end a sentence. */
function isInside(text: string, at: number, next: string): boolean {
  const word = wordBefore(text, at);
  const lower = word.toLowerCase().replace(/^\.+/, "");
  if (abbreviations.has(lower)) return true;
  if (beforeNumbers.has(lower)) return /^["“(]?\d/.test(next);
  if (atEnds.has(lower)) return !starters.test(next);
  // A single letter is an initial ("J. Smith") unless it is a plan's or a list's own name at an end.
  if (/^\p{Lu}$/u.test(word)) return /^\p{Lu}/u.test(next) && !starters.test(next);
  return /^(?:\p{L}\.)+\p{L}$/u.test(word) && !starters.test(next);
}

/** A sentence begins with a capital, a figure, a quotation mark or a script without capitals. */
function begins(next: string): boolean {
  return /^["'“”‘«([「『\-–—•*]*[\p{Lu}\p{Lt}\p{N}\p{Lo}]/u.test(next);
}

function borders(text: string): number[] {
  const found: number[] = [];
  for (const match of text.matchAll(ends)) {
    const end = match.index + match[0].length;
    const next = text.slice(end, end + 40).trimStart();
    if (next === "") continue;
    if (!begins(next)) continue;
    if (match[0].startsWith(".") && isInside(text, match.index, next)) continue;
    found.push(end);
  }
  for (const match of text.matchAll(wideEnds)) found.push(match.index + match[0].length);
  return found.sort((a, b) => a - b);
}

/** Lists with this many semicolons are read item by item. */
const listSemicolons = 2;

/** The items of a list in one sentence, each with the semicolon that ends it, and before them what the list is of. */
function items(sentence: string): string[] {
  const [first = "", ...others] = sentence.split(/(?<=;["'”’]?)\s+/);
  if (others.length < listSemicolons) return [sentence];
  const lead = /^[^:]+:(?=\s)/.exec(first)?.[0] ?? "";
  return [...(lead === "" ? [first] : [lead, first.slice(lead.length).trim()]), ...others].filter((part) => part !== "");
}

/**
 * The sentences of a paragraph, in English or Korean, as they stand. A long list in one sentence, with its items parted
 * by semicolons, gives its items: what was put into it or left out of it can be told only so.
 */
export function sentences(text: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (const end of [...borders(text), text.length]) {
    const sentence = text.slice(from, end).trim();
    if (sentence !== "") for (const item of items(sentence)) found.push(item);
    from = end;
  }
  return found;
}
