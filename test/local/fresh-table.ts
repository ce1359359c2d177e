import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenTable, openTable } from "../../local/table.ts";

/** The embedded table, empty, in a folder of its own that goes when it is closed. */
export async function freshTable(): Promise<OpenTable> {
  const folder = await mkdtemp(join(tmpdir(), "almanac-table-"));
  const open = await openTable(folder);
  return {
    ...open,
    async close() {
      await open.close();
      await rm(folder, { recursive: true });
    },
  };
}
