import { canonicalAddress, foldHost } from "./canonical.ts";
import type { Compiled } from "./compile.ts";
import { namesCountry } from "./country.ts";
import { fold, foldPlain, plain } from "./fold.ts";
import type { Matchable } from "./match.ts";
import type { Hit } from "./phrases.ts";
import { withoutSite } from "./site-suffix.ts";
import { withoutSponsors } from "./sponsors.ts";
import { symbolsOf } from "./symbols.ts";

/** What was read of an item before any rule was tried. */
export interface Reading {
  readonly item: Matchable;
  /** The title in plain characters, without sponsors and the name of its site. */
  readonly title: string;
  readonly folded: string;
  readonly hits: readonly Hit[];
  readonly found: ReadonlySet<number>;
  readonly symbols: readonly string[];
  readonly address: string | undefined;
  readonly publishers: readonly string[];
  readonly aboutCountry: boolean;
  /** Without those who sponsored the text; at most 2000 characters. */
  readonly summary: string;
  /** The phrases of title and summary together, found when a rule first asks. */
  readonly text: () => { readonly found: ReadonlySet<number>; readonly country: boolean };
}

function publishersOf(compiled: Compiled, item: Matchable, address: string | undefined): string[] {
  const found = new Set<string>();
  const source = item.source ?? "";
  const known = compiled.sources.get(source);
  const named = known?.publisher ?? compiled.publisherOfName(source) ?? (source.includes(".") ? compiled.publisherOfHost(foldHost(source), "") : undefined);
  if (named) found.add(named);
  if (address) {
    const slash = address.indexOf("/");
    const host = slash < 0 ? address : address.slice(0, slash);
    const byAddress = compiled.publisherOfHost(host, slash < 0 ? "" : address.slice(slash));
    if (byAddress) found.add(byAddress);
  }
  return [...found];
}

/** Reads an item: its title folded, the catalogue's phrases in it, its symbols and address, and whose it is. */
export function readItem(compiled: Compiled, item: Matchable): Reading {
  const title = withoutSite(withoutSponsors(plain(item.title)), (name) => compiled.isPublisher(name));
  const folded = foldPlain(title);
  const hits = compiled.phrases.find(folded);
  const address = item.url ? canonicalAddress(item.url) : undefined;
  const summary = withoutSponsors(item.summary?.slice(0, 2000) ?? "");
  let text: ReturnType<Reading["text"]> | undefined;
  return {
    item,
    title,
    folded,
    hits,
    found: new Set(hits.map(({ phrase }) => phrase)),
    symbols: symbolsOf({ ...item, title }),
    address,
    publishers: publishersOf(compiled, item, address),
    aboutCountry: compiled.sources.get(item.source ?? "")?.aboutCountry ?? false,
    summary,
    text: () => {
      if (!text) {
        const both = summary ? `${folded} ${fold(summary)}` : folded;
        text = { found: new Set(compiled.phrases.find(both).map(({ phrase }) => phrase)), country: namesCountry(both) };
      }
      return text;
    },
  };
}
