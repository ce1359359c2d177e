import type { Looked } from "../functions/compare/look.ts";
import { lookAtDue } from "../functions/compare/round.ts";
import type { World } from "../functions/compare/world.ts";
import type { Rung } from "../functions/poll/record.ts";
import { messageOf } from "../shared/fault.ts";

/** What looking at documents tells whoever runs the monitor. */
export interface Listener {
  /** An alert is owed now. */
  rung(rung: Rung): void;
  say(sentence: string): void;
}

function rungOf({ key, series, edition, title, url, at }: Looked, alert: string): Rung {
  return { key, alert, kind: "changes", series, edition, title, url, at };
}

function sayKept(listener: Listener, { series, edition, version, reason, url }: Looked): void {
  if (version) listener.say(`The document of ${series} ${edition ?? ""} is kept as evidence: ${version.bytes.toLocaleString("en")} bytes, SHA-256 ${version.sha256}.`);
  else if (reason === "http-404" || reason === "http-410") listener.say(`The document of ${series} ${edition ?? ""} is not at its address now: ${url ?? ""}. It is looked for again.`);
}

/** Looks at the documents that are due, one after another; while it is at it, a second call is the first. */
export function createDocuments(world: World, listener: Listener): () => Promise<void> {
  let looking: Promise<void> | undefined;
  async function lookOnce(): Promise<void> {
    try {
      await lookAtDue(world, {
        mayBegin: () => true,
        looked(looked) {
          sayKept(listener, looked);
          if (looked.alert !== undefined) listener.rung(rungOf(looked, looked.alert));
        },
        fault: ({ pk, sk }, error) => listener.say(`A fault of ours ended the look at the document of ${pk} ${sk}: ${messageOf(error)}. It is looked at again.`),
      });
    } catch (error) {
      listener.say(`Which documents are to be looked at could not be told: ${messageOf(error)}. It is asked again in a minute.`);
    } finally {
      looking = undefined;
    }
  }
  return () => (looking ??= lookOnce());
}
