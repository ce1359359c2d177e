import type { Agent as HttpAgent, IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type Ask, operationNames, Refusal } from "./wire.ts";

// Imported, it would load much more: see shared/intake/connections.ts.
const { Agent, createServer, request } = process.getBuiltinModule("node:http");

const host = "127.0.0.1";
/** Another program may by now answer at a port that a lock names, but not with this. */
const greeting = { serves: "almanac table" };
const contentType = "application/x-amz-json-1.0";

/** Serves a table on a free loopback port, in DynamoDB's protocol, to those who sign with this credential as key id. */
export async function serveTable(ask: Ask, credential: string): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const server = createServer((incoming, response) => {
    void answer(ask, credential, incoming, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, host, resolve);
  });
  // A command that forgets to close its table still ends.
  server.unref();
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { port, close: () => new Promise((resolve) => void server.close(() => resolve())) };
}

async function answer(ask: Ask, credential: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: object): void => {
    response.writeHead(status, { "content-type": contentType }).end(JSON.stringify(body));
  };
  if (!incoming.headers.authorization?.includes(` Credential=${credential}/`)) {
    incoming.resume();
    return send(403, { __type: "UnrecognizedClientException", message: "This table belongs to another program." });
  }
  if (incoming.method === "GET") return send(200, greeting);
  try {
    const target = String(incoming.headers["x-amz-target"]).replace(/^DynamoDB_20120810\./, "").toLowerCase();
    const operation = operationNames.find((name) => name.toLowerCase() === target);
    if (!operation) throw new Refusal("UnknownOperationException", `The embedded table does not know "${target}".`);
    const input: object = JSON.parse(await text(incoming));
    send(200, await ask(operation, input));
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    // Status 500 makes the SDK try again, which helps where the disk was full and is not where the request was wrong.
    send(error instanceof Refusal ? 400 : 500, { __type: name, message });
  }
}

/** Asks the table that another process serves. */
export function askAt(port: number, credential: string): { readonly ask: Ask; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true });
  const ask: Ask = async <Output>(operation: string, input: object) => {
    const target = `DynamoDB_20120810.${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
    const { status, body } = await exchange({ port, credential, agent, method: "POST", target, body: JSON.stringify(input) });
    if (status === 200) {
      const output: Output = JSON.parse(body);
      return output;
    }
    const { __type: name, message }: { readonly __type: string; readonly message: string } = JSON.parse(body);
    throw new Refusal(name, message);
  };
  return { ask, close: () => agent.destroy() };
}

/** Whether a table is served at this port to those who have this credential. */
export async function isServed(port: number, credential: string): Promise<boolean> {
  try {
    const { body } = await exchange({ port, credential, method: "GET", timeoutMs: 1000 });
    return body === JSON.stringify(greeting);
  } catch {
    return false;
  }
}

interface Exchange {
  readonly port: number;
  readonly credential: string;
  readonly method: "GET" | "POST";
  readonly agent?: HttpAgent;
  readonly target?: string;
  readonly body?: string;
  readonly timeoutMs?: number;
}

function exchange({ port, credential, agent, method, target = "", body = "", timeoutMs }: Exchange): Promise<{ status: number | undefined; body: string }> {
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}/local`,
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    "x-amz-target": target,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request({ host, port, agent, method, headers, timeout: timeoutMs }, (response) => {
      text(response).then((answered) => resolve({ status: response.statusCode, body: answered }), reject);
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("No answer came in time.")));
    outgoing.on("error", reject).end(body);
  });
}
