import type { LookupAddress } from "node:dns";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkAddress, isLoopback, isPublicAddress } from "../../shared/intake/public-address.ts";
import { guardedLookup } from "../../shared/intake/connections.ts";
import { SourceError } from "../../shared/intake/health.ts";

function verdict(address: string, allowLoopback = false): string {
  try {
    checkAddress(new URL(address), allowLoopback);
    return "allowed";
  } catch (error) {
    return error instanceof SourceError ? error.reason : String(error);
  }
}

describe("addresses that are never asked", () => {
  test.each([
    // This machine, in every spelling.
    "http://127.0.0.1/",
    "http://127.0.0.1./",
    "http://127.1/",
    "http://127.255.255.254/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://0177.0.0.01/",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    "http://localhost/",
    "http://LocalHost/",
    "http://a.localhost/",
    "http://0/",
    "http://0.0.0.0/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    // Private and special networks.
    "http://10.0.0.1/",
    "http://0xa000001/",
    "http://100.64.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.0.0.8/",
    "http://192.0.2.1/",
    "http://192.88.99.1/",
    "http://192.168.1.1/",
    "http://3232235777/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
    "http://[2001::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[5f00::1]/",
    // Metadata services of the clouds.
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://[::ffff:169.254.169.254]/",
    "http://[fd00:ec2::254]/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    // Other ways in.
    "file:///etc/passwd",
    "ftp://www.example.org/",
    "data:text/plain,x",
    "https://user@www.example.org/",
    "https://user:secret@www.example.org/",
    "https://:secret@www.example.org/",
    "http://www.example.org:22/",
    "http://www.example.org:6379/",
    "https://www.example.org:9200/",
  ])("%s", (address) => {
    expect(verdict(address)).toBe("bad-address");
  });
});

describe("addresses that are asked", () => {
  test.each([
    "http://www.example.org/",
    "https://www.example.org/feed.xml?page=2",
    "https://www.example.org:443/",
    "http://www.example.org:8080/",
    "https://www.example.org:8443/",
    "http://8.8.8.8/",
    "http://172.32.0.1/",
    "http://100.128.0.1/",
    "https://[2a00:1450:4001:81b::200e]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[64:ff9b::8.8.8.8]/",
  ])("%s", (address) => {
    expect(verdict(address)).toBe("allowed");
  });
});

describe("with loopback allowed", () => {
  test.each(["http://127.0.0.1:8098/", "http://127.9.9.9/", "http://2130706433:8098/", "http://[::1]:8098/", "http://localhost:8098/"])(
    "%s is asked",
    (address) => {
      expect(verdict(address, true)).toBe("allowed");
    },
  );

  test.each([
    "http://0.0.0.0:8098/",
    "http://[::]:8098/",
    "http://[::ffff:127.0.0.1]:8098/",
    "http://10.0.0.1/",
    "http://169.254.169.254/",
    "http://[fd00::1]/",
    "http://user:secret@127.0.0.1/",
    "http://www.example.org:8098/",
    "file:///etc/passwd",
  ])("%s is still refused", (address) => {
    expect(verdict(address, true)).toBe("bad-address");
  });
});

const privateRanges: readonly (readonly [number, number])[] = [
  [0x0a000000, 8],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0a80000, 16],
  [0xe0000000, 4],
];

const privateIpv4 = fc
  .tuple(fc.constantFrom(...privateRanges), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
  .map(([[net, prefix], part]) => net + Math.floor(part * 2 ** (32 - prefix)));

const bytes = (value: number) => [24, 16, 8, 0].map((shift) => (value / 2 ** shift) & 255);
const bases = [(n: number) => `${n}`, (n: number) => `0${n.toString(8)}`, (n: number) => `0x${n.toString(16)}`, (n: number) => `0X00${n.toString(16)}`];
const base = fc.constantFrom(...bases);

const spelling = fc.tuple(privateIpv4, fc.constantFrom(1, 2, 3, 4), fc.tuple(base, base, base, base)).map(([value, parts, write]) => {
  const whole = bytes(value);
  const last = value % 2 ** (8 * (5 - parts));
  return [...whole.slice(0, parts - 1), last].map((part, index) => write[index]?.(part)).join(".");
});

const mapped = fc.tuple(privateIpv4, fc.constantFrom("::ffff:", "64:ff9b::", "::", "::ffff:0:"), fc.boolean()).map(([value, prefix, dotted]) => {
  const [a = 0, b = 0, c = 0, d = 0] = bytes(value);
  const tail = dotted ? [a, b, c, d].join(".") : `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  return `[${prefix}${tail}]`;
});

test("a private IPv4 address is refused in any spelling", () => {
  const property = fc.property(fc.oneof(spelling, mapped), (host) => {
    expect(verdict(`http://${host}/`)).toBe("bad-address");
  });
  fc.assert(property, { numRuns: 2000 });
});

test("only what a URL parser has spelled out is taken for public", () => {
  expect(["8.8.8.8", "2a00::1"].map(isPublicAddress)).toEqual([true, true]);
  expect(["", "www.example.org", "010.8.8.8", "134744072", "fe80::1%eth0", "[2a00::1]"].map(isPublicAddress)).toEqual(
    Array(6).fill(false),
  );
});

test("a name that looks like localhost is not taken for it", () => {
  expect(["http://localhost.example.org/", "http://notlocalhost/", "http://127.0.0.1.example.org/"].map((url) => isLoopback(new URL(url)))).toEqual([
    false,
    false,
    false,
  ]);
});

function resolve(hostname: string, allowLoopback: boolean, all: boolean) {
  return new Promise<{ error: Error | null; address: string | LookupAddress[] }>((resolved) => {
    guardedLookup(allowLoopback)(hostname, { all }, (error, address) => resolved({ error, address }));
  });
}

describe("a name that resolves to a private address", () => {
  test.each([true, false])("is refused (all: %s)", async (all) => {
    const { error } = await resolve("localhost", false, all);
    expect(error).toMatchObject({ name: "SourceError", reason: "bad-address" });
  });

  test("is refused with loopback allowed unless it is localhost on this machine", async () => {
    // The system resolves a literal address to itself, which stands in for a name server that lies.
    expect((await resolve("10.0.0.1", true, true)).error).toMatchObject({ reason: "bad-address" });
    expect((await resolve("127.0.0.1", true, true)).error).toMatchObject({ reason: "bad-address" });
    expect((await resolve("localhost", true, true)).error).toBeNull();
  });

  test("comes back in the form that was asked for", async () => {
    expect((await resolve("localhost", true, false)).address).toMatch(/^(127\.0\.0\.1|::1)$/);
    expect((await resolve("localhost", true, true)).address).toContainEqual(expect.objectContaining({ address: expect.any(String) }));
    expect((await resolve("8.8.8.8", false, false)).address).toBe("8.8.8.8");
  });
});
