import { messageOf } from "../../shared/fault.ts";
import { keepEditions } from "../../shared/readers/editions-file.ts";
import { type Keeping, keepItems } from "../../shared/readers/keep-items.ts";

/**
 * Brings up to date what readers of the site are answered from. It never throws: `say` is told, the files stay as they
 * were, and the next run tries again.
 */
export async function keepForReaders(keeping: Keeping, series: readonly { readonly id: string }[], say: (sentence: string) => void): Promise<void> {
  const parts = [["editions", () => keepEditions(keeping, series)], ["index of items", () => keepItems(keeping)]] as const;
  for (const [name, keep] of parts) {
    await keep().catch((error: unknown) => say(`The ${name} for readers of the site could not be brought up to date: ${messageOf(error)}. It is tried again in some minutes.`));
  }
}
