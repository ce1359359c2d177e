import { SourceError } from "./health.ts";
import { voidElements } from "./markup.ts";

const maxDepth = 256;
// Elements that authors of HTML leave open. Each may nest in the parser, so these have a bound, too, but a wide one.
const maxLoose = { html: 1000, xml: 10_000 };
// A long feed has 30 elements in each of 1,000 items, and a long page 20,000. Parsers need hundreds of bytes for each.
const maxElements = { html: 50_000, xml: 200_000 };

const loose: ReadonlySet<string> = new Set([
  ...voidElements,
  ..."p li td th tr dt dd option optgroup thead tbody tfoot colgroup rt rp".split(" "),
]);

const controls = names("input option optgroup select button datalist textarea");
const paragraphs = names("p");
/** What htmlparser2 10 closes by itself when an element opens directly inside. */
const impliesClose = new Map<string, ReadonlySet<string>>([
  ["tr", names("tr th td")],
  ["th", names("th")],
  ["td", names("thead th td")],
  ["body", names("head link script")],
  ["li", names("li")],
  ["option", names("option")],
  ["optgroup", names("optgroup option")],
  ["dd", names("dd dt")],
  ["dt", names("dd dt")],
  ["rt", names("rt rp")],
  ["rp", names("rt rp")],
  ["tbody", names("thead tbody")],
  ["tfoot", names("thead tbody")],
]);
for (const name of names("select input output button datalist textarea")) impliesClose.set(name, controls);
for (const name of names(
  "p h1 h2 h3 h4 h5 h6 address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul",
)) {
  impliesClose.set(name, paragraphs);
}

const foreign = names("svg math");
const backToHtml = names("mi mo mn ms mtext annotation-xml foreignobject desc title");

/** The elements that are open, kept exactly as htmlparser2 keeps them: whatever closes here closes there. */
export class OpenElements {
  readonly #html: boolean;
  readonly #stack: string[] = [];
  readonly #counts = new Map<string, number>();
  /** Whether "/>" closes a tag; inside of svg it does in HTML as well. */
  readonly #foreign: boolean[] = [];
  #strict = 0;
  #opened = 0;

  constructor(html: boolean) {
    this.#html = html;
  }

  /** @throws SourceError with reason too-deep or too-large. */
  open(name: string, selfClosed: boolean): void {
    this.#opened += 1;
    const most = this.#html ? maxElements.html : maxElements.xml;
    if (this.#opened > most) throw new SourceError("too-large", `The content has more than ${most} elements.`);
    if (this.#html) {
      const closes = impliesClose.get(name);
      for (let top = this.#stack.at(-1); top !== undefined && closes?.has(top); top = this.#stack.at(-1)) this.#pop();
      if (voidElements.has(name)) return;
      if (foreign.has(name)) this.#foreign.push(true);
      else if (backToHtml.has(name)) this.#foreign.push(false);
    }
    if (selfClosed && (!this.#html || this.#foreign.at(-1) === true)) return;
    this.#push(name);
  }

  close(name: string): void {
    if (this.#html && (foreign.has(name) || backToHtml.has(name))) this.#foreign.pop();
    if ((this.#html && voidElements.has(name)) || (this.#counts.get(name) ?? 0) === 0) return;
    while (this.#pop() !== name);
  }

  #push(name: string): void {
    this.#stack.push(name);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    if (!loose.has(name)) this.#strict += 1;
    if (this.#strict > maxDepth || this.#stack.length > (this.#html ? maxLoose.html : maxLoose.xml)) {
      throw new SourceError("too-deep", `Elements are nested deeper than ${maxDepth}, at <${name.slice(0, 40)}>.`);
    }
  }

  #pop(): string | undefined {
    const name = this.#stack.pop();
    if (name === undefined) return undefined;
    this.#counts.set(name, (this.#counts.get(name) ?? 1) - 1);
    if (!loose.has(name)) this.#strict -= 1;
    return name;
  }
}

function names(list: string): Set<string> {
  return new Set(list.split(" "));
}
