import { createSocket } from "node:dgram";
import { Resolver } from "node:dns";
import { isIP } from "node:net";
import type { Resolve } from "../../shared/intake/connections.ts";

/** A name server on loopback, and a way of asking it. */
export interface NameServer {
  readonly resolve: Resolve;
  /** The addresses that it gives from now on, a list for each question; the last list stays. */
  says(...answers: readonly (readonly string[])[]): void;
  /** How often it was asked. */
  asked(): number;
  close(): void;
}

/** One record of an answer: the name of the question, its type and class, no time to live, and the address. */
function record(address: string): Buffer {
  const bytes = Buffer.from(address.split(".").map(Number));
  return Buffer.concat([Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 0, 0, bytes.length]), bytes]);
}

function answerTo(question: Buffer, addresses: readonly string[]): Buffer {
  const end = question.indexOf(0, 12) + 5;
  const head = Buffer.from([0, 0, 0x81, 0x80, 0, 1, 0, addresses.length, 0, 0, 0, 0]);
  question.copy(head, 0, 0, 2);
  return Buffer.concat([head, question.subarray(12, end), ...addresses.map(record)]);
}

/** A real name server, for IPv4 addresses alone, that may change its mind with every question. */
export async function openNameServer(): Promise<NameServer> {
  let plan: readonly (readonly string[])[] = [[]];
  let asked = 0;
  const socket = createSocket("udp4");
  socket.on("message", (question, from) => {
    const addresses = plan[Math.min(asked, plan.length - 1)] ?? [];
    asked += 1;
    socket.send(answerTo(question, addresses), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    resolve: (hostname, _, found) =>
      resolver.resolve4(hostname, (error, addresses: string[] | undefined) => found(error, (addresses ?? []).map((address) => ({ address, family: isIP(address) })))),
    says: (...answers) => {
      plan = answers;
      asked = 0;
    },
    asked: () => asked,
    close: () => void socket.close(),
  };
}
