import { expect, test } from "vitest";
import { createExchange } from "../../shared/intake/exchange.ts";
import { turnsOf } from "../../shared/intake/fetch.ts";
import { follow, type Turn } from "../../shared/intake/follow.ts";
import { createPoliteness } from "../../shared/intake/politeness.ts";
import { createRobots } from "../../shared/intake/robots.ts";
import { jumpingClock } from "./clock.ts";
import { failureOf, serve } from "./server.ts";

const asked: string[] = [];
const ask = (url: URL) => async () => void asked.push(url.href);

function turnsUnder(rules: string) {
  asked.length = 0;
  const clock = jumpingClock();
  const politeness = createPoliteness({ clock, pauseMs: 1000 });
  const robots = createRobots({ clock, read: () => Promise.resolve({ status: 200, text: rules }) });
  return { clock, withRobots: turnsOf(politeness, robots), without: turnsOf(politeness, null) };
}

const page = new URL("https://www.example.org/search");

test("a public host is asked with its own pause between requests", async () => {
  const { clock, withRobots } = turnsUnder("User-agent: *\nCrawl-delay: 10");
  await withRobots(page, ask(page));
  await withRobots(page, ask(page));
  expect(asked).toEqual([page.href, page.href]);
  expect(clock.slept).toEqual([10_000]);
});

test("an address that robots.txt forbids is not asked, unless robots.txt is left aside", async () => {
  const { withRobots, without } = turnsUnder("User-agent: *\nDisallow: /search");
  expect((await failureOf(withRobots(page, ask(page)))).reason).toBe("robots");
  expect(asked).toEqual([]);
  await without(page, ask(page));
  expect(asked).toEqual([page.href]);
});

test("a server on this machine is asked without a pause, and not for its robots.txt", async () => {
  const local = new URL("http://127.0.0.1:8098/search");
  const { clock, withRobots } = turnsUnder("User-agent: *\nDisallow: /");
  await withRobots(local, ask(local));
  await withRobots(local, ask(local));
  expect(asked).toHaveLength(2);
  expect(clock.slept).toEqual([]);
});

test("an address that leads to one which robots.txt forbids is not followed there", async () => {
  const server = await serve((request, response) => {
    if (request.url === "/robots.txt") response.end("User-agent: *\nDisallow: /search");
    else response.writeHead(302, { location: "/search" }).end();
  });
  const { exchange, close } = createExchange(true, { connectMs: 10_000, headersMs: 10_000, wholeMs: 10_000 });
  const robots = createRobots({ clock: jumpingClock(), read: async (url) => read(url) });
  const read = async (url: URL) => {
    const { status, bytes } = await exchange({ url, headers: {}, maxBytes: 1000, withinMs: 10_000 });
    return { status, text: Buffer.from(bytes).toString() };
  };
  const turn: Turn = async (url, go) => {
    await robots.check(url);
    return go();
  };
  const journey = { url: new URL(`${server.url}/feed`), headers: {}, ownHeaders: {}, maxBytes: 1000, wholeMs: 10_000 };
  expect((await failureOf(follow(journey, { exchange, turn, allowLoopback: true }))).reason).toBe("robots");
  expect(server.requests.map(({ url }) => url)).toEqual(["/robots.txt", "/feed"]);
  close();
  await server.close();
});
