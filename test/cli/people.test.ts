import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as erase from "../../cli/commands/erase.ts";
import * as record from "../../cli/commands/record.ts";
import * as subscribe from "../../cli/commands/subscribe.ts";
import * as subscribers from "../../cli/commands/subscribers.ts";
import * as testAlert from "../../cli/commands/test-alert.ts";
import * as unsubscribe from "../../cli/commands/unsubscribe.ts";
import { csvRows } from "../../cli/csv-rows.ts";
import { outboxPublisher } from "../../local/outbox.ts";
import { openTable } from "../../local/table.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { alertKey } from "../../shared/records/keys.ts";
import { change } from "../../shared/records/records.ts";
import { subscribe as subscribeRecord, subscriptions } from "../../shared/records/subscriptions.ts";
import { koreanSeminar, tip } from "../alerts/facts.ts";
import { serve } from "../intake/server.ts";
import { postOffice } from "../local/post-office.ts";
import { runHere } from "./in-process.ts";

let folder: string;
let here: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "almanac-people-"));
  here = ["--data", folder];
});
afterEach(() => rm(folder, { recursive: true }));

const shown = async (): Promise<unknown[]> => [...(await runHere(subscribers, [...here, "--json"])).json];
async function list(text: string): Promise<string[]> {
  const path = join(folder, "people.csv");
  await writeFile(path, text);
  return ["--csv", path, ...here];
}

test("the language in which people are written to is said, and shown", async () => {
  expect((await runHere(subscribe, ["kim@example.org", "--texts", "ko", ...here])).lines[0]).toMatch(/^kim@example\.org gets an email in Korean at once for /);
  expect(await shown()).toMatchObject([{ address: "kim@example.org", texts: "ko" }]);
});

describe("subscribing with a pace", () => {
  test("says when messages come, and when none does", async () => {
    const { lines } = await runHere(subscribe, ["--email", "ada@example.org", "--pace", "daily", "--quiet", "22-7", "--zone", "asia/seoul", ...here]);
    expect(lines).toEqual(["ada@example.org gets an email every day at 08:00 (Asia/Seoul) for every alert that is not for operators; nothing from 22:00 to 07:00 (Asia/Seoul)."]);
    expect(await shown()).toMatchObject([{ address: "ada@example.org", pace: "daily", quiet: { from: "22:00", to: "07:00" }, zone: "Asia/Seoul" }]);
  });

  test.each([
    [["--pace", "hourly"], 'no pace "hourly"; there are at-once, daily, weekly'],
    [["--quiet", "22:00-07:00"], "quiet hours need the time zone that they are of: --zone Asia/Seoul"],
    [["--quiet", "25:00-07:00", "--zone", "UTC"], '"25:00-07:00" are no quiet hours: write them as 22:00-07:00'],
    [["--quiet", "7-7", "--zone", "UTC"], "to stop all messages, unsubscribe"],
    [["--zone", "Asia/Soul"], "did you mean Asia/Seoul"],
    [["--kind", "digest"], 'no kind of alert "digest"'],
  ])("%j is bad usage", async (words, hint) => {
    await expect(runHere(subscribe, ["ada@example.org", ...words, ...here])).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining(hint) });
  });

  test.each([
    ["+82 10 1234", "there is no such number in South Korea"],
    ["+999 10 1234 5678", "no country has that code"],
    ["+1 202 155 0123", "there is no such number"],
    ["+1 900 234 5678", "it is a premium-rate number. Give a number of a mobile phone"],
    ["+1 800 234 5678", "it is a toll-free number"],
    ["+850 191 234 5678", "AWS sends no SMS to North Korea"],
  ])("the phone number %s is refused with what is wrong with it", async (number, hint) => {
    await expect(runHere(subscribe, [number, ...here])).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining(hint) });
  });
});

