import { SourceError } from "../../shared/intake/health.ts";
import type { Reading } from "../../shared/intake/item.ts";

/** An RSS feed around the markup of its items. */
export function rss(items: string, head = ""): string {
  return `<?xml version="1.0" encoding="utf-8"?>${head}<rss version="2.0"><channel><title>F</title><link>https://example.org/</link>${items}</channel></rss>`;
}

/** Why a reading failed, or the titles that it gave. */
export async function outcome(reading: () => Reading | Promise<Reading>): Promise<string | string[]> {
  try {
    return (await reading()).items.map(({ title }) => title);
  } catch (error) {
    if (error instanceof SourceError) return error.reason;
    throw error;
  }
}
