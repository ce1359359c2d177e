import { pressSymbol } from "./symbols.ts";

const aliases: ReadonlyMap<string, string> = new Map([
  // State's archives keep the paths of the site that they copied (2009-2017 has another site's paths, and stays apart).
  ["2017-2021.state.gov", "state.gov"],
  ["2021-2025.state.gov", "state.gov"],
  ["static.un.org", "un.org"],
  ["m-en.yna.co.kr", "en.yna.co.kr"],
  ["m.yna.co.kr", "yna.co.kr"],
  ["m.reliefweb.int", "reliefweb.int"],
  ["web.test.ohchr.un-icc.cloud", "ohchr.org"],
  ["rki.kbs.co.kr", "world.kbs.co.kr"],
  ["treasury.gov", "home.treasury.gov"],
]);
const tracking = /^(?:utm_.+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ref_src|cmpid|ss_campaign.*|amp|spm|s_cid)$/i;

/** A host without `www.`, its aliases folded to one. */
export function foldHost(host: string): string {
  const bare = host.toLowerCase().replace(/^www\./, "").replace(/\.$/, "");
  return aliases.get(bare) ?? bare;
}

/** Whose addresses may become those of the UN's press, by the symbol in their path. */
const pressHosts: readonly string[] = ["press.un.org", "un.org"];

/** The hosts that the canonical address of an address may have, told from its host alone. */
export function possibleHosts(host: string): readonly string[] {
  const folded = foldHost(host);
  return pressHosts.includes(folded) ? pressHosts : [folded];
}

function keptQuery(url: URL): string {
  if (url.search === "") return "";
  const kept = [...url.searchParams].filter(([name, value]) => !tracking.test(name) && (value !== "" || !url.search.includes(`${name}=`)) && !(name === "format" && value === "amp"));
  if (kept.length === 0) return "";
  return `?${kept.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => (value === "" ? name : `${name}=${value}`)).join("&")}`;
}

/** The host and path by which two addresses of one thing are the same: http is https, aliases are one, tracking goes. */
export function canonicalAddress(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) return undefined;
  const host = foldHost(url.hostname);
  // The UN's press releases have many addresses; the symbol in the path is the one thing that stays.
  const symbol = pressHosts.includes(host) ? pressSymbol(url.pathname) : undefined;
  if (symbol) return `press.un.org/${symbol}`;
  const port = url.port && url.port !== "80" && url.port !== "443" ? `:${url.port}` : "";
  const path = decodePath(url.pathname).replace(/\/{2,}/g, "/").replace(/\/(?:index\.html?)?$/, "");
  return `${host}${port}${path}${keptQuery(url)}`;
}

/** Percent signs are spelt in either case, and some publishers escape what needs no escape. */
function decodePath(path: string): string {
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path).normalize("NFC");
  } catch {
    return path;
  }
}
