import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createExchange } from "../../shared/intake/exchange.ts";
import { robotsReader } from "../../shared/intake/fetch.ts";
import type { Turn } from "../../shared/intake/follow.ts";
import { createRobots, type Robots } from "../../shared/intake/robots.ts";
import { jumpingClock } from "./clock.ts";
import { failureOf, serve, type LocalServer } from "./server.ts";

const timeouts = { connectMs: 10_000, headersMs: 10_000, wholeMs: 10_000 };
const { exchange, close } = createExchange(true, timeouts);
const turn: Turn = (_url, ask) => ask();
const read = robotsReader({ exchange, turn, allowLoopback: true }, "RightsAlmanac/0.1", timeouts);

let server: LocalServer;
let answer: { status: number; text: string; location?: string };
let clock: ReturnType<typeof jumpingClock>;
let robots: Robots;

const hour = 3_600_000;
const later = (ms: number) => clock.set(clock.now() + ms);
const check = (path: string) => robots.check(new URL(path, server.url));
const isAllowed = (path: string) => check(path).then(
  () => true,
  () => false,
);

beforeAll(async () => {
  server = await serve((request, response) => {
    if (request.url === "/robots.txt" && answer.location) response.writeHead(301, { location: answer.location }).end();
    else response.writeHead(answer.status).end(answer.text);
  });
});
afterAll(async () => {
  close();
  await server.close();
});
beforeEach(() => {
  server.requests.length = 0;
  clock = jumpingClock();
  robots = createRobots({ clock, read });
});

const rules = (text: string) => {
  answer = { status: 200, text };
};

describe("the rules of a robots.txt", () => {
  test("for everybody are kept", async () => {
    rules("User-agent: *\nDisallow: /search\nAllow: /search/feed");
    expect(await Promise.all(["/feed.xml", "/search?q=x", "/search/feed"].map(isAllowed))).toEqual([true, false, true]);
  });

  test("for us go before those for everybody", async () => {
    rules("User-agent: *\nDisallow: /\n\nUser-agent: rightsalmanac\nDisallow: /private");
    expect(await Promise.all(["/feed.xml", "/private"].map(isAllowed))).toEqual([true, false]);
  });

  test("with wildcards are understood", async () => {
    rules("User-agent: *\nDisallow: */news/\nDisallow: /*.pdf$");
    expect(await Promise.all(["/feed/en/news/all/rss.xml", "/a.pdf", "/a.pdf?x", "/rss.xml"].map(isAllowed))).toEqual([false, false, true, true]);
  });

  test("that shut us out are a failure which says what can be done", async () => {
    rules("User-agent: *\nDisallow: /");
    const failure = await failureOf(check("/feed.xml"));
    expect(failure.reason).toBe("robots");
    expect(failure.message).toContain(`127.0.0.1:${server.port}`);
    expect(failure.message).toContain("ignoreRobots");
  });

  test("are none where the file is a web page", async () => {
    rules("<!doctype html><title>Not found</title>");
    expect(await isAllowed("/feed.xml")).toBe(true);
  });

  test.each([
    ["10", 10_000],
    ["0.5", 500],
    ["86400", 30_000],
    ["-3", 0],
    ["soon", 0],
  ])("may ask for a pause of %s s between requests", async (delay, ms) => {
    rules(`User-agent: *\nCrawl-delay: ${delay}`);
    expect(await check("/feed.xml")).toBe(ms);
  });
});

describe("a robots.txt", () => {
  test("is read once for a day and a host, also when two ask at once", async () => {
    rules("User-agent: *\nDisallow: /search");
    await Promise.all([check("/a"), check("/b")]);
    later(23 * hour);
    await check("/c");
    expect(server.requests.map(({ url }) => url)).toEqual(["/robots.txt"]);
    later(hour);
    rules("User-agent: *\nDisallow: /");
    expect(await isAllowed("/a")).toBe(false);
    expect(server.requests).toHaveLength(2);
  });

  test("is looked for where it has moved", async () => {
    answer = { status: 200, text: "User-agent: *\nDisallow: /search", location: "/elsewhere.txt" };
    expect(await isAllowed("/search")).toBe(false);
  });

  test.each([401, 403, 404, 410])("that is not there (%d) forbids nothing, for a day", async (status) => {
    answer = { status, text: "" };
    expect(await isAllowed("/feed.xml")).toBe(true);
    later(2 * hour);
    await check("/feed.xml");
    expect(server.requests).toHaveLength(1);
  });

  test.each([500, 503, 429])("that cannot be read (%d) forbids nothing, for an hour", async (status) => {
    answer = { status, text: "User-agent: *\nDisallow: /" };
    expect(await isAllowed("/feed.xml")).toBe(true);
    await check("/feed.xml");
    expect(server.requests).toHaveLength(1);
    later(hour);
    rules("User-agent: *\nDisallow: /");
    expect(await isAllowed("/feed.xml")).toBe(false);
  });

  test("that cannot be read any more keeps its last rules in force", async () => {
    rules("User-agent: *\nDisallow: /search");
    await check("/feed.xml");
    answer = { status: 503, text: "" };
    later(24 * hour);
    expect(await Promise.all(["/feed.xml", "/search"].map(isAllowed))).toEqual([true, false]);
    later(hour);
    expect(await isAllowed("/search")).toBe(false);
    expect(server.requests).toHaveLength(3);
  });

  test("on a host that does not answer forbids nothing", async () => {
    const gone = await serve(() => undefined);
    await gone.close();
    expect(await robots.check(new URL(gone.url))).toBe(0);
  });
});

test("rules that are made to be slow are left out, and the others hold", async () => {
  const slow = `Disallow: /${"*a".repeat(990)}*b`;
  answer = { status: 200, text: `User-agent: *\nDisallow: /closed\n${`${slow}\n`.repeat(250)}` };
  expect(await isAllowed(`/${"a".repeat(4000)}`)).toBe(true);
  expect(await isAllowed("/closed")).toBe(false);
});
