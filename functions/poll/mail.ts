import type { Source } from "../../shared/catalogue/schema.ts";
import { SourceError } from "../../shared/intake/health.ts";
import { type Examine, judge, type Refusal } from "../../shared/intake/mail-trust.ts";
import { readContent } from "../../shared/intake/read.ts";
import { readStates, writeStates } from "../../shared/records/sources.ts";
import { concluded, contentOf, type Outcome, type World } from "./poll.ts";
import { recordItems } from "./record.ts";
import { isNew, sift } from "./sift.ts";

/** What became of a mail that came in. */
export type Taken =
  /** What it says is on record. */
  | { readonly kind: "read"; readonly outcome: Outcome }
  /** It is nobody's that we listen to, or cannot be read. `why` is a sentence's end. */
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly why: string }
  /** It must be looked at again. What rang already is in the outcome. */
  | { readonly kind: "later"; readonly why: string; readonly outcome?: Outcome };

/**
 * Takes a mail that came in: finds out whose it is, and records what it says as if the source had listed it. Only a
 * fault of ours throws. Taken again, it changes nothing and rings nothing, so that whoever keeps the mail lets go of it
 * afterwards. `sources` are those of the catalogue.
 */
export async function takeMail(world: World, sources: readonly Source[], bytes: Uint8Array, examine: Examine): Promise<Taken> {
  const judged = await judge(sources, bytes, examine);
  if (judged.kind !== "trusted") return judged;
  try {
    return await record(world, judged.source, judged.signed);
  } catch (error) {
    if (error instanceof SourceError) return { kind: "refused", refusal: "unreadable", why: `it is of "${judged.source.id}", but ${error.message}` };
    throw error;
  }
}

/** No first reading is silent: a mail is sent when there is news, and one from before the install has a date that says so. */
async function record(world: World, source: Source, bytes: Uint8Array): Promise<Taken> {
  const started = performance.now();
  const at = new Date(world.clock.now()).toISOString();
  const { items, skipped } = await readContent(bytes, null, source);
  if (skipped[0]) throw new SourceError("unreadable", `it has ${skipped[0].why}`);
  const { fresh } = sift(items, "", source);
  const { rung, unread } = await recordItems(world, { source, at, firstRead: false, relaid: false }, fresh);
  const stored = (await readStates(world.table, [source.id])).get(source.id);
  const before = contentOf(source, stored, at);
  const state = { ...before, firstRead: before.firstRead ?? at, lastChange: at };
  const read = { items: items.length, fresh: fresh.filter(isNew).length, skipped, rung, reason: undefined, detail: undefined, state, failed: false, retryAfterSeconds: undefined };
  const outcome = concluded(world, source, stored, read, { at, started, stored });
  if (outcome.state) await writeStates(world.table, [{ before: stored, after: outcome.state }]);
  return unread.size > 0 ? { kind: "later", why: "a page that it links to decides, and cannot be read now", outcome } : { kind: "read", outcome };
}
