import { createHmac } from "node:crypto";
import { createConnections, type Resolve } from "../shared/intake/connections.ts";
import { SourceError } from "../shared/intake/health.ts";
import { isLoopback, strangePort } from "../shared/intake/public-address.ts";
import type { Handed } from "./smtp.ts";

/** How this machine sends alerts to web addresses. */
export interface WebhookSettings {
  /** By which requests are signed; undefined where they are not. */
  readonly secret: string | undefined;
  /** Lets addresses on this machine be reached, with http as well. */
  readonly allowLoopback: boolean;
}

/** Sends a message to one web address. Throws where nobody knows whether it came. */
export type Poster = (message: Buffer, address: string, alert: string) => Promise<Handed>;

const timeouts = { connectMs: 10_000, headersMs: 20_000, wholeMs: 30_000 };
const gone = 410;
/** An address that kept us waiting for so long in vain is let alone for some time, so that of many alerts each does not wait for it anew. */
const slowMs = 5_000;
const restMs = 60_000;

/** What stands in X-Almanac-Signature: the second at which it was signed, and an HMAC of that and the body. */
export function signature(secret: string, body: Buffer, second: number): string {
  return `t=${second},sha256=${createHmac("sha256", secret).update(`${second}.`).update(body).digest("hex")}`;
}

function headersOf(secret: string | undefined, message: Buffer, alert: string): Record<string, string> {
  const headers = { "content-type": "application/json", "content-length": String(message.length), "user-agent": "RightsAlmanac/0.1", "x-almanac-alert": encodeURIComponent(alert.toWellFormed()) };
  return secret ? { ...headers, "x-almanac-signature": signature(secret, message, Math.floor(Date.now() / 1000)) } : headers;
}

/** Why no request is sent to an address, by what is written; undefined where one is. An address may be a secret, so that this does not repeat it. */
function unreached(url: URL, allowLoopback: boolean): string | undefined {
  if (isLoopback(url)) return allowLoopback ? undefined : "the address is on this machine, and only --allow-loopback lets that be reached";
  return url.protocol === "https:" ? strangePort(url) : "the address is not https";
}

/** What a request that got no answer means: it never left, or nobody knows. */
function failed(error: unknown): Handed {
  if (error instanceof SourceError) return { state: "later", reply: "the address, or what its name leads to, is not a public one" };
  const code = error instanceof Error && "code" in error ? String(error.code) : "no answer in time";
  if (error instanceof Error && "syscall" in error && (error.syscall === "connect" || error.syscall === "getaddrinfo")) return { state: "later", reply: code };
  throw new Error(`a web address gave no answer (${code}), and may have taken the alert`, { cause: error });
}

/**
 * Sends by POST, over the guard through which sources are read: only public addresses are reached. What is not
 * answered with a success is tried again, but for 410: who is gone is not asked again. Redirects are not followed.
 * `resolve` finds the addresses of a name in place of the system.
 */
export function webhookPoster({ secret, allowLoopback }: WebhookSettings, resolve?: Resolve): Poster {
  const slowAt = new Map<string, number>();
  return async (message, address, alert) => {
    const url = new URL(address);
    const began = performance.now();
    if (began - (slowAt.get(address) ?? Number.NEGATIVE_INFINITY) < restMs) return { state: "later", reply: "it gave no answer a moment ago" };
    const why = unreached(url, allowLoopback);
    if (why !== undefined) return { state: "later", reply: why };
    const { send, close } = createConnections(allowLoopback, timeouts, resolve);
    try {
      const response = await send(url, headersOf(secret, message, alert), timeouts.wholeMs, message);
      const { statusCode: status = 0 } = response;
      response.destroy();
      if (status >= 200 && status < 300) return { state: "taken", reply: String(status) };
      return { state: status === gone ? "refused" : "later", reply: `it answered ${status}` };
    } catch (error) {
      if (performance.now() - began > slowMs) slowAt.set(address, performance.now());
      return failed(error);
    } finally {
      close();
    }
  };
}
