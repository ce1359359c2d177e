import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { publisher } from "./publisher.ts";
import { failureOf, serveRaw } from "./server.ts";

const { answers, clock, does, failure, fetch, port, url } = publisher();

const timeouts = { connectMs: 150, headersMs: 150, wholeMs: 400 };
const impatient = createFetcher({ contact: undefined, allowLoopback: true, clock, timeouts });
afterAll(() => impatient.close());

describe("a host that keeps silent", () => {
  test("before its headers is given up", async () => {
    does(() => undefined);
    const { reason, message } = await failureOf(impatient({ url: url() }));
    expect(reason).toBe("timeout");
    expect(message).toContain(`127.0.0.1:${port()}`);
  });

  test("while it connects is given up", async () => {
    const raw = await serveRaw(() => undefined);
    // TLS needs an answer before a connection stands.
    expect((await failureOf(impatient({ url: `https://127.0.0.1:${raw.port}/` }))).reason).toBe("timeout");
    await raw.close();
  });

  test("or sends a drop now and then is given up when the whole takes too long", async () => {
    does((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(drip));
    });
    expect((await failureOf(impatient({ url: url() }))).reason).toBe("timeout");
  });

  test("in the middle of a packed body is given up", async () => {
    does((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.write(gzipSync(Buffer.alloc(5000)).subarray(0, 15));
    });
    expect((await failureOf(impatient({ url: url() }))).reason).toBe("timeout");
  });

  test("after leading on has only the time that is left", async () => {
    does((request, response) =>
      void setTimeout(120).then(() => response.writeHead(302, { location: `${Number(request.url?.slice(1)) + 1}` }).end()));
    expect((await failureOf(impatient({ url: `${url()}/1` }))).reason).toBe("timeout");
  });
});

describe("a host that cannot be reached", () => {
  test("because nobody listens is unreachable", async () => {
    const raw = await serveRaw(() => undefined);
    await raw.close();
    const { reason, message } = await failureOf(fetch({ url: `http://127.0.0.1:${raw.port}/` }));
    expect(reason).toBe("unreachable");
    expect(message).toContain("refused the connection");
  });

  test("because it hangs up is unreachable", async () => {
    does((request) => request.socket.destroy());
    expect((await failure()).reason).toBe("unreachable");
  });

  test("because it speaks no TLS is unreachable", async () => {
    answers(200);
    expect((await failureOf(fetch({ url: url().replace("http:", "https:") }))).reason).toBe("unreachable");
  });

  test("because it speaks no HTTP is unreadable", async () => {
    const raw = await serveRaw((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    expect((await failureOf(fetch({ url: `http://127.0.0.1:${raw.port}/` }))).reason).toBe("unreadable");
    await raw.close();
  });

  test("because its headers never end is too large", async () => {
    const raw = await serveRaw((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      for (let index = 0; index < 100; index += 1) socket.write(`x-${index}: ${"x".repeat(1000)}\r\n`);
    });
    expect((await failureOf(fetch({ url: `http://127.0.0.1:${raw.port}/` }))).reason).toBe("too-large");
    await raw.close();
  });
});
