import type { IncomingMessage, ServerResponse } from "node:http";
import type { Parts } from "../recognition/catalogue.ts";
import { hostileAnswers } from "./answers.ts";
import { hostileDocuments } from "./documents.ts";
import { hostileFeeds } from "./feeds.ts";

type SourceEntry = NonNullable<Parts["sources"]>[number] & { readonly name: string };
type Listen = (request: IncomingMessage, response: ServerResponse) => void;

interface Hostile {
  readonly name: string;
  readonly read: SourceEntry["read"];
  readonly listen: Listen;
  /** It keeps us waiting until we give up, so its time says nothing. */
  readonly waits: boolean;
}

const documents = [...hostileFeeds.map(([name, make]) => ({ name, read: { as: "feed" } as const, make })), ...hostileDocuments];

/** Makes the document when it is asked for, and keeps the last one: a second asking costs nothing. */
let last: { readonly make: () => string | Uint8Array; readonly body: string | Uint8Array } | undefined;
function served(make: () => string | Uint8Array): Listen {
  return (_, response) => {
    if (last?.make !== make) last = { make, body: Buffer.from(make()) };
    response.end(last.body);
  };
}

/** Everything hostile that there is, documents and answers, in one list. */
export const hostile: readonly Hostile[] = [
  ...documents.map(({ name, read, make }) => ({ name, read, listen: served(make), waits: false })),
  ...hostileAnswers.map(({ name, listen, expected }) => ({ name, read: { as: "feed" } as const, listen, waits: expected.endsWith("timeout") })),
];

/** A source for each of them, at a path of the server. */
export function hostileSources(server: string): SourceEntry[] {
  return hostile.map(({ name, read }, index) => ({ id: `hostile-${index}`, name, publisher: "state", url: `${server}/${index}`, read }));
}

/** Answers as the one whose number begins the path does. */
export function listenAll(request: IncomingMessage, response: ServerResponse): void {
  const number = /^\/(\d+)/.exec(request.url ?? "")?.[1];
  const found = number === undefined ? undefined : hostile[Number(number)];
  if (found) found.listen(request, response);
  else response.writeHead(404).end();
}