test.each([
  ["+44 (0)20 7946 0000", "+442079460000"],
  ["+82 010-1234-5678", "+821012345678"],
  ["+1 (202) 456-1111", "+12024561111"],
])("the number that is written as %s is found by any spelling of it", async (written, kept) => {
  for (const spelling of [written, kept, ` ${written.replaceAll(" ", ".")} `]) {
    await runHere(subscribe, [written, ...here]);
    expect(await shown()).toMatchObject([{ address: kept }]);
    expect((await runHere(testAlert, [spelling, ...here])).lines[0]).toContain(`A test to ${kept}`);
    expect((await runHere(unsubscribe, [spelling, "--json", ...here])).json).toEqual([{ address: kept, protocol: "sms", ended: true }]);
    expect((await runHere(erase, [spelling, "--json", ...here])).json).toMatchObject([{ address: kept, records: 1, files: 1 }]);
  }
});

test("a number that is on record although it is none by now can still be ended", async () => {
  const open = await openTable(folder);
  await subscribeRecord(open.table, { protocol: "sms", address: "+12021550123", wishes: allWishes, language: "en" }, "2020-01-01T00:00:00Z");
  await open.close();
  expect((await runHere(unsubscribe, ["+1 202 155 0123", "--json", ...here])).json).toEqual([{ address: "+12021550123", protocol: "sms", ended: true }]);
});

test.each([
  ["https://10.0.0.1/x", "give an address that others can reach"],
  ["https://[fd00::1]/x", "give an address that others can reach"],
  ["https://169.254.169.254/", "is not on the public internet"],
  ["https://localhost/x", "for a relay on this machine add --allow-loopback"],
])("%s, where no alert can arrive, is refused at once, and can still be ended", async (address, hint) => {
  await expect(runHere(subscribe, [address, ...here])).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining(hint) });
  await expect(runHere(subscribe, await list(`address\n${address}\n`))).rejects.toThrow("is not on the public internet");
  await expect(runHere(unsubscribe, [address, ...here])).rejects.toThrow("has no subscription");
});

test("a web address on a port that is never asked is refused at once with the ports that are, and no other", async () => {
  await expect(runHere(subscribe, ["https://hooks.example.org:9999/a", ...here])).rejects.toMatchObject({ name: "UsageError", message: "https://hooks.example.org:9999/a would never be reached from this machine: port 9999 is not one that is asked (80, 443, 8080, 8443)." });
  expect(await shown()).toEqual([]);
  for (const address of ["https://hooks.example.org:8443/a", "http://127.0.0.1:9999/a"]) await runHere(subscribe, [address, "--allow-loopback", ...here]);
  expect(await shown()).toHaveLength(2);
});

const saidOf = async (...words: readonly string[]) => (await runHere(subscribe, [...words, ...here])).said.join("\n");

describe("a wish that may not mean what it says", () => {
  const meant = "If you meant messages in Korean, write --texts ko in place of --language ko.";

  test("is met with the language of the messages, where that of the items was given alone", async () => {
    expect(await saidOf("kim@example.org", "--language", "ko")).toContain(`Only items in Korean come, and messages are written in English. ${meant}`);
    for (const words of [["--language", "ko", "--texts", "ko"], ["--language", "ko,en"], ["--language", "ja"], []]) expect(await saidOf("kim@example.org", ...words)).not.toContain("Only items in");
    expect(await saidOf("https://hooks.example.org/a", "--language", "ko")).not.toContain("Only items in");
  });

  test("is met with what a series of years comes as", async () => {
    expect(await saidOf("kim@example.org", "--kind", "about", "--series", "us-state-tip-report")).toContain("Nothing comes of the kind about: us-state-tip-report has yearly editions, which come as edition and notice.");
    for (const words of [["--kind", "about"], ["--kind", "edition", "--series", "us-state-tip-report"], ["--kind", "about", "--series", "us-state-tip-report,hrnk-report"]]) expect(await saidOf("kim@example.org", ...words)).not.toContain("Nothing comes");
  });

  test.each(["series", "publisher", "kind", "language"])("is refused where --%s is empty", async (name) => {
    await expect(runHere(subscribe, ["kim@example.org", `--${name}`, " , ", ...here])).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining(`--${name} is empty.`) });
    expect(await shown()).toEqual([]);
  });
});

