import { describe, expect, test } from "vitest";
import { feed, publisher } from "./publisher.ts";

const { answers, does, failure, read, requests, url } = publisher();

/** /1 leads to /2, and so on up to /n, which answers. */
const chain = (length: number) => {
  does((request, response) => {
    const step = Number(request.url?.slice(1));
    if (step < length) response.writeHead(301, { location: `${step + 1}` }).end("moved");
    else response.end(feed);
  });
};
/** Leads to `location` with every answer. */
const leadsTo = (location: string, status = 302) => answers(status, { location }, "moved");

describe("an address that leads on", () => {
  test("is followed five times", async () => {
    chain(6);
    expect(await read("/1")).toMatchObject({ kind: "content", url: `${url()}/6` });
  });

  test("is given up after that", async () => {
    chain(7);
    const { reason, message } = await failure("/1");
    expect(reason).toBe("redirects");
    expect(message).toMatch(/more than 5 times/);
    expect(requests()).toHaveLength(6);
  });

  test("to itself is given up at once", async () => {
    leadsTo("/");
    expect((await failure()).reason).toBe("redirects");
    expect(requests()).toHaveLength(1);
  });

  test("in a circle is given up", async () => {
    does((request, response) => response.writeHead(303, { location: request.url === "/a" ? "/b" : "/a" }).end());
    expect((await failure("/a")).reason).toBe("redirects");
  });

  test("to no readable address is given up", async () => {
    leadsTo("http://[broken/");
    expect((await failure()).reason).toBe("redirects");
  });

  test.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://10.0.0.1/",
    "http://0.0.0.0/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fd00:ec2::254]/",
    "//192.168.0.1/feed.xml",
    "https://user:secret@www.example.org/",
    "file:///etc/passwd",
    "http://www.example.org:22/",
  ])("to %s is not followed", async (location) => {
    leadsTo(location);
    const { reason, message } = await failure();
    expect(reason).toBe("bad-address");
    expect(message).not.toContain("secret");
  });

  test("to a host where robots are tested is a challenge", async () => {
    leadsTo("https://unblock.federalregister.gov/?referer=x");
    expect((await failure()).reason).toBe("challenge");
  });

  test("to an address of 60,000 letters is not followed", async () => {
    leadsTo(`/${"a".repeat(60_000)}`);
    expect((await failure()).reason).toBe("redirects");
    expect(requests()).toHaveLength(1);
  });

  test("in letters of another script is followed", async () => {
    does((request, response) => {
      if (request.url === "/") response.writeHead(302, { location: Buffer.from("/북한인권").toString("latin1") }).end();
      else response.end(feed);
    });
    expect(await read()).toMatchObject({ kind: "content", url: new URL("/북한인권", url()).href });
  });

  test("without saying where is no content", async () => {
    answers(302);
    expect((await failure()).reason).toBe("http-302");
  });
});
