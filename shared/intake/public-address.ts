import { BlockList, isIP } from "node:net";
import { SourceError } from "./health.ts";

/** IPv4 ranges that are not the public internet: IANA's special-purpose registry, multicast and reserved space. */
const specialRanges: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  // Link-local, with the metadata service of the large clouds at 169.254.169.254.
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
  // Azure's host agent answers here, although the address is formally public.
  ["168.63.129.16", 32],
];

/** IPv6 is refused unless it lies here: global unicast, and the two forms that carry an IPv4 address we can judge. */
const global = new BlockList();
global.addSubnet("2000::", 3, "ipv6");
global.addSubnet("::ffff:0:0", 96, "ipv6");
// Networks with IPv6 alone reach IPv4 hosts through this prefix (NAT64), so public addresses in it must pass.
global.addSubnet("64:ff9b::", 96, "ipv6");

const special = new BlockList();
for (const [net, prefix] of specialRanges) {
  special.addSubnet(net, prefix, "ipv4");
  special.addSubnet(`::ffff:${net}`, 96 + prefix, "ipv6");
  special.addSubnet(`64:ff9b::${net}`, 96 + prefix, "ipv6");
}
// Within global unicast: protocol assignments with Teredo, documentation, and 6to4, which hides an IPv4 address.
special.addSubnet("2001::", 23, "ipv6");
special.addSubnet("2001:db8::", 32, "ipv6");
special.addSubnet("2002::", 16, "ipv6");
special.addSubnet("3fff::", 20, "ipv6");

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");

/** Whether an IP address, as DNS or a normalised URL writes it, belongs to the public internet. False for what is no address. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !special.check(address, "ipv4");
  return version === 6 && global.check(address, "ipv6") && !special.check(address, "ipv6");
}

/** Whether an IP address is this machine's own: 127.0.0.0/8 or ::1, in no other spelling. */
export function isLoopbackAddress(address: string): boolean {
  return address === "::1" || (isIP(address) === 4 && loopback.check(address, "ipv4"));
}

/** Whether a host name is localhost, the one name that may resolve to this machine. */
export function isLocalName(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost");
}

/** Whether an address names this machine outright: 127.0.0.0/8, ::1 or localhost. */
export function isLoopback(url: URL): boolean {
  return isLocalName(url.hostname) || isLoopbackAddress(literal(url.hostname));
}

/** Whether an address names this machine, or by its number one that is not on the public internet. Where a name leads is only known when it is asked. */
export function isPrivate(url: URL): boolean {
  const address = literal(url.hostname);
  return isLoopback(url) || (isIP(address) !== 0 && !isPublicAddress(address));
}

const publicPorts = ["80", "443", "8080", "8443"];

/** Why the port of an address is never asked, as part of a sentence; undefined where it is. */
export function strangePort({ port }: URL): string | undefined {
  return port === "" || publicPorts.includes(port) ? undefined : `port ${port} is not one that is asked (${publicPorts.join(", ")})`;
}

/**
 * Lets an address through only if it is a public http(s) one, or this machine where `allowLoopback` is set.
 * Looks at what is written; what a name resolves to is checked when the connection is made.
 * Throws SourceError "bad-address".
 */
export function checkAddress(url: URL, allowLoopback: boolean): void {
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw refused(url, `it starts with ${url.protocol}, and only http: and https: are read`);
  }
  if (url.username !== "" || url.password !== "") {
    throw refused(url, "it holds a user name or password, which would end up in logs");
  }
  if (isLoopback(url)) {
    if (allowLoopback) return;
    throw refused(url, "it is this machine; --allow-loopback lets local servers be read");
  }
  const port = strangePort(url);
  if (port !== undefined) throw refused(url, port);
  if (isPrivate(url)) {
    throw refused(url, "it is not on the public internet");
  }
}

/** The IP address that a URL's host may be. The URL parser has already turned decimal, octal, hex and short forms into one. */
function literal(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

function refused(url: URL, why: string): SourceError {
  return new SourceError(
    "bad-address",
    `The address on host "${url.host}" was not asked: ${why}. Correct the source's url, or find out why the publisher leads there.`,
  );
}
