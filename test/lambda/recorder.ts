import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { type LocalServer, serve } from "../intake/server.ts";
import { type Call, callsIn, type Service, serviceOf } from "./calls.ts";

/** Something to be done in the middle of a call. */
interface Interruption {
  readonly matches: (call: Call) => boolean;
  /** Whether AWS gets the call; the caller never gets an answer. */
  readonly passes: boolean;
  readonly act: () => Promise<void>;
}

/** A way to AWS that notes what it is asked. */
export interface Recorder {
  /** Without a slash at its end. */
  readonly url: string;
  /** The calls that were made, each once however often it was made. */
  calls(): readonly Call[];
  /** How many requests for an action came from a caller since this began. */
  count(caller: string, action: string): number;
  /** Before or after the next such call reaches AWS, and before it is answered, does something. Resolves when it was done. */
  interrupt(matches: (call: Call) => boolean, interruption: { readonly passes: boolean; readonly act: () => Promise<void> }): Promise<void>;
  close(): Promise<void>;
}

/** Opens a recorder in front of the places where services answer, by their names in a signature. */
export async function openRecorder(places: Readonly<Record<Service, number>>): Promise<Recorder> {
  const known = new Map<string, Call>();
  const counts = new Map<string, number>();
  const interruptions: Interruption[] = [];

  function note(calls: readonly Call[]): void {
    for (const call of calls) {
      known.set(JSON.stringify(call), call);
      const counted = `${call.caller} ${call.action}`;
      counts.set(counted, (counts.get(counted) ?? 0) + 1);
    }
  }
  async function take(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(asked);
    const calls = callsIn(asked, body.toString("utf8"));
    note(calls);
    const index = interruptions.findIndex(({ matches }) => calls.some(matches));
    const [interruption] = index < 0 ? [] : interruptions.splice(index, 1);
    if (interruption?.passes !== false) await forward(places[serviceOf(asked)], asked, body, interruption ? undefined : response);
    await interruption?.act();
    if (interruption) response.destroy();
  }
  const server: LocalServer = await serve((asked, response) => void take(asked, response).catch((error: unknown) => void response.writeHead(500).end(String(error))));
  return {
    url: server.url,
    calls: () => [...known.values()],
    count: (caller, action) => counts.get(`${caller} ${action}`) ?? 0,
    interrupt(matches, { passes, act }) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      interruptions.push({ matches, passes, act: () => act().then(resolve, reject) });
      return promise;
    },
    close: () => server.close(),
  };
}

/** Hands a request on as it is, and its answer back; without `response` the answer is thrown away. */
async function forward(port: number, asked: IncomingMessage, body: Buffer, response: ServerResponse | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request({ host: "127.0.0.1", port, method: asked.method, path: asked.url, headers: asked.headers, agent: false }, resolve).once("error", reject).end(body);
  const answer = await promise;
  const given = await buffer(answer);
  response?.writeHead(answer.statusCode ?? 502, answer.headers).end(given);
}
