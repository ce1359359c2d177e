import type { IncomingMessage } from "node:http";
import { createConnections, type Send, type Timeouts } from "./connections.ts";
import { bodyFailure, requestFailure } from "./failure.ts";
import { acceptEncoding, readBody, readStart } from "./unpack.ts";

/** What one address answered. Redirects are not followed here. */
export interface Answer {
  readonly url: URL;
  readonly status: number;
  /** The value of a header; null where it is absent. */
  readonly header: (name: string) => string | null;
  /** The unpacked body of a success; for anything else its start, at most 64 KB. */
  readonly bytes: Uint8Array;
  /** Milliseconds that it took. */
  readonly tookMs: number;
}

interface Question {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly withinMs: number;
}

/** Asks one address once. Throws SourceError: bad-address, unreachable, timeout, unreadable, too-large. */
export type Exchange = (question: Question) => Promise<Answer>;

const errorBodyBytes = 64 * 1024;

/** Exchanges over one guarded pool of connections. `close` gives up what is still being read. */
export function createExchange(allowLoopback: boolean, timeouts: Timeouts): { exchange: Exchange; close: () => void } {
  const { send, close } = createConnections(allowLoopback, timeouts);
  const exchange: Exchange = async (question) => {
    const started = performance.now();
    const response = await responseTo(question, send);
    const header = headerOf(response);
    const bytes = await bodyOf(response, header("content-encoding") ?? "", question);
    return { url: question.url, status: response.statusCode ?? 0, header, bytes, tookMs: performance.now() - started };
  };
  return { exchange, close };
}

async function responseTo({ url, headers, withinMs }: Question, send: Send): Promise<IncomingMessage> {
  try {
    return await send(url, { ...headers, "accept-encoding": acceptEncoding }, withinMs);
  } catch (error) {
    throw requestFailure(error, url);
  }
}

async function bodyOf(response: IncomingMessage, encoding: string, question: Question): Promise<Uint8Array> {
  const { statusCode = 0 } = response;
  try {
    if (statusCode < 200 || statusCode > 299) return await readStart(response, encoding, errorBodyBytes);
    return await readBody(response, encoding, question.maxBytes);
  } catch (error) {
    throw bodyFailure(error, question.url, question.maxBytes);
  } finally {
    // What was read to its end leaves its connection open for the next; anything else is closed at once.
    response.destroy();
  }
}

function headerOf({ headers }: IncomingMessage): Answer["header"] {
  return (name) => {
    const value = headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
}
