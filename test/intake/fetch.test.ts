import { createHash } from "node:crypto";
import { lookup } from "node:dns/promises";
import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import { createFetcher, userAgentOf } from "../../shared/intake/fetch.ts";
import { isPublicAddress } from "../../shared/intake/public-address.ts";
import { feed, publisher } from "./publisher.ts";
import { failureOf } from "./server.ts";

const { answers, clock, content, does, fetch, port, read, requests, url } = publisher();

describe("content", () => {
  test("comes with its final address, type, validators and hash", async () => {
    answers(200, { "content-type": "application/rss+xml", etag: '"a1"', "last-modified": "Tue, 24 Nov 2026 10:00:00 GMT" });
    expect(await read("/feed.xml#top")).toEqual({
      kind: "content",
      url: `${url()}/feed.xml`,
      status: 200,
      bytes: feed,
      contentType: "application/rss+xml",
      validators: { etag: '"a1"', lastModified: "Tue, 24 Nov 2026 10:00:00 GMT" },
      headers: { date: expect.any(String), "last-modified": "Tue, 24 Nov 2026 10:00:00 GMT", etag: '"a1"', "content-type": "application/rss+xml" },
      sha256: createHash("sha256").update(feed).digest("hex"),
    });
  });

  test("keeps its bytes, whatever their charset", async () => {
    const korean = Buffer.from([0xba, 0xcf, 0xc7, 0xd1, 0xc0, 0xce, 0xb1, 0xc7]);
    answers(200, { "content-type": "text/html; charset=euc-kr" }, korean);
    expect(await content()).toMatchObject({ bytes: korean, contentType: "text/html; charset=euc-kr", validators: {} });
  });

  test("is asked for under our name, with a way to reach the operator", async () => {
    answers(200);
    await read();
    await read("/", { userAgent: "Mozilla/5.0 (compatible; RightsAlmanac/0.1; +{contact})", accept: "application/json" });
    const [first, second] = requests().map(({ headers }) => headers);
    expect(first?.["user-agent"]).toBe("RightsAlmanac/0.1 (monitor of reports that come back every year; +desk@example.org)");
    expect(first?.accept).toContain("application/rss+xml");
    expect(second).toMatchObject({ "user-agent": "Mozilla/5.0 (compatible; RightsAlmanac/0.1; +desk@example.org)", accept: "application/json" });
  });

  test("passes with large headers", async () => {
    answers(200, { "content-security-policy": "x".repeat(30_000) });
    expect((await content()).bytes).toEqual(feed);
  });

  test("is read over connections that are kept", async () => {
    answers(200);
    for (let count = 0; count < 5; count += 1) await read();
    expect(new Set(requests().map(({ socket }) => socket)).size).toBe(1);
  });

  test("is read from at most sixteen connections at once", async () => {
    answers(200);
    await Promise.all(Array.from({ length: 200 }, (_, index) => read(`/${index}`)));
    expect(requests()).toHaveLength(200);
    expect(new Set(requests().map(({ socket }) => socket)).size).toBeLessThanOrEqual(16);
  });

  test("is asked for again where a kept connection was closed without a word", async () => {
    answers(200);
    await read();
    does((request, response) => (requests().length === 2 ? request.socket.destroy() : response.end(feed)));
    expect((await content()).bytes).toEqual(feed);
    expect(requests()).toHaveLength(3);
  });
});

test("our name stands without a contact, and in characters that a header may hold", () => {
  expect(userAgentOf(undefined, undefined)).toBe("RightsAlmanac/0.1 (monitor of reports that come back every year; +no contact given)");
  expect(userAgentOf("Almanac ({contact})", "김 <kim@example.org>\r\nX: y")).toBe("Almanac (? <kim@example.org>??X: y)");
});

describe("unchanged content", () => {
  test("is asked about with the validators of the last answer", async () => {
    does((request, response) => response.writeHead(request.headers["if-none-match"] === '"a1"' ? 304 : 200).end());
    const lastModified = "Tue, 24 Nov 2026 10:00:00 GMT";
    expect(await read("/", { validators: { etag: '"a1"', lastModified } })).toEqual({ kind: "unchanged", url: `${url()}/`, status: 304 });
    expect(requests()[0]?.headers["if-modified-since"]).toBe(lastModified);
  });

  test("is not believed of an address that leads to another: validators go to the one asked, and come from no other", async () => {
    does((request, response) => {
      if (request.url === "/old") response.writeHead(302, { location: "/new" }).end();
      else response.writeHead(request.headers["if-none-match"] ? 304 : 200, { etag: '"a1"' }).end(feed);
    });
    expect(await read("/old", { validators: { etag: '"a1"' } })).toMatchObject({ kind: "content", url: `${url()}/new`, validators: {} });
    expect(requests().map(({ headers }) => headers["if-none-match"])).toEqual(['"a1"', undefined]);
  });
});

describe("this machine", () => {
  test.each(["http://127.0.0.1", "http://2130706433", "http://0x7f.1", "http://localhost", "http://[::1]"])(
    "is not asked at %s unless that was allowed",
    async (host) => {
      answers(200);
      const strict = createFetcher({ contact: undefined, clock });
      expect((await failureOf(strict({ url: `${host}:${port()}/` }))).reason).toBe("bad-address");
      expect(requests()).toHaveLength(0);
      await strict.close();
    },
  );

  test.each(["http://2130706433", "http://localhost"])("is asked at %s where it was, without pauses or robots.txt", async (host) => {
    answers(200);
    await fetch({ url: `${host}:${port()}/` });
    await fetch({ url: `${host}:${port()}/` });
    expect(requests().map((request) => request.url)).toEqual(["/", "/"]);
    expect(clock.slept).toEqual([]);
  });
});

/** A name, not localhost, that this machine resolves to a private address, if it knows one. */
async function privateName(): Promise<string | undefined> {
  for (const name of [hostname(), "ip6-localhost", "localhost.localdomain"]) {
    const addresses = await lookup(name, { all: true }).catch(() => []);
    if (addresses.some(({ address }) => !isPublicAddress(address))) return name;
  }
  return undefined;
}

const name = await privateName();
if (!name) console.warn("This machine knows no name that leads to a private address, so the guard on names is not tried end to end.");

test.skipIf(!name)("a name that leads to a private address is not connected to", async () => {
  const { reason, message } = await failureOf(fetch({ url: `http://${name}:8080/` }));
  expect(reason).toBe("bad-address");
  expect(message).toMatch(/leads to .*, which is not on the public internet/);
});

test.each(["", "feed.xml", "http://", "ftp://www.example.org/", "http://www.example.org:99999/"])('the address "%s" is refused', async (address) => {
  expect((await failureOf(fetch({ url: address }))).reason).toBe("bad-address");
});
