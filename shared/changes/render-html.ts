import { escapeHtml } from "../escape-html.ts";
import { notes, type Part, type Row, rowNames, type Told, type View } from "./view.ts";
import type { Piece } from "./word-diff.ts";

/** Colours have at least 4.5 to 1 on their ground, and underlining and striking out say the same without them. */
const style = `
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--quiet:#595959;--line:#c8c8c8;--new:#0b5a1e;--new-ground:#e3f4e6;--gone:#8c1515;--gone-ground:#fbe7e7}
@media (prefers-color-scheme:dark){:root{--ink:#ececec;--paper:#161616;--quiet:#b0b0b0;--line:#4a4a4a;--new:#a6e3b3;--new-ground:#12321a;--gone:#f3b4b4;--gone-ground:#3d1616}}
body{font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:72rem;margin:0 auto;padding:1rem}
h1{line-height:1.2}h2{margin-top:2rem}
table{border-collapse:collapse;width:100%;table-layout:fixed;margin:0 0 2rem}
caption{text-align:left;font-weight:bold;padding:.5rem 0}
caption small{font-weight:normal;color:var(--quiet)}
th,td{border:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th:first-child{width:6.5rem}
tbody th{font-weight:normal;color:var(--quiet)}
ins{color:var(--new);background:var(--new-ground);text-decoration:underline}
del{color:var(--gone);background:var(--gone-ground);text-decoration:line-through}
.none{color:var(--quiet)}code{overflow-wrap:anywhere}
@media print{:root{--ink:#000;--paper:#fff;--new:#000;--gone:#000;--new-ground:#fff;--gone-ground:#fff;--line:#888;--quiet:#333}body{max-width:none;padding:0;font-size:10pt}tr{break-inside:avoid}thead{display:table-header-group}h2{break-after:avoid}}
`.trim();

function inline(pieces: readonly Piece[]): string {
  if (pieces.length === 0) return '<span class="none">—</span>';
  return pieces
    .map(({ kind, text }) => {
      if (kind === "same") return escapeHtml(text);
      const tag = kind === "gone" ? "del" : "ins";
      const space = /^\s/.test(text) ? " " : "";
      return `${space}<${tag}>${escapeHtml(text.trimStart())}</${tag}>`;
    })
    .join("")
    .trim();
}

function row(found: Row): string {
  const said = [
    found.label === null ? null : `in ${found.label}`,
    found.movedFrom === null ? (found.moved && found.kind === "changed" ? "moved" : null) : `from “${found.movedFrom}”`,
    found.wordingOnly ? "wording only" : null,
  ].filter((note) => note !== null);
  const note = said.length > 0 ? `<br><small>${escapeHtml(said.join(", "))}</small>` : "";
  return `<tr><th scope="row">${rowNames[found.kind]}${note}</th><td>${inline(found.before)}</td><td>${inline(found.after)}</td></tr>`;
}

function table({ heading, formerly, state, rows }: Part, { before, after }: View["subject"]): string {
  const said = formerly === null ? (state === "kept" ? "" : state === "new" ? "new section" : "section that is gone") : `was “${formerly}”`;
  const caption = `${escapeHtml(heading || "Before the first heading")}${said === "" ? "" : ` <small>(${escapeHtml(said)})</small>`}`;
  if (rows.length === 0) return `<p><strong>${caption}</strong></p>`;
  return `<table><caption>${caption}</caption><thead><tr><th scope="col">What</th><th scope="col">${escapeHtml(before.year)}</th><th scope="col">${escapeHtml(after.year)}</th></tr></thead><tbody>\n${rows.map(row).join("\n")}\n</tbody></table>`;
}

/** Only what begins with http or https is made a link. */
function edition({ year, url, sha256 }: Told, { title, words }: View["changes"]["before"]): string {
  const named = escapeHtml(title || year);
  const shown = url !== null && /^https?:\/\//i.test(url) ? `<a href="${escapeHtml(url)}">${named}</a>` : named;
  return `<li>${escapeHtml(year)}: ${shown}, ${words.toLocaleString("en")} words${sha256 === null ? "" : `<br><small>SHA-256 <code>${escapeHtml(sha256)}</code></small>`}</li>`;
}

const list = (lines: readonly string[]): string => `<ul>\n${lines.map((text) => `<li>${escapeHtml(text)}</li>`).join("\n")}\n</ul>`;

/** A comparison as a page of its own, side by side: without scripts, for screen and paper, light and dark. */
export function changesHtml(view: View): string {
  const { subject, changes, summary, parts } = view;
  const title = `${subject.series.name}: ${subject.before.year} and ${subject.after.year}`;
  const differences = parts.length > 0 ? `<h2>Differences, by section</h2>\n${parts.map((part) => table(part, subject)).join("\n")}` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<ul>
${edition(subject.before, changes.before)}
${edition(subject.after, changes.after)}
</ul>
<h2>Summary</h2>
${list(summary)}
${differences}
<h2>How to read this</h2>
${list(notes(view))}
</main>
</body>
</html>
`;
}
