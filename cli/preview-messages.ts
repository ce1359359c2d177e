import type { Composed } from "../shared/alerts/alert.ts";
import { compose } from "../shared/alerts/compose.ts";
import { composeDigest, type DigestParts } from "../shared/alerts/compose-digest.ts";
import type { Style } from "../shared/alerts/texts/languages.ts";
import type { Previewed } from "./preview-facts.ts";
import { type Example, examples } from "./preview-kinds.ts";

/** One message that people may get, by its name. */
export interface Preview {
  readonly name: string;
  readonly write: (style: Style) => Composed;
}

const paces = { digest: "weekly", "digest-daily": "daily", "digest-at-once": "at-once" } as const satisfies Readonly<Record<string, DigestParts["pace"]>>;
/** What a digest is shown with. */
const gathered: ReadonlySet<string> = new Set(["edition-by-hand", "late", "changes", "about", "correction-false"]);

function digests(all: readonly Example[]): Preview[] {
  const parts = all.filter(({ name }) => gathered.has(name)).toSorted((a, b) => a.facts.at.localeCompare(b.facts.at));
  const at = parts.at(-1)?.facts.at ?? "";
  return Object.entries(paces).map(([name, pace]) => ({ name, write: (style) => composeDigest({ id: "digest:example:1", at, pace, alerts: parts.map(({ facts }) => compose(facts, style)) }, style) }));
}

/** Every message that there is on an edition, each by its own name. */
export function previews(previewed: Previewed): Preview[] {
  const all = examples(previewed);
  return [...all.map(({ name, facts }): Preview => ({ name, write: (style) => compose(facts, style) })), ...digests(all)];
}
