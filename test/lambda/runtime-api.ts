import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { serve } from "../intake/server.ts";

/** How an invocation ended: with the handler's result, or with the error that it threw. */
export type Answer = { readonly result: unknown } | { readonly error: { readonly errorType: string; readonly errorMessage: string } };

/** Lambda's Runtime API for one process, on loopback. */
export interface RuntimeApi {
  /** Host and port, as AWS_LAMBDA_RUNTIME_API has them. */
  readonly address: string;
  /** Resolves when the process first asks for an event, which ends its init; rejects with the error that its init reported. */
  readonly ready: Promise<void>;
  /** Hands an event to the process as soon as it asks for one. */
  invoke(event: unknown, limits: { readonly arn: string; readonly timeoutMs: number }): Promise<Answer>;
  close(): Promise<void>;
}

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly arn: string;
  readonly timeoutMs: number;
  readonly ended: PromiseWithResolvers<Answer>;
}

function hand(response: ServerResponse, { id, event, arn, timeoutMs }: Invocation): void {
  response.writeHead(200, {
    "content-type": "application/json",
    "lambda-runtime-aws-request-id": id,
    "lambda-runtime-deadline-ms": String(Date.now() + timeoutMs),
    "lambda-runtime-invoked-function-arn": arn,
    "lambda-runtime-trace-id": `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomUUID().replaceAll("-", "").slice(0, 24)};Sampled=0`,
  });
  response.end(JSON.stringify(event));
}

/**
 * Opens the API. `freeze` is called when the process has nothing to do, and `thaw` before it gets an event: Lambda
 * stops a process between its invocations, so what a handler left running does not go on.
 */
export async function openRuntimeApi({ freeze, thaw }: { readonly freeze: () => void; readonly thaw: () => void }): Promise<RuntimeApi> {
  const ready = Promise.withResolvers<void>();
  // Whoever starts a process may look at this later than it fails.
  ready.promise.catch(() => undefined);
  const queued: Invocation[] = [];
  const running = new Map<string, Invocation>();
  let asking: ServerResponse | undefined;

  function next(): void {
    const invocation = asking && queued.shift();
    if (!asking || !invocation) return;
    running.set(invocation.id, invocation);
    thaw();
    hand(asking, invocation);
    asking = undefined;
  }
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.replace("/2018-06-01/runtime/", "") ?? "";
    if (request.method === "GET" && path === "invocation/next") {
      asking = response;
      ready.resolve();
      if (queued.length === 0) freeze();
      return next();
    }
    const body: unknown = await json(request);
    response.writeHead(202).end();
    if (path === "init/error") return ready.reject(new Error(`the function's init failed: ${JSON.stringify(body)}`));
    const [, id = "", how] = path.split("/");
    running.get(id)?.ended.resolve(how === "response" ? { result: body } : { error: errorIn(body) });
    running.delete(id);
  }
  const server = await serve((request, response) => void take(request, response));
  return {
    address: `127.0.0.1:${server.port}`,
    ready: ready.promise,
    async invoke(event, limits) {
      const invocation = { id: randomUUID(), event, ...limits, ended: Promise.withResolvers<Answer>() };
      queued.push(invocation);
      next();
      return invocation.ended.promise;
    },
    close: () => server.close(),
  };
}

function errorIn(body: unknown): { errorType: string; errorMessage: string } {
  if (typeof body !== "object" || body === null || !("errorType" in body) || !("errorMessage" in body)) throw new Error(`a function reported an error of another shape: ${JSON.stringify(body)}`);
  return { errorType: String(body.errorType), errorMessage: String(body.errorMessage) };
}
