import { escapeHtml } from "../escape-html.ts";
import type { Composed } from "./alert.ts";
import { columns, safeLink } from "./safe-text.ts";

/** The width at which the text of an email is wrapped. */
const width = 72;
/** What is to be copied as it is stands on a line of its own. */
const command = /^almanac unsubscribe /;

/** The addresses that programs get as such, each of them http or https: no other may be a link. */
function linksIn(json: string): ReadonlySet<string> {
  const links = new Set<string>();
  JSON.parse(json, (key: string, value: unknown) => {
    if ((key === "url" || key === "page") && typeof value === "string" && safeLink(value) === value) links.add(value);
    return value;
  });
  return links;
}

/** The lines of a paragraph as they were before they were wrapped; a link keeps its line. */
function unwrapped(lines: readonly string[], links: ReadonlySet<string>): string[] {
  const whole: string[] = [];
  let last = "";
  for (const line of lines) {
    const [word = ""] = line.trimStart().split(" ");
    const isAlone = links.has(line) || command.test(line) || links.has(last);
    if (whole.length > 0 && !isAlone && columns(`${last} ${word}`) > width) whole.push(`${whole.pop() ?? ""} ${line.trimStart()}`);
    else whole.push(line);
    last = line;
  }
  return whole;
}

function lineHtml(line: string, links: ReadonlySet<string>): string {
  if (links.has(line)) return `<a href="${escapeHtml(line)}">${escapeHtml(line)}</a>`;
  return command.test(line) ? `<code>${escapeHtml(line)}</code>` : escapeHtml(line);
}

/**
 * An email's text as a web page of one column, for mail programs that show one: the same lines, with links where
 * programs get links. It sets no colours, so that it is dark where the reader's screen is, and loads nothing.
 */
export function emailHtml(text: string, { json }: Pick<Composed, "json">): string {
  const links = linksIn(json);
  const paragraphs = text.trimEnd().split("\n\n").map((paragraph) => {
    const lines = paragraph.split("\n");
    const isFoot = lines[0] === "-- ";
    const html = unwrapped(isFoot ? lines.slice(1) : lines, links).map((line) => lineHtml(line, links)).join("<br>\n");
    return isFoot ? `<hr>\n<p dir="auto" style="font-size:.85em">${html}</p>` : `<p dir="auto">${html}</p>`;
  });
  return [
    "<!doctype html>",
    '<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>',
    '<body style="max-width:36em;margin:1em auto;padding:0 1em;font:1em/1.5 system-ui,sans-serif;overflow-wrap:anywhere">',
    ...paragraphs,
    "</body></html>\n",
  ].join("\n");
}