describe("a list", () => {
  test("subscribes everybody in it, each to what its row says", async () => {
    const words = await list('\uFEFFaddress,kind,series,pace,quiet,zone\r\nada@example.org,"edition, notice",us-state-tip-report,,,\r\n\r\n+82 10 1234 5678,edition,,daily,22:00-07:00,Asia/Seoul\r\n');
    expect((await runHere(subscribe, words)).lines).toHaveLength(2);
    expect(await shown()).toMatchObject([
      { address: "+821012345678", wishes: { kinds: ["edition"], series: [] }, pace: "daily" },
      { address: "ada@example.org", wishes: { kinds: ["edition", "notice"], series: ["us-state-tip-report"] }, pace: null, quiet: null },
    ]);
  });

  test("has in several lines of one address several wishes of it", async () => {
    const words = await list("address,kind,series,publisher,pace,quiet,zone\nada@example.org,,us-state-tip-report,,daily,22-7,Asia/Seoul\nbo@example.org,,,,,,\nAda@Example.org,edition,,ohchr,daily,22:00-07:00,asia/seoul\nada@example.org,edition,us-state-tip-report,,daily,22-7,Asia/Seoul\n");
    expect((await runHere(subscribe, words)).lines.map((line) => line.split(" gets ")[0])).toEqual(["ada@example.org", "bo@example.org"]);
    expect(await shown()).toMatchObject([
      { address: "ada@example.org", wishes: { series: ["us-state-tip-report"], kinds: [] }, also: [{ kinds: ["edition"], publishers: ["ohchr"], series: [] }], pace: "daily" },
      { address: "bo@example.org", also: [] },
    ]);
  });

  test.each([
    ["quiet,zone", "22-7,UTC", "23-7,UTC", "quiet"],
    ["quiet,zone", "22-7,UTC", ",Asia/Seoul", "quiet and zone"],
    ["texts,pace", "ko,", ",weekly", "pace and texts"],
  ])("whose lines of one address differ in %s (%s and %s) subscribes nobody", async (columns, first, other, said) => {
    await expect(runHere(subscribe, await list(`address,${columns}\nada@example.org,${first}\nbo@example.org,,\nada@example.org,${other}\n`))).rejects.toThrow(`line 4: the address stands on line 2 too, and there with another ${said}: `);
    expect(await shown()).toEqual([]);
  });

  test("with faults subscribes nobody, and each fault has its line", async () => {
    const words = await list('address,series,pace\nada@example.org,,\n"not\nan address",,\nbob@example.org,us-state-tip,hourly\nADA@example.org,,daily\ncy@example.org\n');
    await expect(runHere(subscribe, words)).rejects.toMatchObject({
      name: "UsageError",
      message: expect.stringMatching(/^line 3: .*is no address[^]*\nline 5: no series "us-state-tip"[^]*\nline 5: no pace "hourly"[^]*\nline 6: the address stands on line 2 too, and there with another pace: [^]*\nline 7: there are 1 cells, and line 1 names 3 columns\nNobody was subscribed\. Mend these 5 faults in /),
    });
    expect(await shown()).toEqual([]);
  });

  test.each([
    ["", "it is empty"],
    ["address\n", "no subscription below it"],
    ["email,series\n", 'line 1 names the columns: address, and any of series, publisher, kind, language, pace, quiet, zone, texts; not "email"'],
    ['address\n"ada@example.org\n', "line 2: a cell begins with a quote"],
    ["address;series\nada@example.org;us-state-tip-report\n", "line 1 has semicolons between its columns: save it with commas between them"],
    ["address\tpace\nada@example.org\tdaily\n", "line 1 has tabs between its columns"],
  ])("that says %j is refused", async (text, hint) => {
    await expect(runHere(subscribe, await list(text))).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining(hint) });
  });

  test.each([
    ["CP949", Buffer.from([0xc1, 0xd6, 0xbc, 0xd2])],
    ["UTF-16", Buffer.from("\uFEFFaddress\n", "utf16le")],
  ])("in %s is refused with what to save it as", async (_, bytes) => {
    const path = join(folder, "people.csv");
    await writeFile(path, Buffer.concat([bytes, Buffer.from("\nada@example.org\n")]));
    await expect(runHere(subscribe, ["--csv", path, ...here])).rejects.toMatchObject({ name: "UsageError", message: expect.stringContaining('it is not in UTF-8, but perhaps in CP949 or UTF-16: save it as "CSV UTF-8"') });
  });

  test("takes nothing beside it", async () => {
    await expect(runHere(subscribe, [...(await list("address\n")), "--pace", "daily"])).rejects.toThrow("leave out --pace");
    await expect(runHere(subscribe, [...(await list("address\n")), "--add"])).rejects.toThrow("leave out --add");
  });

  test("has rows as spreadsheets write them", () => {
    expect(csvRows('a,"b ""c""\nd",e\r\n,,\r\nf,,')).toEqual([{ line: 1, cells: ["a", 'b "c"\nd', "e"] }, { line: 4, cells: ["f", "", ""] }]);
  });
});

