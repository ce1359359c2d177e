import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkSources } from "../../shared/catalogue/check-sources.ts";
import { Source } from "../../shared/catalogue/schema.ts";
import type { Refusal } from "../../shared/intake/mail-trust.ts";
import { eventsText, sourcesText } from "../catalogue/made.ts";
import { run, type Running } from "../local/running.ts";
import { send, signedLetter } from "../local/signed-mail.ts";
import { catalogue } from "../recognition/catalogue.ts";
import { shellLines, split } from "./command-lines.ts";
import { blocks, doc, rows } from "./markdown.ts";

// Each starts a monitor, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const page = doc("docs/mail.md");
const example = Source.parse(JSON.parse(blocks(page).find(({ info }) => info === "json source")?.text ?? ""));
const starts = shellLines(page).filter((line) => line.startsWith("almanac start")).map((line) => split(line)[0]?.slice(1) ?? []);
const title = "Human rights in North Korea: prison camp 7";
const letter = { from: "News <news@mail.example.org>", subject: title, text: "https://example.org/camp-7", date: new Date().toISOString() };

let folder: string;
let monitor: Running | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-mail-docs-"));
  await mkdir(join(folder, "Maildir", "new"), { recursive: true });
  await writeFile(join(folder, "events.json"), eventsText([]));
  await writeFile(join(folder, "sources.json"), sourcesText([{ ...example }], [{ id: "example", name: "Example", short: "Example", hosts: ["example.org"] }]));
});
afterEach(async () => {
  await monitor?.end("SIGKILL");
  await rm(folder, { recursive: true });
});

function start(words: readonly string[]): Running {
  return (monitor = run(folder, [...words.map((word) => (word === "2525" ? "0" : word)), "--events", "events.json", "--sources", "sources.json", "--data", "data", "--port", "0"]));
}

test("the source that the page describes is sound", () => {
  const publishers = [{ id: "example", name: "Example", short: "Example", hosts: [] }];
  expect(checkSources(catalogue({ sources: [example], publishers }))).toEqual([]);
});

test("every word for a refusal is explained, and no other", () => {
  const known: Record<Refusal | "unanswered", true> = { sender: true, dkim: true, receiver: true, header: true, "too-large": true, unreadable: true, unanswered: true };
  const told = rows(page, "Refused mail").flatMap(([word = ""]) => word.match(/[\w-]+/g) ?? []);
  expect(told.toSorted()).toEqual(Object.keys(known).toSorted());
});

test("its ways in are three", () => expect(starts.map((words) => words.slice(1))).toEqual([["--mail-folder", "Maildir"], ["--mail-folder", "Maildir", "--mail-receiver", "mx.example.org"], ["--mail-port", "2525"]]));

test("a folder is read as a named receiver found, and what is read and refused lies where the page says", async () => {
  const signed = Buffer.from("Authentication-Results: mx.example.org; dkim=pass header.d=example.org\r\n");
  await writeFile(join(folder, "Maildir", "new", "1.good"), Buffer.concat([signed, await signedLetter({ ...letter, signer: "example.org" })]));
  await writeFile(join(folder, "Maildir", "new", "2.forged"), await signedLetter(letter));
  const running = start(starts[1] ?? []);
  await running.wrote("A mail is refused (receiver)");
  await running.wrote(title);
  expect(await running.end("SIGINT")).toBe(0);
  expect([await readdir(join(folder, "Maildir", "read")), await readdir(join(folder, "Maildir", "refused"))]).toEqual([["1.good"], ["2.forged", "2.forged.why.txt"]]);
});

test("a folder without a receiver is read by the signatures alone", async () => {
  await writeFile(join(folder, "Maildir", "new", "1"), Buffer.concat([Buffer.from("Authentication-Results: mx.example.org; dkim=pass header.d=example.org\r\n"), await signedLetter(letter)]));
  await start(starts[0] ?? []).wrote("A mail is refused (dkim)");
  expect(await readdir(join(folder, "Maildir", "refused"))).toEqual(["1", "1.why.txt"]);
});

test("the server takes mail at its port, keeps it below the data folder, and looks at it at once", async () => {
  const running = start(starts[2] ?? []);
  await running.wrote("Mail is taken on 127.0.0.1:");
  await send(Number(/Mail is taken on 127\.0\.0\.1:(\d+)/.exec(running.text())?.[1]), letter);
  await running.wrote("A mail is refused (dkim)");
  expect(await readdir(join(folder, "data", "mail", "refused"))).toHaveLength(2);
});

test("where none is open, the source says so", async () => {
  const running = start(["start"]);
  await running.wrote("no-mailbox");
  expect(running.text()).toContain("its mail does not come in here: see docs/mail.md");
});
