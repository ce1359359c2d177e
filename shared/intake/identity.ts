import { createHash, hash } from "node:crypto";
import { canonicalAddress } from "../recognition/canonical.ts";
import { fold } from "../recognition/fold.ts";
import type { Item } from "./item.ts";

const longestId = 400;

/** The address of a whole site or of the list itself is not an item's address, though some feeds give it. */
function ownAddress(item: Item, sourceUrl: string): string | undefined {
  const address = item.url ? canonicalAddress(item.url) : undefined;
  if (!address || !/[/?]/.test(address) || address === canonicalAddress(sourceUrl)) return undefined;
  // Some lists have their items at anchors of one page. A fragment with "=" is tracking, and one with ":~:" a highlight.
  const fragment = URL.parse(item.url ?? "")?.hash ?? "";
  return fragment.length > 1 && !/[=~]/.test(fragment) ? address + fragment : address;
}

/**
 * An item's id, for ever: its canonical address, else its guid, else source, title and date. A title alone is
 * never enough: 22 releases of the State Department share one (2021). Where the address is reused each year,
 * the edition's year is part of it. Changing this makes every old item new again (pinned by a golden test).
 */
export function itemId(item: Item, source: { readonly id: string; readonly url: string; readonly reused?: boolean }, edition: number | null): string {
  const address = ownAddress(item, source.url);
  const base = address ?? (item.guid ? `${source.id}!guid:${item.guid.trim()}` : `${source.id}!title:${fold(item.title)}!${item.published?.slice(0, 10) ?? ""}`);
  const id = source.reused ? `${base}@${edition ?? item.published?.slice(0, 4) ?? ""}` : base;
  return id.length <= longestId ? id : `${id.slice(0, longestId - 41).toWellFormed()}~${createHash("sha256").update(id).digest("hex").slice(0, 40)}`;
}

function short(text: string): string {
  return hash("sha1", text, "base64url").slice(0, 8);
}

/**
 * What a source's state remembers of an item: eight characters of what it is, and eight of what it says.
 * The same id with other words is an item that was edited.
 */
export function fingerprint(item: Item, source: { readonly id: string; readonly url: string }): { readonly id: string; readonly content: string } {
  const address = ownAddress(item, source.url);
  return {
    id: short(address ?? item.guid ?? item.title),
    content: short(`${item.title}\n${item.published ?? ""}\n${item.symbol ?? ""}`),
  };
}
