import type { Source } from "./schema.ts";

/** Whether what a source publishes comes in by mail, so that nothing is fetched for it. */
export function comesIn({ read }: Pick<Source, "read">): boolean {
  return read.as === "mail" && read.senders !== undefined;
}
