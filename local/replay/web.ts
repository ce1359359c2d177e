import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { Fetcher } from "../../shared/intake/fetch.ts";
import { SourceError } from "../../shared/intake/health.ts";

/** What a recorded address answers. */
export interface Recorded {
  readonly body: Uint8Array | string;
  readonly contentType: string;
}

/** Publishers' addresses as they were recorded, served by a real HTTP server on loopback. */
export interface RecordedWeb {
  /** From now on the address answers this. */
  set(url: string, recorded: Recorded): void;
  /** Fetches a publisher's address from the recording; an address that was not recorded cannot be reached. */
  readonly fetch: Fetcher;
  readonly requests: () => number;
  close(): Promise<void>;
}

interface Served {
  readonly body: Buffer;
  readonly contentType: string;
  readonly etag: string;
}

/** Starts the server. `fetch` must be one that may read loopback. */
export async function recordedWeb(fetch: Fetcher): Promise<RecordedWeb> {
  const served = new Map<string, Served>();
  const paths = new Map<string, string>();
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    const found = served.get(request.url ?? "");
    if (!found) response.writeHead(404).end();
    else {
      const headers = { etag: found.etag, "content-type": found.contentType };
      if (request.headers["if-none-match"] === found.etag) response.writeHead(304, headers).end();
      else response.writeHead(200, { ...headers, "content-length": found.body.length }).end(found.body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  return {
    set(url, { body, contentType }) {
      const path = paths.get(url) ?? `/${createHash("sha1").update(url).digest("hex")}`;
      paths.set(url, path);
      const bytes = Buffer.from(body);
      served.set(path, { body: bytes, contentType, etag: `"${createHash("sha1").update(bytes).digest("hex")}"` });
    },
    async fetch(request) {
      const path = paths.get(request.url);
      if (!path) throw new SourceError("unreachable", `${request.url} is not in the recording`);
      const fetched = await fetch({ ...request, url: base + path });
      // Links are resolved against the publisher's address, not against the recording's.
      return { ...fetched, url: request.url };
    },
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
