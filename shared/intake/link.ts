const maxLength = 4096;

/** The absolute http or https address that `href` means on a page at `base`; null for any other scheme or no address. */
export function absolute(href: string, base: string): string | null {
  const text = href.trim();
  if (text === "") return null;
  const url = URL.parse(text, base) ?? URL.parse(text);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return url.href.length <= maxLength ? url.href : null;
}
