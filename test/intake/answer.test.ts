import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { publisher } from "./publisher.ts";

const { answers, clock, does, failure, port, read } = publisher();

describe("an answer that is no content", () => {
  test.each([401, 403, 404, 410, 418, 429, 500, 502, 503])("is a failure of its own name: %d", async (status) => {
    answers(status, {}, "no");
    const { reason, message, retryAfterSeconds } = await failure();
    expect(reason).toBe(`http-${status}`);
    expect(message).toContain(`127.0.0.1:${port()} answered ${status}`);
    expect(retryAfterSeconds).toBeUndefined();
  });

  test.each([
    ["120", 120],
    ["0", 0],
    [new Date(clock.now() + 90_000).toUTCString(), 90],
    [new Date(clock.now() - 90_000).toUTCString(), 0],
    ["soon", undefined],
    ["-5", undefined],
    ["12.5", undefined],
    ["2026", 2026],
  ])("says when to come back: %s", async (value, seconds) => {
    answers(429, { "retry-after": value });
    expect((await failure()).retryAfterSeconds).toBe(seconds);
  });

  test("is never unchanged content that was not asked about", async () => {
    answers(304);
    expect((await failure()).reason).toBe("http-304");
  });

  test("does not wait for a page of errors without an end", async () => {
    does((_request, response) => {
      response.writeHead(404);
      const pour = setInterval(() => response.write("x".repeat(100_000)), 1);
      response.on("close", () => clearInterval(pour));
    });
    expect((await failure()).reason).toBe("http-404");
  });
});

describe("a test for robots", () => {
  const page = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>";

  test.each([200, 403, 503])("is a challenge with status %d", async (status) => {
    answers(status, { "content-type": "text/html" }, page);
    expect((await failure()).reason).toBe("challenge");
  });

  test("is a challenge when packed", async () => {
    answers(403, { "content-encoding": "gzip" }, gzipSync(page));
    expect((await failure()).reason).toBe("challenge");
  });

  test.each([
    [202, { "x-amzn-waf-action": "challenge" }],
    [405, { "x-amzn-waf-action": "captcha" }],
    [403, { "cf-mitigated": "challenge" }],
  ])("is known by its headers (%d, %j)", async (status, headers) => {
    answers(status, headers, "");
    expect((await failure()).reason).toBe("challenge");
  });

  test("is not an error page that only names its status, nor a feed that speaks of one", async () => {
    answers(403, {}, "<html><head><title>403 Forbidden</title></head><body>nginx</body></html>");
    expect((await failure()).reason).toBe("http-403");
    answers(200, {}, "<?xml version='1.0'?><rss><channel><title>Just a moment</title></channel></rss>");
    expect((await read()).kind).toBe("content");
  });
});
