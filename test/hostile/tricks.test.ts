import { spawnSync } from "node:child_process";
import { createServer } from "node:https";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createConnections } from "../../shared/intake/connections.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { requestFailure } from "../../shared/intake/failure.ts";
import { jumpingClock } from "../intake/clock.ts";
import { failureOf, type LocalServer, serve } from "../intake/server.ts";
import { type NameServer, openNameServer } from "./dns.ts";

const strict = createFetcher({ contact: undefined, clock: jumpingClock() });
const local = createFetcher({ contact: undefined, clock: jumpingClock(), allowLoopback: true });
let inside: LocalServer;
let names: NameServer;
beforeAll(async () => {
  inside = await serve((request, response) => {
    const to = URL.parse(request.url ?? "/", "http://x")?.searchParams.get("to");
    if (to) response.writeHead(302, { location: to }).end();
    else response.end("a secret of the inner network");
  });
  names = await openNameServer();
});
beforeEach(() => void inside.requests.splice(0));
afterAll(async () => {
  await strict.close();
  await local.close();
  await inside.close();
  names.close();
});

// PORT is that of a real server on this machine, which must never be asked.
const tricks: readonly (readonly [trick: string, address: string])[] = [
  ["this machine by its number", "http://127.0.0.1:PORT/"],
  ["as one decimal number", "http://2130706433:PORT/"],
  ["in octal", "http://0177.0.0.1:PORT/"],
  ["as one octal number", "http://017700000001:PORT/"],
  ["in hexadecimal", "http://0x7f.0x0.0x0.0x1:PORT/"],
  ["as one hexadecimal number", "http://0x7f000001:PORT/"],
  ["with parts left out", "http://127.1:PORT/"],
  ["in full-width digits", "http://１２７.0.0.1:PORT/"],
  ["with dots of another script", "http://127。0。0。1:PORT/"],
  ["with a dot at its end", "http://127.0.0.1.:PORT/"],
  ["escaped", "http://%31%32%37.0.0.1:PORT/"],
  ["by name", "http://localhost:PORT/"],
  ["by a name below it", "http://feed.localhost:PORT/"],
  ["in IPv6", "http://[::1]:PORT/"],
  ["IPv4 mapped into IPv6", "http://[::ffff:127.0.0.1]:PORT/"],
  ["the same in hexadecimal", "http://[::ffff:7f00:1]:PORT/"],
  ["IPv4 compatible with IPv6", "http://[::127.0.0.1]:PORT/"],
  ["through NAT64", "http://[64:ff9b::127.0.0.1]/"],
  ["through 6to4", "http://[2002:7f00:1::]/"],
  ["any address of this machine", "http://0.0.0.0:PORT/"],
  ["the same as a digit", "http://0:PORT/"],
  ["the same in IPv6", "http://[::]:PORT/"],
  ["a private network", "http://10.0.0.1/"],
  ["a provider's network", "http://100.64.0.1/"],
  ["the cloud's metadata", "http://169.254.169.254/latest/meta-data/"],
  ["the same as a number", "http://2852039166/latest/meta-data/"],
  ["the same in IPv6", "http://[fd00:ec2::254]/latest/meta-data/"],
  ["a container's credentials", "http://169.254.170.2/v2/credentials"],
  ["multicast", "http://224.0.0.1/"],
  ["broadcast", "http://255.255.255.255/"],
  ["a file", "file:///etc/passwd"],
  ["FTP", "ftp://www.example.org/feed.xml"],
  ["Gopher, which speaks to anything", "gopher://127.0.0.1:6379/_SET%20a%20b"],
  ["data in place of an address", "data:text/xml,<rss/>"],
  ["a script", "javascript:alert(1)"],
  ["a name and password", "https://user:secret@www.example.org/"],
  ["a host hidden behind an at sign", "https://www.example.org@127.0.0.1:PORT/"],
  ["a backslash before an at sign", "https://127.0.0.1:PORT\\@www.example.org/"],
  ["the port of a mail server", "http://www.example.org:25/"],
  ["the port of SSH", "http://www.example.org:22/"],
  ["the port of a database", "http://www.example.org:6379/"],
  ["the port of a Docker daemon", "http://www.example.org:2375/"],
];
const written = (address: string): string => address.replace("PORT", String(inside.port));

describe("an address of a source", () => {
  test.each(tricks)("that is %s (%s) is refused by name, and nothing is asked", async (_, address) => {
    const { reason, message } = await failureOf(strict({ url: written(address) }));
    expect(reason).toBe("bad-address");
    expect(message).not.toContain("secret");
    expect(inside.requests).toEqual([]);
  });
});

describe("a publisher that leads on", () => {
  const others = tricks.filter(([, address]) => !/^http:\/\/(127\.|2130706433|0177|017700000001|0x7f|１２７|%31|localhost|feed\.localhost|\[::1\])|127。|@127|^https:\/\/127/.test(address));
  test.each(others)("to %s (%s) is not followed", async (_, address) => {
    const { reason } = await failureOf(local({ url: `${inside.url}/?to=${encodeURIComponent(written(address))}` }));
    expect(reason).toBe("bad-address");
    expect(inside.requests).toHaveLength(1);
  });
});

describe("a name server that lies", () => {
  const timeouts = { connectMs: 500, headersMs: 500, wholeMs: 1000 };
  /** Asks the server on this machine by a public name, whatever that resolves to. */
  async function asked(): Promise<string> {
    const { send, close } = createConnections(true, timeouts, names.resolve);
    const url = new URL("http://publisher.example:8080/");
    const reason = await failureOf(send(url, {}, 1000).catch((error: unknown) => { throw requestFailure(error, url); }));
    close();
    return reason.reason;
  }

  test.each([
    ["this machine", ["127.0.0.1"]],
    ["the cloud's metadata", ["169.254.169.254"]],
    ["a private network", ["10.0.0.1"]],
    ["a public address and a private one", ["8.8.8.8", "192.168.0.1"]],
    ["any address of this machine", ["0.0.0.0"]],
  ])("and gives %s is refused", async (_, addresses) => {
    names.says(addresses);
    expect(await asked()).toBe("bad-address");
  });

  test("with a public address first and a private one at the next question, is asked once for each connection, and that answer is what is checked", async () => {
    names.says(["8.8.8.8"], ["127.0.0.1"]);
    const checked = await new Promise<unknown>((resolve) => names.resolve("publisher.example", { all: true }, (_, addresses) => resolve(addresses)));
    expect(checked).toEqual([{ address: "8.8.8.8", family: 4 }]);
    expect(await asked()).toBe("bad-address");
    expect(names.asked()).toBe(2);
    expect(inside.requests).toEqual([]);
  });

  test("and gives nothing makes the source unreachable", async () => {
    names.says([]);
    expect(await asked()).toBe("unreachable");
  });
});

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
if (!hasOpenssl) console.warn("Skipped: there is no openssl here to make a certificate that nobody signed.");

test.skipIf(!hasOpenssl)("a publisher whose certificate nobody vouches for is not read, though its name is right", async () => {
  const made = spawnSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", "-", "-out", "-"], { encoding: "utf8" });
  const [key, cert] = [/-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----/, /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/].map((part) => part.exec(made.stdout)?.[0]);
  const asked: unknown[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    asked.push(request.url);
    response.end("x");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const { reason, message } = await failureOf(local({ url: `https://127.0.0.1:${typeof address === "object" ? address?.port : 0}/` }));
  expect([reason, asked]).toEqual(["unreachable", []]);
  expect(message).toContain("certificate that cannot be trusted");
  await new Promise((resolve) => server.close(resolve));
});
