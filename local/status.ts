import { createServer } from "node:http";
import { type Health, healths } from "../shared/intake/health.ts";
import type { SourceState } from "../shared/records/sources.ts";
import { messageOf } from "../shared/fault.ts";

/** What the monitor shows at its address. */
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

/** Sources that cannot be read, a line each, those that need somebody first. */
function troubled(states: readonly SourceState[]): string[] {
  const order: readonly Health[] = ["blocked", "dead", "failing", "disabled"];
  const chosen = order.flatMap((health) => states.filter((state) => state.health === health).toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  const width = Math.max(0, ...chosen.map(({ id }) => id.length));
  return chosen.map(({ id, health, reason, since }) => `  ${health.padEnd(8)}  ${id.padEnd(width)}  ${(reason ?? "").padEnd(12)}  since ${minuteOf(since)}`);
}

const minuteOf = (moment: string): string => moment.slice(0, 16).replace("T", " ");

function text({ since, sources, states, alerts }: Status): string {
  const cannot = troubled(states);
  return [
    `Rights Almanac, running since ${minuteOf(since)}. Times are in UTC.`,
    "",
    `${sources} sources: ${healthWords(sources, states)}`,
    ...(cannot.length > 0 ? ["", "Sources that cannot be read (`almanac health` says what to do)", ...cannot] : []),
    "",
    alerts.length > 0 ? "Latest alerts" : "No alert since the start.",
    ...alerts.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

/**
 * Serves the monitor's status on loopback: for people at `/`, as JSON at `/status.json`. Throws a sentence where
 * the port is taken.
 */
export async function serveStatus(port: number, status: () => Promise<Status>): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    const json = request.url === "/status.json";
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    if (!json && request.url !== "/") {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("There is / and /status.json.\n");
      return;
    }
    status().then(
      (now) => {
        const body = json ? JSON.stringify({ ...now, states: now.states.map(({ id, health, reason, since }) => ({ id, health, reason, since })) }) : text(now);
        response.writeHead(200, { "content-type": json ? "application/json" : "text/plain; charset=utf-8", "cache-control": "no-store" }).end(body);
      },
      (error: unknown) => response.writeHead(500, { "content-type": "text/plain; charset=utf-8" }).end(`${messageOf(error)}\n`),
    );
  });
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
      server.closeAllConnections();
      server.close();
    },
  };
}
