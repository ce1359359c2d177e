import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The variables that sources name as their credential, each once. Throws where sources.json cannot be read. */
export function catalogueCredentials(): string[] {
  const { sources }: { readonly sources: readonly { readonly credential?: string }[] } = JSON.parse(readFileSync(join(import.meta.dirname, "../sources.json"), "utf8"));
  return [...new Set(sources.flatMap(({ credential }) => credential ?? []))];
}