test("a test is written for the one address, and for no stranger", async () => {
  await runHere(subscribe, ["ada@example.org", "--pace", "weekly", ...here]);
  expect((await runHere(testAlert, ["ada@example.org", ...here])).lines[0]).toContain("was written to");
  expect((await readdir(join(folder, "outbox"))).filter((name) => name.endsWith(".eml"))).toHaveLength(1);
  await expect(runHere(testAlert, ["eve@example.org", ...here])).rejects.toThrow("nothing is sent to strangers");
});

test("a test says where the mail server refuses the address", async () => {
  const office = await postOffice(new Map([["ada@example.org", 550]]));
  vi.stubEnv("SMTP_URL", `smtp://127.0.0.1:${office.settings.port}`);
  vi.stubEnv("SMTP_FROM", "almanac@example.org");
  await runHere(subscribe, ["ada@example.org", ...here]);
  await expect(runHere(testAlert, ["ada@example.org", ...here])).rejects.toThrow("The test did not get there: the address was refused for good");
  vi.unstubAllEnvs();
  await office.close();
});

test("a web address that is gone is suspended at once, shown with why, and goes on as it was when it takes a test", async () => {
  let status = 410;
  const hook = await serve((_, response) => void response.writeHead(status).end());
  const address = `${hook.url}/a`;
  const local = ["--allow-loopback", ...here];
  await runHere(subscribe, [address, "--kind", "edition", "--pace", "at-once", ...local]);
  const { said } = await runHere(record, ["kinu-white-paper", "2026", "https://www.kinu.or.kr/x/1", ...local]);
  await runHere(record, ["us-state-tip-report", "2026", "https://www.state.gov/reports/2026-x/", ...local]);
  expect(hook.requests).toHaveLength(1);
  const [id, ...others] = said.flatMap((sentence) => /^The subscription ([0-9a-f]{12}) is suspended/.exec(sentence)?.[1] ?? []);
  expect([await shown(), others]).toMatchObject([[{ id, state: "suspended", takesNothing: { why: "it answered 410" }, wishes: { kinds: ["edition"] } }], []]);
  const { lines, said: troubles } = await runHere(subscribers, here);
  expect(lines).toEqual([expect.stringMatching(/^suspended \d{4}-\d\d-\d\d  http.* at once for alerts of the kind edition/)]);
  expect(troubles[1]).toContain(`(it answered 410) and gets nothing more. Once it is mended, \`almanac test-alert ${address}\` begins it again`);
  status = 503;
  await expect(runHere(testAlert, [address, ...local])).rejects.toThrow("it answered 503");
  expect(await shown()).toMatchObject([{ state: "suspended" }]);
  status = 204;
  expect((await runHere(testAlert, [address, ...local])).said.at(-1)).toMatch(/^Its subscription was suspended, and goes on/);
  expect(await shown()).toMatchObject([{ state: "active", takesNothing: null, wishes: { kinds: ["edition"] }, pace: "at-once" }]);
  status = 503;
  await expect(runHere(testAlert, [address, ...local])).rejects.toThrow("it answered 503");
  expect((await runHere(subscribers, here)).lines).toEqual([expect.stringMatching(/^takes nothing since \d{4}-\d\d-\d\d  http/)]);
  await hook.close();
});

