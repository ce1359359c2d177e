import type { Table } from "../../shared/records/table.ts";
import { freshTable } from "../local/fresh-table.ts";
import { type Box, openBox, openPost } from "../queue/post.ts";
import { keptLog, keptMeter } from "./kept-log.ts";

/** What a function works on: an empty table, the queue that it sends to, and a log and a meter that keep what they are told. */
export interface Surroundings {
  readonly table: Table;
  readonly box: Box;
  readonly kept: ReturnType<typeof keptLog>;
  readonly meters: ReturnType<typeof keptMeter>;
  close(): Promise<void>;
}

/** Opens them, with nothing in the table or the queue. */
export async function openSurroundings(): Promise<Surroundings> {
  const [opened, post] = await Promise.all([freshTable(), openPost()]);
  return {
    table: opened.table,
    box: await openBox(post, "sent.fifo"),
    kept: keptLog(),
    meters: keptMeter(),
    async close() {
      await post.close();
      await opened.close();
    },
  };
}
