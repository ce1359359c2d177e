import { lookup as systemLookup, type LookupAddress, type LookupOptions } from "node:dns";
import type { ClientRequest, IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { SourceError } from "./health.ts";
import { checkAddress, isLocalName, isLoopbackAddress, isPublicAddress } from "./public-address.ts";

// An import of node:http makes Node 24 load its fetch as well, for a WebSocket that is exported there: 60 ms of each start.
const { Agent: HttpAgent, request: httpRequest } = process.getBuiltinModule("node:http");

export interface Timeouts {
  /** Milliseconds until a connection stands, TLS included. */
  readonly connectMs: number;
  /** Milliseconds from there until the headers of an answer are complete. */
  readonly headersMs: number;
  /** Milliseconds for all of a reading, redirects included, waiting for a turn not. */
  readonly wholeMs: number;
}

/** A host did not do in time what it had to. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
}

/** Asks an address once, with POST where a message is given; the body is still to be read, and ends with TimedOut `withinMs` after the request was made. */
export type Send = (url: URL, headers: Readonly<Record<string, string>>, withinMs: number, message?: Buffer) => Promise<IncomingMessage>;

/** To one host. Public hosts are asked one request at a time, so this bounds servers on this machine. */
const maxConnections = 16;
/** Servers close idle connections after 5 s or more, and one that closes as we ask costs a request. */
const idleMs = 4000;
/** Some publishers' security headers pass the usual 16 KB. */
const maxHeaderBytes = 64 * 1024;
/** For one of several addresses of a host. Node's own quarter of a second is less than a far host may need. */
const attemptMs = 2500;

/**
 * The one way out to the network. Keeps connections open per host, and refuses to reach anything but public
 * addresses, twice: literal addresses never come to `lookup`, so they are checked when a request is made; names
 * are checked when they resolve, on the very addresses that are then connected to, so that no answer can change in between. Redirects come back to the caller.
 */
export function createConnections(allowLoopback: boolean, timeouts: Timeouts, lookup: Resolve = systemLookup): { send: Send; close: () => void } {
  const kept = {
    keepAlive: true,
    maxSockets: maxConnections,
    timeout: idleMs,
    autoSelectFamilyAttemptTimeout: attemptMs,
    lookup: guardedLookup(allowLoopback, lookup),
  };
  const plain = new HttpAgent(kept);
  const secure = new HttpsAgent(kept);

  const open = (url: URL, headers: Readonly<Record<string, string>>, method: "GET" | "POST" = "GET"): ClientRequest => {
    checkAddress(url, allowLoopback);
    const options = { method, headers, maxHeaderSize: maxHeaderBytes };
    return url.protocol === "https:" ? httpsRequest(url, { ...options, agent: secure }) : httpRequest(url, { ...options, agent: plain });
  };
  const send: Send = async (url, headers, withinMs, message) => {
    // What was posted may have been taken, so it is not sent again here.
    if (message) return answerTo(open(url, headers, "POST"), timeouts, withinMs, message);
    const request = open(url, headers);
    try {
      return await answerTo(request, timeouts, withinMs);
    } catch (error) {
      // A kept connection may have been closed at the other end while we slept (a frozen Lambda, a laptop), which
      // shows only when it is used. That is no answer, so the address is asked once more.
      if (request.reusedSocket && wasClosed(error)) return answerTo(open(url, headers), timeouts, withinMs);
      throw error;
    }
  };
  const close = () => {
    plain.destroy();
    secure.destroy();
  };
  return { send, close };
}

function answerTo(request: ClientRequest, timeouts: Timeouts, withinMs: number, message?: Buffer): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // What is under way: first the request, then its answer.
  let current: ClientRequest | IncomingMessage = request;
  const stop = () => current.destroy(new TimedOut());
  let step = setTimeout(stop, timeouts.connectMs);
  const whole = setTimeout(stop, withinMs);
  const connected = () => {
    clearTimeout(step);
    step = setTimeout(stop, timeouts.headersMs);
  };

  request.once("socket", (socket) => {
    if (!socket.connecting) connected();
    else socket.once("encrypted" in socket ? "secureConnect" : "connect", connected);
  });
  request.once("response", (response) => {
    clearTimeout(step);
    current = response;
    resolve(response);
  });
  // Not once: a connection may break again after its answer began, when the body is what reports it.
  request.on("error", reject);
  request.once("close", () => {
    clearTimeout(step);
    clearTimeout(whole);
  });
  request.end(message);
  return promise;
}

function wasClosed(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

/** Finds all addresses of a name. */
export type Resolve = (hostname: string, options: LookupOptions & { all: true }, found: (error: Error | null, addresses: LookupAddress[]) => void) => void;

type Answered = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Resolves a name as the system does, or as `lookup` does, and fails if any of its addresses is private: one bad answer taints the name. */
export function guardedLookup(allowLoopback: boolean, lookup: Resolve = systemLookup) {
  return (hostname: string, options: LookupOptions, answered: Answered): void => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return answered(error, []);
      const bad = addresses.find(({ address }) => !mayReach(hostname, address, allowLoopback));
      if (bad) return answered(privateAnswer(hostname, bad.address), []);
      if (options.all) return answered(null, addresses);
      const [first] = addresses;
      return answered(null, first?.address ?? "", first?.family);
    });
  };
}

function mayReach(hostname: string, address: string, allowLoopback: boolean): boolean {
  return isPublicAddress(address) || (allowLoopback && isLocalName(hostname) && isLoopbackAddress(address));
}

function privateAnswer(hostname: string, address: string): SourceError {
  return new SourceError(
    "bad-address",
    `The name "${hostname}" leads to ${address}, which is not on the public internet, so it was not asked. ` +
      "Correct the source's url; if the publisher is meant, look at this machine's name service.",
  );
}
