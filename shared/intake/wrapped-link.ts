/** Whose links in mail count clicks: GovDelivery, which mails for most of the US government. */
const wrappers = /^(?:(?:[a-z0-9-]+\.)*govdelivery\.com|lnks\.gd)$/;

/** Whether a link leads to a mailer's own host, and so at best by way of it to what the mail tells of. */
function isWrapped(link: string): boolean {
  const url = URL.parse(link);
  return url !== null && wrappers.test(url.hostname);
}

/**
 * Where a mailer's counting link leads, without asking the mailer; the link itself where it is none or does not tell.
 * The target stands in the path (`/CL0/<target>/1/…`), at the end of the query (`/track?…&&&101&&&<target>`), or in the
 * claims of a token (`/l/<header>.<claims>.<signature>`). The sender wrote all three: nothing is believed of
 * the target but that it is an address, and its scheme is checked as that of any other link.
 */
function unwrapLink(link: string): string {
  const url = isWrapped(link) ? URL.parse(link) : null;
  if (!url) return link;
  const target = inPath(url.pathname) ?? /[?&](https?:\/\/.+)$/.exec(link)?.[1] ?? inToken(url.pathname);
  return target !== undefined && URL.canParse(target) ? target : link;
}

/** The links with their targets for their wrappers; those that do not tell where they lead come last, in their order. */
export function unwrapLinks(links: readonly string[]): readonly string[] {
  const targets = links.map(unwrapLink);
  return [...targets.filter((link) => !isWrapped(link)), ...targets.filter(isWrapped)];
}

function inPath(path: string): string | undefined {
  const encoded = /^\/CL0\/([^/]+)\//.exec(path)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function inToken(path: string): string | undefined {
  const claims = /^\/l\/[\w-]+\.([\w-]+)\.[\w-]+/.exec(path)?.[1];
  if (claims === undefined) return undefined;
  try {
    const said: unknown = JSON.parse(Buffer.from(claims, "base64url").toString("utf8"));
    return typeof said === "object" && said !== null && "url" in said && typeof said.url === "string" ? said.url : undefined;
  } catch {
    return undefined;
  }
}
