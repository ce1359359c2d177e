import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile, mkdir } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dkimExaminer } from "../../local/dkim.ts";
import { openMailFolder } from "../../local/mail-folder.ts";
import { type MailServer, makeMaildir, openMailServer } from "../../local/mail-server.ts";
import { findingsBy } from "../../shared/intake/mail-results.ts";
import { read } from "../../shared/records/records.ts";
import { sourceKey } from "../../shared/records/keys.ts";
import { series } from "../poll/parts.ts";
import { hostileDocuments } from "../hostile/documents.ts";
import type { Parts } from "../recognition/catalogue.ts";
import { forgeries, sendRaw } from "./forged-mail.ts";
import { nameService, partlySigned, send, signedLetter } from "./signed-mail.ts";
import { openStation, type Station } from "./station.ts";

const subject = "Human rights in North Korea: prison camp 7";
const mailed = { id: "state-mail", publisher: "state", url: "https://state.example/subscribe", read: { as: "mail" as const, senders: ["press@mail.state.example"], dkim: ["state.example"] } };
const council = { ...mailed, id: "council-mail", publisher: "council", url: "https://council.example/subscribe", read: { ...mailed.read, senders: ["news@council.example"] } };
const parts = (url: string): Parts => ({ series, sources: [mailed, council, { id: "press", publisher: "state", url: `${url}/press`, read: { as: "feed" } }] });

let folder: string;
let names: ReturnType<typeof nameService>;
let station: Station;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-mail-"));
  names = nameService();
});
afterEach(async () => {
  await station.close();
  await rm(folder, { recursive: true });
});

const refused = async (): Promise<string[]> => {
  const inside = (await readdir(join(folder, "refused"))).filter((name) => name.endsWith(".why.txt"));
  return Promise.all(inside.map((name) => readFile(join(folder, "refused", name), "utf8")));
};
const count = async (kept: string): Promise<number> => (await readdir(join(folder, kept))).filter((name) => !name.endsWith(".why.txt")).length;

/** Puts a file that was last written so long ago. */
async function put(name: string, content: string | Buffer, secondsAgo = 60): Promise<void> {
  await writeFile(join(folder, name), content);
  const at = new Date(Date.now() - secondsAgo * 1000);
  await utimes(join(folder, name), at, at);
}

/** Opens a station that watches the folder and believes its receiver. */
async function open(): Promise<void> {
  station = await openStation(parts, {}, [{ folder: await openMailFolder(folder), examine: (head) => findingsBy(head, "mx.example.org") }]);
  station.publisher.feed("/press", []);
  await station.tick();
  await station.idle();
}

