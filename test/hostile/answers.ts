import type { RequestListener, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { rss } from "../intake/reading.ts";

/** A way to answer that is meant to trap who asks, and what health it must end in. */
export interface HostileAnswer {
  readonly name: string;
  readonly listen: RequestListener;
  /** "well", or the health and its reason. */
  readonly expected: string;
}

const feed = rss("<item><title>Travel to Norway</title><link>https://state.example/1</link></item>");

async function* forever(piece: Buffer, pauseMs: number): AsyncGenerator<Buffer> {
  for (;;) {
    yield piece;
    await setTimeout(pauseMs);
  }
}

/** Writes a piece as often as it is taken, with a pause after each, until the other side has gone. */
function endless(response: ServerResponse, piece: Buffer, pauseMs: number): void {
  void pipeline(forever(piece, pauseMs), response).catch(() => undefined);
}

const lead = (location: (path: string) => string): RequestListener => (request, response) => void response.writeHead(302, { location: location(request.url ?? "/") }).end();
const answer = (status: number, headers: Record<string, string | string[]>, body: string | (() => Uint8Array) = feed): RequestListener => (_, response) => void response.writeHead(status, headers).end(typeof body === "string" ? body : body());
const raw = (text: string): RequestListener => (request) => void request.socket.end(text);

/** Answers, by what they do; each server is asked at one path, and leads on below it. */
export const hostileAnswers: readonly HostileAnswer[] = [
  { name: "a gzip bomb of 10 GB", listen: answer(200, { "content-encoding": "gzip" }, () => Buffer.concat(Array<Buffer>(1000).fill(gzipSync(Buffer.alloc(10_000_000))))), expected: "failing too-large" },
  { name: "a Brotli bomb", listen: answer(200, { "content-encoding": "br" }, () => brotliCompressSync(Buffer.alloc(50_000_000), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })), expected: "failing too-large" },
  { name: "a bomb in a bomb", listen: answer(200, { "content-encoding": "gzip, gzip" }, () => gzipSync(gzipSync(Buffer.alloc(50_000_000)))), expected: "failing too-large" },
  { name: "five layers of packing", listen: answer(200, { "content-encoding": "gzip, gzip, gzip, gzip, gzip" }), expected: "failing unreadable" },
  { name: "a bomb with an error", listen: answer(500, { "content-encoding": "gzip" }, () => gzipSync(Buffer.alloc(50_000_000))), expected: "failing http-500" },
  { name: "a packing that there is not", listen: answer(200, { "content-encoding": "compress" }), expected: "failing unreadable" },
  { name: "chunks without end", listen: (_, response) => endless(response, Buffer.alloc(1_000_000, "x"), 0), expected: "failing too-large" },
  { name: "a body that comes by drops", listen: (_, response) => endless(response, Buffer.from("x"), 10), expected: "failing timeout" },
  { name: "silence", listen: () => undefined, expected: "failing timeout" },
  { name: "headers of 200 KB", listen: answer(200, { "x-a": "a".repeat(200_000) }), expected: "failing too-large" },
  { name: "5,000 headers", listen: answer(200, Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`x-${index}`, "a".repeat(20)]))), expected: "failing too-large" },
  { name: "an ETag of 30 KB", listen: answer(200, { etag: `"${"e".repeat(30_000)}"` }), expected: "well" },
  { name: "a body shorter than announced", listen: (request, response) => void response.writeHead(200, { "content-length": "100000" }).write(feed, () => request.socket.destroy()), expected: "failing unreadable" },
  { name: "a body longer than announced", listen: raw(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n${feed}`), expected: "failing not-a-feed" },
  { name: "two lengths", listen: raw(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n${feed}`), expected: "failing unreadable" },
  { name: "a length and chunks", listen: raw(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`), expected: "failing unreadable" },
  { name: "a chunk whose size is no number", listen: raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n"), expected: "failing unreadable" },
  { name: "no HTTP", listen: raw("SSH-2.0-OpenSSH_9.6\r\n"), expected: "failing unreadable" },
  { name: "a connection that is cut", listen: (request) => void request.socket.destroy(), expected: "failing unreachable" },
  { name: "304 that nobody asked for", listen: answer(304, {}, ""), expected: "failing http-304" },
  { name: "a status of 999", listen: raw("HTTP/1.1 999 No\r\ncontent-length: 0\r\n\r\n"), expected: "failing http-999" },
  { name: "a login", listen: answer(401, { "www-authenticate": "Basic" }), expected: "blocked http-401" },
  { name: "a challenge with status 200", listen: answer(200, { "content-type": "text/html" }, "<!doctype html><html><title>Just a moment...</title></html>"), expected: "blocked challenge" },
  { name: "a challenge told by its header alone", listen: answer(202, { "x-amzn-waf-action": "challenge" }, ""), expected: "blocked challenge" },
  { name: "a Retry-After of a thousand years", listen: answer(429, { "retry-after": "31536000000" }), expected: "failing http-429" },
  { name: "a circle", listen: lead((path) => (path.endsWith("?b") ? path.slice(0, -2) : `${path}?b`)), expected: "failing redirects" },
  { name: "a chain without end", listen: lead((path) => `${path}x`), expected: "failing redirects" },
  { name: "a way to the cloud's metadata", listen: lead(() => "http://169.254.169.254/latest/meta-data/"), expected: "failing bad-address" },
  { name: "a way to a file", listen: lead(() => "file:///etc/passwd"), expected: "failing bad-address" },
  { name: "a way to another port", listen: lead(() => "http://www.example.org:6379/"), expected: "failing bad-address" },
  { name: "a way with credentials", listen: lead(() => "https://user:secret@www.example.org/"), expected: "failing bad-address" },
];
