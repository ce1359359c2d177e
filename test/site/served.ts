import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

/** Serves an app on loopback, on any port that is free. */
export async function served(app: Hono): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
