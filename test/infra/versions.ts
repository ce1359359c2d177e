import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A bucket that keeps versions, as S3 shows it on the wire: at most so many a page, and as many as are left. */
export interface VersionedBucket {
  readonly endpoint: string;
  /** Versions that are left, as key and version. */
  readonly left: () => readonly string[];
  close(): Promise<void>;
}

/** Opens a bucket on loopback with these versions; some are marks of deletion, and some cannot be deleted. */
export async function openBucket(versions: readonly { readonly key: string; readonly mark?: true; readonly locked?: true }[], page: number): Promise<VersionedBucket> {
  const left = new Map(versions.map((version, index) => [`v${index}`, version]));
  const listed = (): string =>
    [...left].slice(0, page).map(([id, { key, mark }]) => (mark ? `<DeleteMarker><Key>${key}</Key><VersionId>${id}</VersionId></DeleteMarker>` : `<Version><Key>${key}</Key><VersionId>${id}</VersionId></Version>`)).join("");
  function remove(body: string): string {
    return [...body.matchAll(/<VersionId>([^<]+)<\/VersionId>/g)].map(([, id = ""]) => {
      const version = left.get(id);
      if (version?.locked) return `<Error><Key>${version.key}</Key><Message>Access Denied</Message></Error>`;
      left.delete(id);
      return "";
    }).join("");
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = request.method === "POST" ? `<DeleteResult>${remove(await text(request))}</DeleteResult>` : `<ListVersionsResult>${listed()}</ListVersionsResult>`;
    response.writeHead(200, { "content-type": "application/xml" }).end(body);
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    left: () => [...left].map(([id, { key }]) => `${key} ${id}`),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