describe("by SMTP", () => {
  let server: MailServer;
  beforeEach(async () => {
    await makeMaildir(folder);
    station = await openStation(parts, {}, [{ folder: await openMailFolder(folder, 2), examine: dkimExaminer((...asked) => names.resolve(...asked)) }]);
    server = await openMailServer({ host: "127.0.0.1", port: 0, maildir: folder }, () => undefined);
    station.publisher.feed("/press", []);
    await station.tick();
    await station.idle();
    station.polled();
  });
  afterEach(() => server.close());

  test("a mail of a listed sender, signed by its domain, rings; it is let go of when that is on record", async () => {
    expect(await send(server.port)).toMatch(/^250/);
    expect(await count("new")).toBe(1);
    await station.takeMail();
    expect([station.rung(), await station.emails(), await count("new"), await count("read")]).toEqual([[subject], 1, 0, 1]);
    expect(await read(station.stack.poll.table, sourceKey("state-mail"))).toMatchObject({ health: "well", lastChange: "2021-06-20T12:00:00.000Z" });
  });

  test("the same mail twice rings once", async () => {
    for (let times = 0; times < 2; times++) await send(server.port);
    await station.takeMail();
    await send(server.port);
    await station.takeMail();
    expect([station.rung(), await station.emails(), await station.owed()]).toEqual([[subject], 1, []]);
  });

  test.each([["the mail first", true], ["the feed first", false]])("the same news by feed and by mail rings once, %s", async (_, mailFirst) => {
    const byFeed = async (): Promise<void> => {
      station.publisher.feed("/press", [{ title: subject, url: "https://state.example/camp-7/?utm_source=feed", at: "2021-06-20T12:00:00Z" }]);
      await station.pass(60);
    };
    const byMail = async (): Promise<void> => {
      await send(server.port);
      await station.takeMail();
    };
    for (const come of mailFirst ? [byMail, byFeed] : [byFeed, byMail]) await come();
    expect(station.rung()).toEqual([subject]);
  });

  test("a report that comes by mail is an edition that is out", async () => {
    await send(server.port, { subject: "2021 Trafficking in Persons Report", text: "https://state.example/tip-2021" });
    await station.takeMail();
    expect(station.rung()).toEqual(["2021 Trafficking in Persons Report"]);
  });

  test("mail from before the install is recorded in silence", async () => {
    await send(server.port, { date: "2021-05-01T12:00:00Z" });
    await station.takeMail();
    expect([station.rung(), await count("read")]).toEqual([[], 1]);
  });

  test.each([
    ["From is forged, and the forger's own domain signed", { signer: "other.example" }, 'dkim: it says that it is press@mail.state.example\'s, but it is signed by other.example, and "state-mail" wants that of state.example'],
    ["nobody signed", { signer: null }, 'dkim: it says that it is press@mail.state.example\'s, but nobody\'s signature holds, and "state-mail" wants that of state.example'],
    ["Authentication-Results are forged", { signer: null, headers: { "Authentication-Results": "rights-almanac; dkim=pass header.d=state.example" } }, "dkim: it says"],
    ["the right domain signed for a sender that is not listed", { from: "it@state.example" }, "sender: no enabled source of the catalogue has the sender it@state.example"],
    ["the signer has no key", { signer: "nobody.example" }, "dkim: it says"],
  ])("a mail where %s is refused, said and kept", async (_, letter, why) => {
    await send(server.port, letter);
    await station.takeMail();
    expect(station.rung()).toEqual([]);
    expect(await refused()).toEqual([expect.stringContaining(why)]);
    expect(station.said()).toEqual([expect.stringMatching(/^A mail is refused \((dkim|sender)\): .* It is kept as \S+ in \S+refused\.$/)]);
    expect([await count("new"), await count("refused")]).toEqual([0, 1]);
  });

  test("a mail that was changed on its way is refused", async () => {
    const letter = (await signedLetter()).toString("latin1").replace("camp-7", "camp-8");
    await writeFile(join(folder, "new", "changed"), letter, "latin1");
    await station.takeMail();
    expect(await refused()).toEqual([expect.stringMatching(/^dkim: /)]);
  });

  test("a signature that leaves the end of the text out does not count", async () => {
    const letter = await partlySigned("Read it: ");
    await writeFile(join(folder, "new", "longer"), letter);
    await station.takeMail();
    expect(await refused()).toEqual([expect.stringMatching(/^dkim: .*nobody's signature holds/)]);
  });

  test.each(forgeries)("a signed mail into which others put $name is refused", async ({ forge }) => {
    expect(await sendRaw(server.port, forge((await signedLetter()).toString("latin1")))).toMatch(/^250/);
    await station.takeMail();
    expect(station.rung()).toEqual([]);
    expect(await refused()).toEqual([expect.stringMatching(/^header: /)]);
  });

  test.each(["X-A: b", " Subject: Human rights in North Korea: EVIL"])("a signed mail rings as it was signed below %j, which goes on from what our server writes at the top", async (line) => {
    expect(await sendRaw(server.port, `${line}\r\n${(await signedLetter()).toString("latin1")}`)).toMatch(/^250/);
    await station.takeMail();
    expect(station.rung()).toEqual([subject]);
  });

  test("a signature over the sender alone does not count", async () => {
    const letter = (await signedLetter({ signed: "from:to" })).toString("latin1");
    await sendRaw(server.port, letter.replace(/Subject: .*/, "Subject: Human rights in North Korea: EVIL").replace(/Date: .*/, "Date: Sun, 20 Jun 2021 11:59:30 GMT"));
    await station.takeMail();
    expect(station.rung()).toEqual([]);
    expect(await refused()).toEqual([expect.stringMatching(/^dkim: the signature of state\.example is not over subject, date, mime-version, content-type/)]);
  });

  test("a signed mail without a link rings once, also under another Message-ID that was not signed", async () => {
    const letter = (await signedLetter({ text: "The camp goes on.", signed: "from:subject:date:mime-version:content-type:content-transfer-encoding" })).toString("latin1");
    for (const id of ["<7@state.example>", "<8@evil.example>"]) {
      await sendRaw(server.port, letter.replace(/Message-ID: .*/, `Message-ID: ${id}`));
      await station.takeMail();
    }
    expect([station.rung(), await count("read")]).toEqual([[subject], 2]);
  });

  test("while the name service is away a mail waits, is said once, and rings when that is back", async () => {
    names.isAway = true;
    await send(server.port);
    for (let times = 0; times < 2; times++) await station.takeMail();
    expect([station.rung(), await count("new"), station.said()]).toEqual([[], 1, [expect.stringContaining("A mail waits, and is looked at again each minute: the key of state.example cannot be asked for now.")]]);
    names.isAway = false;
    await station.takeMail();
    expect([station.rung(), await count("new")]).toEqual([[subject], 0]);
  });

  test("a mail whose linked page decides waits while that cannot be read, and rings when it can", async () => {
    station.publisher.refuse("/texts", 500);
    await send(server.port, { from: "news@council.example", subject: "Council adopts 29 texts", text: `${station.publisher.url}/texts` });
    await station.takeMail();
    expect([station.rung(), await count("new"), station.said()]).toEqual([[], 1, [expect.stringContaining("a page that it links to decides, and cannot be read now")]]);
    station.publisher.page("/texts", "<main><p>The resolution on North Korea was adopted without a vote.</p></main>");
    await station.takeMail();
    expect([station.rung(), await count("new"), await count("read")]).toEqual([["Council adopts 29 texts"], 0, 1]);
  });

  test("a mail is read again after a kill before it was let go of, and rings once", async () => {
    await send(server.port);
    await station.takeMail();
    const [name = ""] = await readdir(join(folder, "read"));
    await rename(join(folder, "read", name), join(folder, "new", name));
    station.restart();
    await station.takeMail();
    expect([station.rung(), await station.emails(), await count("read")]).toEqual([[subject], 1, 1]);
  });

  test("of what was refused only so many are kept, the newest", async () => {
    for (const id of [1, 2, 3]) await send(server.port, { from: `stranger-${id}@other.example` });
    await station.takeMail();
    expect([await count("refused"), (await refused()).map((why) => why.trim().at(-15))]).toEqual([2, [expect.anything(), expect.anything()]]);
    expect((await refused()).join("")).not.toContain("stranger-1");
  });

  test("more than is read is refused by the server, as is mail while too much waits", async () => {
    await expect(send(server.port, { text: "x".repeat(10_000_001), signer: null })).rejects.toMatchObject({ responseCode: 552 });
    expect(await count("new")).toBe(0);
    for (let waiting = 0; waiting < 1000; waiting++) await writeFile(join(folder, "new", `.${waiting}`), "");
    await expect(send(server.port)).rejects.toMatchObject({ responseCode: 452 });
  });

  test("of those who connect at once twenty are heard", async () => {
    const sockets = Array.from({ length: 21 }, () => connect(server.port, "127.0.0.1"));
    const greetings = await Promise.all(sockets.map(async (socket) => String(await new Promise((resolve) => socket.once("data", resolve))).slice(0, 3)));
    expect(greetings.toSorted()).toEqual([...Array.from({ length: 20 }, () => "220"), "421"]);
    for (const socket of sockets) socket.destroy();
  });

  test("a sender that breaks off leaves nothing", async () => {
    const socket = connect(server.port, "127.0.0.1");
    for (const line of ["EHLO a", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA", "Subject: x"]) {
      await new Promise((resolve) => socket.once("data", resolve));
      socket.write(`${line}\r\n`);
      if (line === "DATA") await new Promise((resolve) => socket.once("data", resolve)).then(() => socket.write("Subject: half"));
      if (line === "DATA") break;
    }
    socket.destroy();
    await server.close();
    expect([await count("new"), await count("tmp")]).toEqual([0, 0]);
    server = await openMailServer({ host: "127.0.0.1", port: 0, maildir: folder }, () => undefined);
  });

  test("without news for long the source is quiet", async () => {
    await send(server.port);
    await station.takeMail();
    await station.pass(61 * 24 * 60);
    expect(await read(station.stack.poll.table, sourceKey("state-mail"))).toMatchObject({ health: "quiet" });
  });
});

describe("by a folder", () => {
  const trusted = "Authentication-Results: mx.example.org; dkim=pass header.d=state.example\r\n";

  test("what its receiver found is believed, in .eml files that are whole", async () => {
    await open();
    const letter = await signedLetter();
    await put("one.eml", Buffer.concat([Buffer.from(trusted), letter]));
    await put("two.eml", letter);
    await put("notes.txt", "nothing");
    await put("half.eml", letter.subarray(0, 20), 0);
    await station.takeMail();
    expect(station.rung()).toEqual([subject]);
    expect(await refused()).toEqual(["receiver: the topmost Authentication-Results is not mx.example.org's, so its receiver did not look who signed it\n"]);
    expect((await readdir(folder)).toSorted()).toEqual(["half.eml", "notes.txt", "read", "refused"]);
    expect(await readdir(join(folder, "read"))).toEqual(["one.eml"]);
  });

  test.each(forgeries)("a mail that its receiver found signed, with $name, is refused all the same", async ({ forge }) => {
    await open();
    await put("one.eml", Buffer.from(`${trusted}${forge((await signedLetter()).toString("latin1"))}`, "latin1"));
    await station.takeMail();
    expect([station.rung(), await refused()]).toEqual([[], [expect.stringMatching(/^header: /)]]);
  });

  test("of a maildir, what is new is taken, with LF at the end of its lines", async () => {
    await mkdir(join(folder, "new"));
    await open();
    await put("new/1624190400.M1P2.host", Buffer.from(`${trusted}${(await signedLetter()).toString("latin1")}`.replaceAll("\r\n", "\n"), "latin1"), 0);
    await station.takeMail();
    expect([station.rung(), await readdir(join(folder, "read"))]).toEqual([[subject], ["1624190400.M1P2.host"]]);
  });

  test("hostile mail of a trusted sender is read, or refused by name", async () => {
    await open();
    // The large ones are read in test/hostile.
    const above = `${trusted}DKIM-Signature: d=state.example; h=from:subject:date:mime-version:content-type:content-transfer-encoding\r\nDate: Sun, 20 Jun 2021 12:00:00 GMT\r\n`.replaceAll("\r\n", "\n");
    const hostile = hostileDocuments.flatMap(({ read: { as }, make }) => (as === "mail" ? [make()] : [])).filter(({ length }) => length < 200_000);
    expect(hostile.length).toBeGreaterThan(2);
    for (const [index, text] of hostile.entries()) await put(`${index}.eml`, Buffer.concat([Buffer.from(`${above}From: press@mail.state.example\n`), Buffer.from(text)]));
    await station.takeMail();
    expect([...(await readdir(join(folder, "read"))), ...(await readdir(join(folder, "refused"))).filter((name) => name.endsWith(".eml"))]).toHaveLength(hostile.length);
    expect((await refused()).filter((why) => !/^(unreadable|header|too-large): \S/.test(why))).toEqual([]);
  });

  test("which is not there is a sentence", async () => {
    await open();
    await expect(openMailFolder(join(folder, "absent"))).rejects.toThrow(/^There is no folder \S+absent to watch for mail\. Make it, or correct --mail-folder\.$/);
  });
});

test("where no mail comes in, a source that is mailed says so", async () => {
  station = await openStation(parts);
  station.publisher.feed("/press", []);
  await station.pass();
  expect(await read(station.stack.poll.table, sourceKey("state-mail"))).toMatchObject({ health: "failing", reason: "no-mailbox" });
});
