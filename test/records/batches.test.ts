import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openEmbedded } from "../../local/embedded.ts";
import { dynamoBy } from "../../local/wire.ts";
import { ensureTable } from "../../shared/records/definition.ts";
import type { Dynamo } from "../../shared/records/dynamo.ts";
import { createTable } from "../../shared/records/dynamo-table.ts";

const name = "almanac";

/** DynamoDB as it is when it is short of capacity: of every batch it leaves some over, and now and then all. */
function throttled(dynamo: Dynamo): Dynamo {
  let calls = 0;
  return {
    ...dynamo,
    async batchWriteItem({ RequestItems }) {
      const requests = RequestItems?.[name] ?? [];
      const taken = ++calls % 5 === 0 ? 0 : Math.ceil(requests.length / 2);
      if (taken > 0) await dynamo.batchWriteItem({ RequestItems: { [name]: requests.slice(0, taken) } });
      const left = requests.slice(taken);
      return left.length > 0 ? { UnprocessedItems: { [name]: left } } : {};
    },
    async batchGetItem({ RequestItems }) {
      const keys = RequestItems?.[name]?.Keys ?? [];
      const taken = ++calls % 5 === 0 ? 0 : Math.ceil(keys.length / 2);
      const answer = taken > 0 ? await dynamo.batchGetItem({ RequestItems: { [name]: { Keys: keys.slice(0, taken) } } }) : { Responses: {} };
      const left = keys.slice(taken);
      return left.length > 0 ? { ...answer, UnprocessedKeys: { [name]: { Keys: left } } } : answer;
    },
  };
}

test("what a throttled table leaves over is asked for again until all is done", async () => {
  const folder = await mkdtemp(join(tmpdir(), "almanac-batches-"));
  const embedded = await openEmbedded(folder, name);
  if (!embedded) throw new Error("The new folder is locked.");
  const dynamo = dynamoBy(embedded.ask);
  await ensureTable(dynamo, name);
  const table = createTable(throttled(dynamo), name);
  const records = Array.from({ length: 130 }, (_, index) => ({ pk: `B#${index}`, sk: "B", kind: "test", format: 1, revision: 1 }));
  await table.putAll(records);
  expect(await table.getMany(records)).toHaveLength(130);
  await embedded.close();
  await rm(folder, { recursive: true });
});
