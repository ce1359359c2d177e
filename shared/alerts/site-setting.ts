/**
 * The site's address by the setting ALMANAC_SITE, without the slash at its end; null where none is set. Messages then
 * have its short addresses, such as https://almanac.example/e/tip/2021. Throws a sentence where it is no address.
 */
export function siteSetting(env: Readonly<Record<string, string | undefined>>): string | null {
  const given = env["ALMANAC_SITE"] ?? "";
  if (given === "") return null;
  const url = URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) throw new Error(`ALMANAC_SITE is ${JSON.stringify(given)}, which is no address of a site: set it to one such as https://almanac.example.`);
  return url.href.replace(/\/+$/, "");
}
