import { canonicalAddress } from "./canonical.ts";
import type { Compiled } from "./compile.ts";
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
  /** The phrases of title and summary together, found when a rule first asks. */
  readonly text: () => { readonly found: ReadonlySet<number>; readonly country: boolean };
}

function publishersOf(compiled: Compiled, item: Matchable, address: string | undefined): string[] {
  const named = compiled.publisherOfSource(item.source ?? "");
  const publishers = named === undefined ? [] : [named];
  if (address === undefined) return publishers;
  const slash = address.indexOf("/");
  const byAddress = slash < 0 ? compiled.publisherOfHost(address, "") : compiled.publisherOfHost(address.slice(0, slash), address.slice(slash));
  if (byAddress !== undefined && byAddress !== named) publishers.push(byAddress);
  return publishers;
}

/** Whether everything in the source of an item is on the theme. */
export function isAboutCountry(compiled: Compiled, { source }: Matchable): boolean {
  return source !== null && (compiled.sources.get(source)?.aboutCountry ?? false);
}

/** The summary of an item without those who sponsored the text; at most 2000 characters. */
export function summaryOf({ summary }: Matchable): string {
  return summary ? withoutSponsors(summary.slice(0, 2000)) : "";
}

/** Reads an item: its title folded, the catalogue's phrases in it, its symbols and address, and whose it is. */
export function readItem(compiled: Compiled, item: Matchable): Reading {
  const title = withoutSite(withoutSponsors(plain(item.title)), compiled.isPublisher);
  const folded = foldPlain(title);
  const hits = compiled.phrases.find(folded);
  const address = item.url ? canonicalAddress(item.url) : undefined;
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
    text: () => {
      if (!text) {
        const summary = summaryOf(item);
        const both = summary ? `${folded} ${fold(summary)}` : folded;
        text = { found: new Set(compiled.phrases.find(both).map(({ phrase }) => phrase)), country: compiled.names.in(both) };
      }
      return text;
    },
  };
}
