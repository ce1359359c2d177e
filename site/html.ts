import { html } from "hono/html";

/** A piece of a page. All that is put into it was escaped, but for other pieces. */
export type Html = ReturnType<typeof html>;

/** Whether an address may be followed from a page: http and https alone. */
export function isWeb(address: string): boolean {
  const protocol = URL.parse(address)?.protocol;
  return protocol === "http:" || protocol === "https:";
}

/**
 * The one way in which a page links to somewhere else. An address that is not http or https is no link, only its
 * label is shown. The page that is opened learns nothing of where it was opened from.
 */
export function outsideLink(address: string | null, label: string | Html): Html {
  if (address === null || !isWeb(address)) return html`${label}`;
  return html`<a href="${address}" rel="noopener noreferrer">${label}</a>`;
}

/** The pieces that are there, one after another. */
export function each<Member>(members: Iterable<Member>, piece: (member: Member) => Html | string): Html {
  return html`${[...members].map(piece)}`;
}

/** The piece if this is there, else nothing. */
export function when<Value>(value: Value | null | undefined | false | "", piece: (value: Value) => Html | string): Html | string {
  return value === null || value === undefined || value === false || value === "" ? "" : piece(value);
}
