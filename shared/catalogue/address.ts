import { foldHost } from "../recognition/canonical.ts";
import type { Source } from "./schema.ts";

/** What a source's addresses are made with. */
export interface AddressSettings {
  readonly year: number;
  /** Credentials by the name of their environment variable. */
  readonly credentials: Readonly<Record<string, string | undefined>>;
}

/** The addresses that a source is asked at. They hold its credential, so none is said or kept but as `shown` gives it. */
export interface Addresses {
  readonly urls: readonly string[];
  /** An address, or a text with addresses in it, with the credential's name in braces where the credential stands. */
  readonly shown: (text: string) => string;
}

/**
 * A source's addresses, its own first: `{year}` is the year, and the name of its credential in braces is the
 * credential. `missing` names the variable where a credential is needed and not set.
 */
export function sourceAddress(source: Source, { year, credentials }: AddressSettings): Addresses | { readonly missing: string } {
  const name = source.credential;
  const dated = [source.url, ...source.fallbacks].map((url) => url.replaceAll("{year}", String(year)));
  if (name === undefined) return { urls: dated, shown: (text) => text };
  const credential = credentials[name];
  if (!credential) return { missing: name };
  const urls = dated.map((url) => url.replaceAll(`{${name}}`, encodeURIComponent(credential)));
  const unfilled = new Map(urls.map((url, index) => [url, dated[index] ?? url]));
  const hide = hiding(credential, `{${name}}`);
  return { urls, shown: (text) => unfilled.get(text) ?? hide(text) };
}

/** Puts a name for a credential where it is a whole piece of an address. Elsewhere it may be a word like any other. */
function hiding(credential: string, name: string): (text: string) => string {
  const spelt = [...new Set([credential, encodeURIComponent(credential), new URLSearchParams([["", credential]]).toString().slice(1)])];
  const piece = new RegExp(`(?<=[/=])(?:${spelt.map((one) => one.replace(/\W/g, "\\$&")).join("|")})(?![\\w%+-])`, "g");
  return (text) => text.replace(piece, () => name);
}

/** An address of a source's state that may be said. States of earlier versions hold credentials: of those it is the catalogue's. */
export function sayableAddress({ url: own, fallbacks, credential }: Pick<Source, "url" | "fallbacks" | "credential">, url: string): string {
  return credential === undefined || url.includes(`{${credential}}`) || fallbacks.includes(url) ? url : own;
}

/** The host that a source is asked at, its aliases folded to one: it is asked one thing at a time. */
export function sourceHost({ id, url }: Pick<Source, "id" | "url">): string {
  return foldHost(URL.parse(url)?.hostname ?? id);
}
