import { expect, test } from "vitest";
import { serveSite } from "../../local/status.ts";
import { openHouse } from "./house.ts";

test("on one machine pages are compressed for who takes that, and what has not changed is still not sent twice", async () => {
  const house = await openHouse();
  const server = await serveSite(0, house.app, async () => ({ since: "2026-11-25T12:00:00Z", sources: 0, states: [], alerts: [] }));
  try {
    const asked = async (headers: Record<string, string>): Promise<Response> => fetch(`${server.url}sources`, { headers });
    const plain = await asked({ "accept-encoding": "identity" });
    const packed = await asked({ "accept-encoding": "gzip" });
    expect([plain.headers.get("content-encoding"), packed.headers.get("content-encoding"), packed.headers.get("vary")]).toEqual([null, "gzip", "Accept-Encoding"]);
    expect(await packed.text()).toBe(await plain.text());
    expect((await asked({ "accept-encoding": "gzip", "if-none-match": packed.headers.get("etag") ?? "" })).status).toBe(304);
  } finally {
    server.close();
    await house.close();
  }
});
