/**
 * Document symbols of the UN, as they stand in titles, in a field of their own, or in an address.
 * The patterns are those of the UN's own document system (un.org/Depts/DGACM/RegistrySymbols).
 */
const inText = new RegExp(
  [
    "(?<![A-Za-z0-9])(?:A/HRC/RES/(?:S-)?\\d{1,3}/\\d{1,3}",
    "A/HRC/(?:S-)?\\d{1,3}/L\\.\\d{1,3}(?:/Rev\\.\\d+)?",
    "A/HRC/WG\\.6/\\d{1,3}/[A-Z]{3}/\\d",
    "A/HRC/WGEID/\\d{2,3}/\\d",
    "A/HRC/\\d{1,3}/(?:CRP\\.)?\\d{1,3}(?:/(?:Add|Corr)\\.\\d+)?",
    "A/RES/\\d{2,3}/\\d{1,3}",
    "A/C\\.\\d/\\d{2,3}/L\\.\\d{1,3}(?:/Rev\\.\\d+)?",
    "(?:CCPR|CEDAW|CRC|CRPD|CERD|CAT|E)/C(?:\\.12)?(?:/OP[A-Z]{2})?/[A-Z]{3}/(?:CO|QPR|RQ|Q|FCO)?/?[\\d-]*",
    "S/PV\\.\\d{4,5}",
    "S/RES/\\d{4}",
    "S/20\\d\\d/\\d{1,4}",
    "(?:GA/SHC|GA/DIS|GA/COL|GA|SC|SG/SM|SG/A|DSG/SM|HR/CN)/\\d{3,5}",
    "P\\d{1,2}_TA\\(20\\d\\d\\)\\d{4}",
    "A/\\d{2,3}/\\d{2,3}(?:/Add\\.\\d+)?(?![/\\d]))",
  ].join("|"),
  "g",
);

const press: Record<string, string> = { gashc: "GA/SHC", gadis: "GA/DIS", gacol: "GA/COL", ga: "GA", sc: "SC", sgsm: "SG/SM", sga: "SG/A", dsgsm: "DSG/SM" };

/** The symbol that a UN press address carries: gashc4432 is GA/SHC/4432. */
export function pressSymbol(url: string): string | undefined {
  const [, body = "", number] = /\/(?:en\/|fr\/)?(?:\d{4}|blog)\/([a-z]{2,6})(\d{3,5})(?:\.doc\.htm|$|[?#/])/.exec(url) ?? [];
  return press[body] && number ? `${press[body]}/${number}` : undefined;
}

/** Whose addresses carry symbols. Elsewhere /news/2020/01/14/ would read as S/2020/01, a document of the Security Council. */
const symbolHosts = /^https?:\/\/(?:[a-z0-9-]+\.)*(?:un\.org|undocs\.org|ohchr\.org|ungeneva\.org|right-docs\.org|europarl\.europa\.eu)[:/]/i;

function addressSymbols(url: string): string[] {
  if (!symbolHosts.test(url)) return [];
  const rightDocs = /right-docs\.org\/doc\/(a-hrc-[a-z0-9-]+)/.exec(url)?.[1];
  const found = [...url.toUpperCase().matchAll(inText)].map(([symbol]) => symbol);
  const fromPress = pressSymbol(url);
  if (fromPress) found.push(fromPress);
  if (rightDocs) found.push(rightDocs.toUpperCase().replace(/^A-HRC-RES-(S-)?/, "A/HRC/RES/$1").replace(/^A-HRC-/, "A/HRC/").replaceAll("-", "/"));
  return found;
}

/** Every symbol that an item shows, in its title, its symbol field and its address, without repeats. */
export function symbolsOf(item: { title: string; url: string | null; symbol?: string | null | undefined }): string[] {
  const found = new Set<string>();
  if (/[/_]/.test(item.title)) for (const [symbol] of item.title.matchAll(inText)) found.add(symbol);
  for (const part of item.symbol?.split(";") ?? []) if (part.trim()) found.add(part.trim().replace(/ \(R.*\)$/, ""));
  if (item.url) for (const symbol of addressSymbols(item.url)) found.add(symbol);
  return [...found];
}

/**
 * The year of the session that a symbol names. The General Assembly's sessions open in September of
 * 1945 + n. The Human Rights Council meets three times a year, in spring as number 28 + 3 × (year − 2015).
 */
export function sessionYear(symbol: string, body: "hrc" | "ga"): number | undefined {
  if (body === "ga") {
    const session = /^A\/(?:RES\/|C\.3\/)?(\d{2,3})(?:\/|$)/.exec(symbol)?.[1];
    return session ? 1945 + Number(session) : undefined;
  }
  const session = Number(/^A\/HRC\/(?:RES\/)?(\d{1,3})\//.exec(symbol)?.[1]);
  return session >= 7 ? 2015 + Math.floor((session - 28) / 3) : undefined;
}
