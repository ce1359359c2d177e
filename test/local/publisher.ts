import { createServer, type ServerResponse } from "node:http";

/** One thing that a feed lists; without a moment it has no date. */
export interface Listed {
  readonly title: string;
  readonly url: string;
  readonly at?: string;
}

/** A publisher's server on loopback, whose answers the test sets, holds back, and takes off the network. */
export interface Publisher {
  /** Without a slash at its end. */
  readonly url: string;
  /** From now on the path is a feed of these. */
  feed(path: string, items: readonly Listed[]): void;
  /** From now on the path is this page. */
  page(path: string, html: string): void;
  /** From now on the path answers with this status. */
  refuse(path: string, status: number): void;
  /** From now on requests to the path get no answer, until what this gives is called. */
  hold(path: string): () => void;
  /** The paths that were asked for since the last time. */
  asked(): string[];
  /** Resolves at the next request. */
  nextRequest(): Promise<void>;
  /** From now on nobody can connect. */
  unplug(): Promise<void>;
  /** Listens again, at the same address. */
  plug(): Promise<void>;
}

function rss(items: readonly Listed[]): string {
  const entries = items.map(({ title, url, at }) => `<item><title>${title}</title><link>${url}</link>${at ? `<pubDate>${new Date(at).toUTCString()}</pubDate>` : ""}</item>`);
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed</title>${entries.join("")}</channel></rss>`;
}

/** Opens a publisher that has nothing yet. */
export async function openPublisher(): Promise<Publisher> {
  const answers = new Map<string, string | number>();
  const held = new Map<string, ServerResponse[]>();
  const waiting: (() => void)[] = [];
  let asked: string[] = [];
  let port = 0;

  function answer(path: string, response: ServerResponse): void {
    const body = answers.get(path) ?? 404;
    if (typeof body === "number") response.writeHead(body).end("no");
    else response.writeHead(200, { "content-type": body.startsWith("<!doctype") ? "text/html" : "application/rss+xml" }).end(body);
  }
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    for (const resolve of waiting.splice(0)) resolve();
    const queue = held.get(url);
    if (queue) queue.push(response);
    else answer(url, response);
  });
  const plug = async (): Promise<void> => {
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    const address = server.address();
    if (typeof address === "object" && address) port = address.port;
  };
  await plug();
  return {
    url: `http://127.0.0.1:${port}`,
    feed: (path, items) => void answers.set(path, rss(items)),
    page: (path, html) => void answers.set(path, html),
    refuse: (path, status) => void answers.set(path, status),
    hold(path) {
      const queue: ServerResponse[] = [];
      held.set(path, queue);
      return () => {
        if (held.get(path) === queue) held.delete(path);
        for (const response of queue) answer(path, response);
      };
    },
    asked() {
      const paths = asked;
      asked = [];
      return paths;
    },
    nextRequest: () => new Promise((resolve) => waiting.push(resolve)),
    unplug: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    plug,
  };
}
