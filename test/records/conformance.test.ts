import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openTable } from "../../local/table.ts";
import { ensureTable } from "../../shared/records/definition.ts";
import { dynamoOver } from "../../shared/records/dynamo-client.ts";
import { createTable } from "../../shared/records/dynamo-table.ts";
import { memoryTable } from "../simulation/memory-table.ts";
import { conformance, type Opened } from "./conformance.ts";
import { clientAt, type DynamoLocal, hasJava, startDynamoLocal, untilReady } from "./dynamo-local.ts";

async function openEmbedded(): Promise<Opened & Pick<Awaited<ReturnType<typeof openTable>>, "endpoint">> {
  const folder = await mkdtemp(join(tmpdir(), "almanac-conformance-"));
  const opened = await openTable(folder);
  const close = async (): Promise<void> => {
    await opened.close();
    await rm(folder, { recursive: true });
  };
  return { table: opened.table, endpoint: opened.endpoint, close };
}

/** The same files, but asked by the AWS SDK over the endpoint that other processes use. */
async function openServed(): Promise<Opened> {
  const { endpoint, close } = await openEmbedded();
  const client = clientAt(endpoint.url, endpoint.credential);
  return {
    table: createTable(dynamoOver(client), endpoint.tableName),
    async close() {
      client.destroy();
      await close();
    },
  };
}

async function openDynamoLocal({ port, stop }: DynamoLocal): Promise<Opened> {
  const client = clientAt(`http://127.0.0.1:${port}`, "conformance");
  await untilReady(client, "almanac");
  await ensureTable(dynamoOver(client), "almanac");
  return {
    table: createTable(dynamoOver(client), "almanac"),
    async close() {
      client.destroy();
      await stop();
    },
  };
}

const runs = hasJava();
const starting = runs ? startDynamoLocal() : undefined;
afterAll(async () => {
  // The suite stops it at its end; this is for a run of other tests alone.
  await (await starting)?.stop();
});

conformance("a Map, for the simulation", async () => ({ table: memoryTable(), close: async () => undefined }));
conformance("dynalite", openEmbedded);
conformance("dynalite, served to the AWS SDK", openServed);
conformance("DynamoDB Local", async () => openDynamoLocal(await (starting ?? startDynamoLocal())), { skip: !runs });
