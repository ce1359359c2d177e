import { titleParts } from "./page-title.ts";

// What a firewall's page calls itself. Each was seen in place of a feed or page (facts gathered until 2026-11-24).
const titles = [
  "just a moment",
  "attention required!",
  "access denied",
  "request access",
  "pardon our interruption",
  "human verification",
  "are you a robot",
  "security check",
  "ddos protection by",
  "ddos-guard",
  "one more step",
  "verifying you are human",
  "bot verification",
  "request rejected",
  "403 forbidden",
  "captcha",
];

// What stands in the code of such pages. Ordinary pages may carry some of it, so it counts only on a page without links.
const marks = [
  "cf-chl",
  "_cf_chl_opt",
  "cf-browser-verification",
  "cf-error-details",
  "awswafcookiedomainlist",
  "awswafintegration",
  "unblock.federalregister.gov",
  "_incapsula_resource",
  "incapsula incident",
  "sucuri website firewall",
  "errors.edgesuite.net",
  "distil_r_captcha",
  "px-captcha",
  "perimeterx",
  "datadome",
  "captcha",
  "aggressive automated scraping",
  "the requested url was rejected",
  "enable javascript and cookies to continue",
  "you don't have permission to access",
];

// A challenge may link to the firewall's help and the site's contact; a listing has more links than that.
const fewLinks = 10;
// A report may well be called "Access denied: how …"; a firewall says no more than its few words.
const surplus = 25;

/** Whether a web page is a firewall's challenge or refusal rather than what was asked for. */
export function isChallenge(text: string): boolean {
  const page = text.slice(0, 200_000).toLowerCase();
  if (titleParts(page).some((part) => titles.some((start) => part.startsWith(start) && part.length <= start.length + surplus))) return true;
  return page.split("<a ", fewLinks + 2).length <= fewLinks + 1 && marks.some((mark) => page.includes(mark));
}
