import type { RequestListener } from "node:http";
import { afterAll, afterEach, beforeAll } from "vitest";
import { createFetcher, type FetchRequest, type Fetched, type Fetcher } from "../../shared/intake/fetch.ts";
import type { SourceError } from "../../shared/intake/health.ts";
import { jumpingClock } from "./clock.ts";
import { failureOf, serve, type LocalServer } from "./server.ts";

export const feed = Buffer.from("<rss version='2.0'><channel><title>Korea</title></channel></rss>");

type Content = Extract<Fetched, { kind: "content" }>;
type Wishes = Partial<FetchRequest>;

/** A publisher on loopback, and our own way of reading it, for one file of tests. */
export function publisher() {
  const clock = jumpingClock();
  const fetch: Fetcher & { close: () => Promise<void> } = createFetcher({ contact: "desk@example.org", allowLoopback: true, clock });
  let server: LocalServer;
  let listener: RequestListener;

  beforeAll(async () => {
    server = await serve((request, response) => listener(request, response));
  });
  afterEach(() => {
    server.requests.length = 0;
  });
  afterAll(async () => {
    await fetch.close();
    await server.close();
  });

  const read = (path = "/", wishes: Wishes = {}): Promise<Fetched> => fetch({ url: server.url + path, ...wishes });
  return {
    clock,
    fetch,
    read,
    /** What was asked since the test began. */
    requests: () => server.requests,
    url: () => server.url,
    port: () => server.port,
    /** Answers as `listen` does. */
    does: (listen: RequestListener) => {
      listener = listen;
    },
    /** Answers every request alike. */
    answers: (status: number, headers: Record<string, string | string[]> = {}, body: string | Uint8Array = feed) => {
      listener = (_request, response) => response.writeHead(status, headers).end(body);
    },
    content: async (path = "/", wishes: Wishes = {}): Promise<Content> => {
      const fetched = await read(path, wishes);
      if (fetched.kind !== "content") throw new Error("It gave no content.");
      return fetched;
    },
    failure: (path = "/", wishes: Wishes = {}): Promise<SourceError> => failureOf(read(path, wishes)),
  };
}
