import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { Server } from "node:http";
import { healths } from "../shared/intake/health.ts";
import type { SourceState } from "../shared/records/sources.ts";
import { messageOf } from "../shared/fault.ts";

/** What the monitor says of itself. */
export interface Status {
  readonly since: string;
  readonly sources: number;
  /** States of sources that were polled at least once. */
  readonly states: readonly SourceState[];
  /** The latest alerts, newest first, a line each. */
  readonly alerts: readonly string[];
}

/** How many sources are well, quiet, failing and so on, in this order: "98 well, 2 blocked". Those that were never polled are counted as such. */
export function healthWords(sources: number, states: readonly Pick<SourceState, "health">[]): string {
  const unpolled = sources - states.length;
  const counts = healths.map((health) => ({ words: health, count: states.filter((state) => state.health === health).length }));
  return [...counts, { words: "not polled yet", count: unpolled }].flatMap(({ words, count }) => (count > 0 ? [`${count} ${words}`] : [])).join(", ");
}

/** The status for programs: of each source, only how it can be read. */
function statusJson(status: Status): object {
  return { ...status, states: status.states.map(({ id, health, reason, since }) => ({ id, health, reason, since })) };
}

/**
 * Serves the site on loopback, and the monitor's status beside it, for programs, at `/status.json`. Throws a sentence
 * where the port is taken.
 */
export async function serveSite(port: number, site: Hono, status: () => Promise<Status>): Promise<{ readonly url: string; close(): void }> {
  const own = new Hono();
  // Asked as a whole: of a part, the page for what is not there, and that for a failure, would be left out.
  const compressed = new Hono().use(compress()).all("*", ({ req }) => site.fetch(req.raw));
  own.get("/status.json", async (context) => context.json(statusJson(await status()), 200, { "cache-control": "no-store" }));
  own.onError((error, context) => context.text(`${messageOf(error)}\n`, 500));
  const server = createAdaptorServer({ fetch: (request) => (new URL(request.url).pathname === "/status.json" ? own : compressed).fetch(request) });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "is taken by another program" : `cannot be used (${error.message})`;
      reject(new Error(`Port ${port} ${reason}. Choose another with --port, or --port 0 for any that is free.`, { cause: error }));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : port}/`,
    close: () => {
      if (server instanceof Server) server.closeAllConnections();
      server.close();
    },
  };
}
