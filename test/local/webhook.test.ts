import { createHmac } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Asked } from "../../local/hand-over.ts";
import { outboxPublisher } from "../../local/outbox.ts";
import { signature, webhookPoster } from "../../local/webhook.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import type { SubscriptionLike } from "../../shared/alerts/publisher.ts";
import { koreanSeminar, tip } from "../alerts/facts.ts";
import { openNameServer } from "../hostile/dns.ts";
import { type LocalServer, serve } from "../intake/server.ts";
import { postOffice } from "./post-office.ts";

interface Got {
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

let folder: string;
let server: LocalServer;
let got: Got[];
let said: string[];
let notes: Asked[];
/** What the receiver answers; 0 hangs up. */
let status = 204;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "webhook-"));
  [got, said, notes, status] = [[], [], [], 204];
  server = await serve((request, response) => {
    void text(request).then((body) => {
      got.push({ method: request.method, headers: request.headers, body });
      if (status === 0) request.socket.destroy();
      else response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end("thanks");
    });
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const hook = (address = `${server.url}/a`): SubscriptionLike => ({ id: "hook", address, protocol: "https", wishes: allWishes, pace: "at-once", state: "active" });
const publisher = (subscribed: readonly SubscriptionLike[], secret: string | undefined = "a secret", allowLoopback = true) =>
  outboxPublisher({ folder, subscriptions: async () => subscribed, smtp: null, webhooks: { secret, allowLoopback, note: async (asked) => void notes.push(...asked) }, say: (sentence) => said.push(sentence) });

const ago = (days: number): Date => new Date(Date.now() - days * 86_400_000);

describe("a web address", () => {
  test("gets the JSON by POST, signed over the second and the body", async () => {
    expect(await publisher([hook()])(compose(koreanSeminar))).toHaveLength(1);
    const [request] = got;
    expect([got.length, request?.method, request?.headers["content-type"], request?.headers["x-almanac-alert"]]).toEqual([1, "POST", "application/json", "about-kinu-1"]);
    expect(request?.body).toBe(`${compose(koreanSeminar).json}\n`);
    const [, second = "", sum] = /^t=(\d+),sha256=([0-9a-f]{64})$/.exec(String(request?.headers["x-almanac-signature"])) ?? [];
    expect(sum).toBe(createHmac("sha256", "a secret").update(`${second}.${request?.body}`).digest("hex"));
    expect(Math.abs(Number(second) - Date.now() / 1000)).toBeLessThan(60);
    expect(said).toEqual([]);
  });

  test("gets it unsigned where there is no secret, which is said once", async () => {
    const publish = outboxPublisher({ folder, subscriptions: async () => [hook()], smtp: null, webhooks: { secret: undefined, allowLoopback: true, note: async () => undefined }, say: (sentence) => said.push(sentence) });
    await publish(compose(tip));
    await publish(compose(koreanSeminar));
    expect(got.map(({ headers }) => headers["x-almanac-signature"])).toEqual([undefined, undefined]);
    expect(said).toEqual([expect.stringContaining("WEBHOOK_SECRET is not set")]);
  });

  test("that took it is not asked again", async () => {
    await publisher([hook()])(compose(tip));
    await publisher([hook()])(compose(tip));
    expect([got.length, notes.map(({ state }) => state)]).toEqual([1, ["taken", "taken before"]]);
  });

  test.each([500, 404, 302])("that answers %i keeps the alert owed, is tried again, and the others have it once", async (answer) => {
    status = answer;
    const both = [hook(), { ...hook(`${server.url}/b`), id: "other" }];
    await expect(publisher([hook()])(compose(tip))).rejects.toThrow(`could not be handed over for 1 of its recipients, 0 of 1 have it: it answered ${answer} (subscription hook)`);
    status = 204;
    expect(await publisher(both)(compose(tip, { language: "en", site: null, repeat: true }))).toHaveLength(2);
    expect(got.filter(({ body }) => JSON.parse(body).repeat)).toHaveLength(1);
    expect(got).toHaveLength(3);
  });

  test("that is gone is noted, and not tried again", async () => {
    status = 410;
    expect(await publisher([hook()])(compose(tip))).toEqual([]);
    expect(await publisher([hook()])(compose(tip))).toEqual([]);
    expect([got.length, notes]).toEqual([1, [{ to: "hook", state: "refused", reply: "it answered 410" }, expect.objectContaining({ to: "hook", state: "refused before" })]]);
  });

  test.each([[404, "it answered 404"], [0, "gave no answer"]])("that took nothing for seven days is given up, which is noted, and asked no more (%i)", async (answer, fault) => {
    status = answer;
    const publish = publisher([hook()]);
    await expect(publish(compose(tip))).rejects.toThrow(fault);
    const [file = ""] = (await readdir(join(folder, "https"))).map((name) => join(folder, "https", name));
    await utimes(file, ago(6), ago(6));
    await expect(publish(compose(tip))).rejects.toThrow(fault);
    await utimes(file, ago(8), ago(8));
    expect(await publish(compose(tip))).toEqual([]);
    expect(await publish(compose(tip))).toEqual([]);
    expect(got).toHaveLength(3);
    expect(notes.map(({ state }) => state)).toEqual(["later", "later", "given up", "refused before"]);
    const [mark = ""] = (await readdir(join(folder, "sent"))).filter((name) => name.endsWith(".txt"));
    expect(await readFile(join(folder, "sent", mark), "utf8")).toMatch(/^given up: /);
  });

  test("that kept us waiting in vain is let alone for a minute, so that it holds up no other alert for as long", async () => {
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
    const slow = await serve((request) => {
      now += 20_000;
      request.socket.destroy();
    });
    const publish = publisher([hook(`${slow.url}/a`)]);
    await expect(publish(compose(tip))).rejects.toThrow("may have taken the alert");
    await expect(publish(compose(koreanSeminar))).rejects.toThrow("it gave no answer a moment ago");
    expect(slow.requests).toHaveLength(1);
    now += 60_000;
    await expect(publish(compose(koreanSeminar))).rejects.toThrow("may have taken the alert");
    expect(slow.requests).toHaveLength(2);
    clock.mockRestore();
    await slow.close();
  });

  test("that does not answer keeps no mail waiting", async () => {
    const office = await postOffice();
    const slow = await serve((_, response) => void office.arrived.then(() => response.writeHead(204).end()));
    const ada: SubscriptionLike = { id: "ada", address: "ada@example.org", protocol: "email", wishes: allWishes, state: "active" };
    const publish = outboxPublisher({ folder, subscriptions: async () => [hook(`${slow.url}/a`), ada], smtp: office.settings, webhooks: { secret: "a secret", allowLoopback: true, note: async () => undefined }, say: () => undefined });
    expect(await publish(compose(tip))).toHaveLength(2);
    await Promise.all([slow.close(), office.close()]);
  });

  test("that hung up may have it: it comes again under its id, and says so", async () => {
    status = 0;
    await expect(publisher([hook()])(compose(tip))).rejects.toThrow("may have taken the alert");
    status = 204;
    await publisher([hook()])(compose(tip, { language: "en", site: null, repeat: true }));
    expect(got.map(({ body }) => [JSON.parse(body).alert, JSON.parse(body).repeat])).toEqual([[tip.id, false], [tip.id, true]]);
    expect((await readdir(join(folder, "sent"))).filter((name) => !name.endsWith(".txt"))).toEqual([]);
  });

  test.each([
    ["https://127.0.0.1/a", "only --allow-loopback lets that be reached"],
    ["http://127.0.0.1:8080/a", "only --allow-loopback lets that be reached"],
    ["https://localhost/", "only --allow-loopback lets that be reached"],
    ["https://169.254.169.254/latest", "is not a public one"],
    ["https://[::ffff:10.0.0.1]/", "is not a public one"],
    ["https://hooks.example.org:9999/a", "port 9999 is not one that is asked (80, 443, 8080, 8443)"],
  ])("that is never reached is not asked, and why is said: %s", async (address, why) => {
    await expect(publisher([hook(address)], "a secret", false)(compose(tip))).rejects.toThrow(why);
    expect(got).toEqual([]);
  });

  test.each([["127.0.0.1"], ["169.254.169.254"], ["10.0.0.1"]])("whose name leads to %s is not asked", async (address) => {
    const names = await openNameServer();
    names.says([address]);
    for (const allowLoopback of [false, true]) {
      const post = webhookPoster({ secret: "a secret", allowLoopback }, names.resolve);
      expect(await post(Buffer.from("{}"), "https://hooks.example.org/a", "tip")).toEqual({ state: "later", reply: "the address, or what its name leads to, is not a public one" });
    }
    expect(names.asked()).toBe(2);
    names.close();
  });

  test("without TLS is asked on this machine alone", async () => {
    for (const allowed of [true, false]) await expect(publisher([hook("http://example.org/")], "a secret", allowed)(compose(tip))).rejects.toThrow("the address is not https");
  });

  test("that took it before a crash gets the file of then, byte for byte", async () => {
    status = 500;
    await expect(publisher([hook()])(compose(tip))).rejects.toThrow("could not be handed over");
    const [name = ""] = await readdir(join(folder, "https"));
    await writeFile(join(folder, "https", name), '{"as":"then"}\n');
    status = 200;
    await publisher([hook()])(compose(tip));
    expect(got.at(-1)?.body).toBe(await readFile(join(folder, "https", name), "utf8"));
  });
});

describe("the example receiver", () => {
  type Verify = (body: Buffer, header: string | undefined, secret: string, now: number) => void;
  const path = join(import.meta.dirname, "../../docs/examples/receive-webhook.mjs");
  const body = Buffer.from('{"alert":"발간"}\n');
  const header = signature("a secret", body, 1000);

  test("believes what is signed with the secret, for five minutes", async () => {
    const { verify }: { verify: Verify } = await import(path);
    expect(() => verify(body, header, "a secret", 1299)).not.toThrow();
    expect(() => verify(body, header, "a secret", 1301)).toThrow("too long ago");
    expect(() => verify(body, header, "another", 1000)).toThrow("does not fit");
    expect(() => verify(Buffer.from("{}"), header, "a secret", 1000)).toThrow("does not fit");
    expect(() => verify(body, header.replace("t=1000", "t=1001"), "a secret", 1000)).toThrow("does not fit");
    for (const unsigned of [undefined, "", "t=1000", `${header}0`]) expect(() => verify(body, unsigned, "a secret", 1000)).toThrow("not signed");
  });
});
