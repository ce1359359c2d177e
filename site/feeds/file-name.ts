import type { Asked } from "../reads/item-question.ts";

/** What the name may have on every system; the name of a file that a program wrote long ago may have no other. */
const plain = (name: string): string => name.replaceAll(/[^A-Za-z0-9.-]+/g, "-");

/**
 * The header `content-disposition` of a file of items, whose name says what was asked for (RFC 6266):
 * rights-almanac-items-2020-06-us-state.csv, and of an older part of the list the day before which it begins.
 */
export function fileNamed(kind: "attachment" | "inline", { month, publisher, series, language, text, question: { after } }: Asked, extension: "csv" | "json"): string {
  const words = ["rights-almanac-items", month, publisher, series, language, text?.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, ""), after && `until-${after.at.slice(0, 10)}`];
  const name = `${words.filter((word) => word !== undefined && word !== "").join("-")}.${extension}`;
  const ascii = plain(name).replaceAll(/-+(?=[-.])/g, "");
  return ascii === name ? `${kind}; filename="${name}"` : `${kind}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`;
}
