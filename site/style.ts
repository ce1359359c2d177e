import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** The one stylesheet of the site. */
export const style = readFileSync(new URL("style.css", import.meta.url), "utf8");

/** Where it is: the address follows from what it says, so that it can be kept for ever. */
export const stylePath = `/style-${createHash("sha256").update(style).digest("hex").slice(0, 12)}.css`;

/** The icon: a year with a mark in it. */
export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1d4f76"/><rect x="5" y="12" width="22" height="8" rx="2" fill="#9fc5e3"/><circle cx="20" cy="16" r="6" fill="#fff"/></svg>';
