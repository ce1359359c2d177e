import { foldHost } from "../recognition/canonical.ts";
import type { Source } from "./schema.ts";

/** What a source's addresses are made with. */
export interface AddressSettings {
  readonly year: number;
  /** Credentials by the name of their environment variable. */
  readonly credentials: Readonly<Record<string, string | undefined>>;
}

/**
 * A source's addresses, its own first: `{year}` is the year, and the name of its credential in braces is the
 * credential. `missing` names the variable where a credential is needed and not set.
 */
export function sourceAddress(source: Source, { year, credentials }: AddressSettings): { readonly urls: readonly string[] } | { readonly missing: string } {
  const name = source.credential;
  const credential = name === undefined ? undefined : credentials[name];
  if (name !== undefined && !credential) return { missing: name };
  const fill = (url: string): string => {
    const dated = url.replaceAll("{year}", String(year));
    return name === undefined ? dated : dated.replaceAll(`{${name}}`, encodeURIComponent(credential ?? ""));
  };
  return { urls: [source.url, ...source.fallbacks].map(fill) };
}

/** The host that a source is asked at, its aliases folded to one: it is asked one thing at a time. */
export function sourceHost({ id, url }: Pick<Source, "id" | "url">): string {
  return foldHost(URL.parse(url)?.hostname ?? id);
}
