import { ExecuteStatementCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureTable } from "../../shared/records/definition.ts";
import { dynamoOver } from "../../shared/records/dynamo-client.ts";
import { createTable } from "../../shared/records/dynamo-table.ts";
import type { Stored } from "../../shared/records/table.ts";
import { stageNames } from "../../shared/stage.ts";
import { clientAt, type DynamoLocal, hasJava, startDynamoLocal, untilReady } from "../records/dynamo-local.ts";
import { blocks, doc } from "./markdown.ts";

const [statements = ""] = blocks(doc("docs/operating.md")).flatMap(({ info, text }) => (info === "sql" ? [text] : []));
const lines = statements.trim().split("\n");
const told = lines.flatMap((line, index) => (line.startsWith("--") ? [[line.slice(3), lines[index + 1] ?? ""] as const] : []));

function record(pk: string, sk: string, fields: object): Stored {
  return { ...fields, pk, sk, kind: "test", format: 1, revision: 1 };
}
const records = [
  record("SERIES#us-state-tip-report", "EDITION#2026", { series: "us-state-tip-report", month: "2026-06", at: "2026-06-25", year: 2026, status: "out", title: "Trafficking in Persons Report", published: "2026-06-25", owed: new Set(["edition:us-state-tip-report:2026"]), owedSince: "2026-06-25T10:00:00Z" }),
  record("SOURCE#us-state-press", "STATE", { health: "blocked", reason: "challenge", since: "2026-06-01", lastRead: null, nextAt: "2026-06-26T10:00:00Z" }),
  record("SUBSCRIPTIONS", "SUBSCRIPTION#1", { address: "ada@example.org", protocol: "email", state: "active", since: "2026-06-01" }),
  record("ALERT#edition:us-state-tip-report:2026", "ALERT", { sent: "2026-06-25T10:00:00Z", composed: { sms: "Out" } }),
];

const runs = hasJava();
describe.skipIf(!runs)("the statements in docs/operating.md", () => {
  let local: DynamoLocal;
  let client: ReturnType<typeof clientAt>;
  beforeAll(async () => {
    local = await startDynamoLocal();
    client = clientAt(`http://127.0.0.1:${local.port}`, "partiql");
    const { table } = stageNames("prod");
    await untilReady(client, table);
    await ensureTable(dynamoOver(client), table);
    await createTable(dynamoOver(client), table).putAll(records);
  });
  afterAll(async () => {
    client.destroy();
    await local.stop();
  });

  test("each says what it is for", () => {
    expect(told.length).toBeGreaterThan(5);
    expect(lines).toHaveLength(told.length * 2);
  });

  test.each(told)("%s", async (_, statement) => {
    const { Items } = await client.send(new ExecuteStatementCommand({ Statement: statement }));
    const asked = /^SELECT (.+?) FROM/.exec(statement)?.[1]?.split(", ").map((name) => name.replaceAll('"', "")) ?? [];
    expect(Items).toEqual([expect.objectContaining(Object.fromEntries(asked.filter((name) => !["url", "lastRead"].includes(name)).map((name) => [name, expect.anything()])))]);
  });
});
