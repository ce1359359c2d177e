import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../shared/data");

/** Whether the real captures lie beside the repository. Without them their tests are skipped, and say so. */
export const hasCaptures = existsSync(folder);
if (!hasCaptures) console.warn("Skipped: the real captures are not beside the repository.");

/** The path of a capture. */
export function capture(path: string): string {
  return join(folder, path);
}

/** The bytes of a capture. */
export function captured(path: string): Uint8Array {
  return readFileSync(capture(path));
}