test("an alert that some have and one does not yet is said so, and not that it was not sent", async () => {
  const hook = await serve((request, response) => void response.writeHead(request.url === "/down" ? 503 : 204).end());
  const local = ["--allow-loopback", ...here];
  for (const path of ["/up", "/down"]) await runHere(subscribe, [`${hook.url}${path}`, "--pace", "at-once", ...local]);
  const entered = runHere(record, ["kinu-white-paper", "2026", "https://www.kinu.or.kr/x/1", ...local]);
  await expect(entered).rejects.toThrow(/^it is recorded, but its alert has not reached everybody and stays owed; .* for 1 of its recipients, 1 of 2 have it: it answered 503/);
  await hook.close();
});

test("one command erases a person: records, digests and files; others keep theirs", async () => {
  const hook = await serve((_, response) => void response.writeHead(204).end());
  const addresses = ["ada@example.org", "+821012345678", `${hook.url}/a`, "bo@example.org"];
  for (const address of addresses) await runHere(subscribe, [address, "--pace", "at-once", "--allow-loopback", ...here]);
  const open = await openTable(folder);
  const people = await subscriptions(open.table);
  const publish = outboxPublisher({ folder: join(folder, "outbox"), subscriptions: async () => people, smtp: null, say: () => undefined });
  for (const facts of [tip, koreanSeminar]) {
    await change(open.table, alertKey(facts.id), () => ({ id: facts.id, facts, composed: compose(facts), sent: null, messageIds: [] }));
    await publish(compose(facts));
  }
  for (const one of people) {
    const digest = compose({ ...tip, id: `digest:${one.id}:1` });
    await change(open.table, alertKey(digest.facts.id), () => ({ id: digest.facts.id, facts: digest.facts, composed: digest, sent: null, messageIds: [] }));
    await publish(digest, one);
  }
  await open.close();
  for (const address of addresses.slice(0, 3)) await runHere(testAlert, [address, "--allow-loopback", ...here]);
  expect(hook.requests.map(({ method, url }) => [method, url])).toEqual([["POST", "/a"]]);
  await hook.close();
  await expect(runHere(testAlert, [`${hook.url}/a`, "--allow-loopback", ...here])).rejects.toThrow("The test did not get there");
  const gone: unknown[] = [];
  for (const address of addresses.slice(0, 3)) gone.push(...(await runHere(erase, [address, "--json", ...here])).json);
  expect(gone).toMatchObject([{ records: 2, files: 3 }, { records: 2, files: 3 }, { records: 2, files: 7 }]);
  const files = (await readdir(join(folder, "outbox"), { recursive: true })).filter((name) => /\.(eml|txt|json)$/.test(name));
  expect(files).toHaveLength(2);
  expect(await shown()).toMatchObject([{ address: "bo@example.org" }]);
  const table = await Promise.all((await readdir(join(folder, "table"))).map((name) => readFile(join(folder, "table", name), "latin1")));
  expect(addresses.map((address) => table.some((text) => text.includes(address)))).toEqual([false, false, false, true]);
  await expect(runHere(erase, ["ada@example.org", ...here])).rejects.toThrow("There is nothing of ada@example.org");
});
