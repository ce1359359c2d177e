import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { feed, publisher } from "./publisher.ts";
import { failureOf, serveRaw } from "./server.ts";

const { answers, content, does, failure, fetch, requests } = publisher();

describe("packed content", () => {
  test.each([
    ["gzip", gzipSync(feed)],
    ["x-gzip", gzipSync(feed)],
    ["GZIP", gzipSync(feed)],
    ["br", brotliCompressSync(feed)],
    ["deflate", deflateSync(feed)],
    ["deflate", deflateRawSync(feed)],
    ["zstd", zstdCompressSync(feed)],
    ["deflate, gzip", gzipSync(deflateSync(feed))],
    ["identity", feed],
  ])("in %s is unpacked", async (encoding, packed) => {
    answers(200, { "content-encoding": encoding }, packed);
    expect((await content()).bytes).toEqual(feed);
    expect(requests()[0]?.headers["accept-encoding"]).toBe("gzip, deflate, br, zstd");
  });

  const zeros = Buffer.alloc(2_000_000);
  test.each([
    ["gzip", gzipSync(zeros)],
    ["br", brotliCompressSync(zeros)],
    ["deflate", deflateSync(zeros)],
    ["zstd", zstdCompressSync(zeros)],
    ["gzip, gzip", gzipSync(gzipSync(zeros))],
    ["identity", zeros],
  ])("in %s that grows too large is not read on", async (encoding, packed) => {
    answers(200, { "content-encoding": encoding }, packed);
    const { reason, message } = await failure("/", { maxBytes: 1_000_000 });
    expect(reason).toBe("too-large");
    expect(message).toContain("1000000 bytes");
  });

  test("without an end is cut off at the server too", async () => {
    const closed = Promise.withResolvers<void>();
    does((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      const gzip = createGzip();
      gzip.pipe(response);
      const pour = setInterval(() => gzip.write(zeros), 1);
      response.on("close", () => {
        clearInterval(pour);
        gzip.destroy();
        closed.resolve();
      });
    });
    expect((await failure()).reason).toBe("too-large");
    await closed.promise;
  });

  test.each([
    ["gzip", gzipSync(feed).subarray(0, 30)],
    ["br", brotliCompressSync(feed).subarray(0, 30)],
    ["gzip", feed],
    ["zstd", feed],
    ["compress", feed],
    ["constructor", feed],
    ["gzip, gzip, gzip", gzipSync(gzipSync(gzipSync(feed)))],
  ])("in %s that is cut off, damaged or unknown is unreadable", async (encoding, packed) => {
    answers(200, { "content-encoding": encoding }, packed);
    expect((await failure()).reason).toBe("unreadable");
  });

  test("that breaks off in the middle is unreadable", async () => {
    const packed = gzipSync(Buffer.from(crypto.getRandomValues(new Uint8Array(50_000))));
    does((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length });
      response.write(packed.subarray(0, 20_000), () => response.destroy());
    });
    expect((await failure()).reason).toBe("unreadable");
  });
});

describe("content that is not whole", () => {
  test("is unreadable where the connection breaks", async () => {
    does((_request, response) => {
      response.writeHead(200);
      response.write(feed, () => response.destroy());
    });
    expect((await failure()).reason).toBe("unreadable");
  });

  test("is read as far as was promised, and costs the next reading nothing", async () => {
    const raw = await serveRaw((socket) => socket.on("data", () => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n<rss></rss>")));
    for (let count = 0; count < 3; count += 1) {
      expect(await fetch({ url: `http://127.0.0.1:${raw.port}/` })).toMatchObject({ bytes: Buffer.from("<rss>") });
    }
    await raw.close();
  });

  test("is unreadable where less came than was promised", async () => {
    const raw = await serveRaw((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<rss>"));
    expect((await failureOf(fetch({ url: `http://127.0.0.1:${raw.port}/` }))).reason).toBe("unreadable");
    await raw.close();
  });
});
