import { isEntity } from "./entities.ts";

const root = /<(?:[\w-]+:)?(?:rss|feed|RDF|channel)[\s>]/i;
// Control characters that XML 1.0 forbids, whatever way they got in.
const forbidden = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/gu;
const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,9}));/y;

/** Makes the small faults of real feeds good that stop a strict parser: text before the root, control characters, bare ampersands, unknown references. Linear. */
export function sanitise(text: string): string {
  return escapeAmpersands(withoutLead(text).replace(forbidden, ""));
}

/** Drops what stands before the declaration or, without one, before the root. */
function withoutLead(text: string): string {
  const head = text.slice(0, 65_536);
  const declaration = head.indexOf("<?xml");
  const start = declaration === -1 ? head.search(root) : declaration;
  if (start <= 0) return text;
  // Comments and other instructions may stand before the root; they trouble nobody.
  return head.slice(0, start).trimStart().startsWith("<") && declaration === -1 ? text.trimStart() : text.slice(start);
}

function escapeAmpersands(text: string): string {
  let at = text.indexOf("&");
  let cdata = text.indexOf("<![CDATA[");
  let from = 0;
  let fixed = "";
  while (at !== -1) {
    if (cdata !== -1 && cdata < at) {
      const end = text.indexOf("]]>", cdata);
      if (end === -1) break;
      at = at < end ? text.indexOf("&", end) : at;
      cdata = text.indexOf("<![CDATA[", end);
      continue;
    }
    if (!isReference(text, at)) {
      fixed += `${text.slice(from, at)}&amp;`;
      from = at + 1;
    }
    at = text.indexOf("&", at + 1);
  }
  return from === 0 ? text : fixed + text.slice(from);
}

function isReference(text: string, at: number): boolean {
  reference.lastIndex = at;
  const found = reference.exec(text);
  if (!found) return false;
  if (found[3] !== undefined) return isEntity(found[3]);
  const code = found[2] === undefined ? Number(found[1]) : Number.parseInt(found[2], 16);
  return code >= 32 ? code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff) : code === 9 || code === 10 || code === 13;
}
