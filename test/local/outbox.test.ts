import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileMark, outboxPublisher } from "../../local/outbox.ts";
import type { SmtpSettings } from "../../local/smtp.ts";
import type { Composed } from "../../shared/alerts/alert.ts";
import { compose } from "../../shared/alerts/compose.ts";
import { allWishes } from "../../shared/alerts/filter.ts";
import { SomeLater, type SubscriptionLike, type To } from "../../shared/alerts/publisher.ts";
import { subscriptionId } from "../../shared/records/subscriptions.ts";
import { koreanSeminar, tip } from "../alerts/facts.ts";
import { postOffice } from "./post-office.ts";

let folder: string;
let said: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "outbox-"));
  said = [];
});
afterEach(() => rm(folder, { recursive: true }));

const publisher = (smtp: SmtpSettings | null = null) => (alert: Composed, subscribed: readonly SubscriptionLike[], to?: To) =>
  outboxPublisher({ folder, subscriptions: async () => subscribed, smtp, say: (sentence) => said.push(sentence) })(alert, to);
const subscriber = (address: string, over: Partial<SubscriptionLike> = {}): SubscriptionLike => ({ id: subscriptionId("email", address), address, protocol: "email", wishes: allWishes, state: "active", ...over });
const ada = subscriber("ada@example.org");
const bob = subscriber("bob@example.org");
const files = async (under = "."): Promise<string[]> => (await readdir(join(folder, under))).sort();
const only = async (ending: string): Promise<string> => (await files()).find((name) => name.endsWith(ending)) ?? "";

describe("without SMTP", () => {
  test("an email is a file that a mail program reads", async () => {
    const [id] = await publisher()(compose(koreanSeminar), [ada], ada);
    const [name = ""] = await files();
    expect(name).toMatch(/^2021-07-01T184015Z-about-kinu-1--[0-9a-f]{12}\.eml$/);
    const mail = await PostalMime.parse(await readFile(join(folder, name)));
    expect(mail.subject).toBe(compose(koreanSeminar).email.subject);
    // The part ends with a line break, and one more is not to be seen.
    expect(mail.text?.replace(/\n\n$/, "\n")).toBe(compose(koreanSeminar).email.text.replace("unsubscribe ADDRESS", "unsubscribe ada@example.org"));
    expect(mail.from).toMatchObject({ name: "Rights Almanac", address: "almanac@localhost" });
    expect([id, mail.messageId]).toEqual([koreanSeminar.id, `<${name.slice(-16, -4)}@localhost>`]);
    expect(mail.date).toBe("2021-07-01T18:40:15.000Z");
    expect(mail.headers).toContainEqual(expect.objectContaining({ key: "x-rights-almanac-alert", value: "about-kinu-1" }));
  });

  test("says to whom to write to end them, in a header as in the text, where that is set", async () => {
    const style = { language: "en", site: null, contact: "the+desk&co@example.org" } as const;
    await outboxPublisher({ folder, subscriptions: async () => [ada], smtp: null, contact: style.contact, say: () => undefined })(compose(tip, style));
    const mail = await PostalMime.parse(await readFile(join(folder, await only(".eml"))));
    expect(mail.headers.find(({ key }) => key === "list-unsubscribe")?.value).toBe("<mailto:the%2Bdesk%26co@example.org?subject=unsubscribe>");
    expect(mail.text).toMatch(/\nthe\+desk&co@example\.org\n+$/);
    await publisher()(compose(koreanSeminar), [ada], ada);
    const name = (await files()).find((one) => one.includes("kinu")) ?? "";
    expect((await PostalMime.parse(await readFile(join(folder, name)))).headers.map(({ key }) => key)).not.toContain("list-unsubscribe");
  });

  test("the same alert again is the same file, not written twice", async () => {
    const first = await publisher()(compose(tip), [ada]);
    const [name = ""] = await files();
    const before = await stat(join(folder, name));
    const bytes = await readFile(join(folder, name));
    expect(await publisher()(compose(tip), [ada])).toEqual(first);
    expect(await files()).toEqual([name]);
    expect((await stat(join(folder, name))).ino).toBe(before.ino);
    await rm(join(folder, name));
    await publisher()(compose(tip), [ada]);
    expect(await readFile(join(folder, name))).toEqual(bytes);
  });

  test("each gets what it asked for, in its own way", async () => {
    const korean = subscriber("kim@example.org", { wishes: { ...allWishes, languages: ["ko"] } });
    const ended = subscriber("eve@example.org", { state: "ended" });
    const phone = subscriber("+821012345678", { protocol: "sms" });
    const hook = subscriber("https://hooks.example.org/a", { protocol: "https" });
    expect(await publisher()(compose(tip), [ada, korean, ended, phone, hook])).toHaveLength(3);
    expect(await files()).toHaveLength(3);
    const [sms = ""] = await files("sms");
    expect(await readFile(join(folder, "sms", sms), "utf8")).toBe(`To: +821012345678\n\n${compose(tip).sms}\n`);
    const [json = ""] = await files("https");
    expect(await readFile(join(folder, "https", json), "utf8")).toBe(`${compose(tip).json}\n`);
  });

  test("who wants a digest, or no message by night, gets nothing as it comes; nor does a person what many come of", async () => {
    const daily = subscriber("dan@example.org", { pace: "daily" });
    const quiet = subscriber("quinn@example.org", { quiet: { from: "22:00", to: "07:00" } });
    const hook = subscriber("https://hooks.example.org/a", { protocol: "https" });
    expect(await publisher()(compose(tip), [ada, daily, quiet, hook])).toHaveLength(2);
    expect(await publisher()(compose({ ...tip, id: "second" }), [ada, daily, quiet, hook], "programs")).toHaveLength(1);
    expect(await publisher()(compose(koreanSeminar), [ada, daily, quiet, hook])).toEqual([]);
    expect(await publisher()(compose(koreanSeminar), [ada, daily, quiet, hook], daily)).toHaveLength(1);
    expect(await files()).toHaveLength(3);
  });

  test("while nobody has subscribed, the operator finds the alert", async () => {
    await publisher()(compose(tip), [subscriber("eve@example.org", { state: "ended" })]);
    const mail = await PostalMime.parse(await readFile(join(folder, await only(".eml"))));
    expect(mail.to).toMatchObject([{ name: "nobody has subscribed yet", address: "operator@localhost" }]);
    expect(mail.text).toMatch(/^Nobody has subscribed yet, .*\n\nOut, says US State Department: /s);
  });

  test("what nobody wants leaves nothing", async () => {
    const wishes = { ...allWishes, kinds: ["health"] };
    expect(await publisher()(compose(tip), [subscriber("ada@example.org", { wishes })])).toEqual([]);
    expect(await files()).toEqual([]);
  });

  test("an id with any characters is a plain file name", async () => {
    await publisher()(compose({ ...tip, id: "../../etc/EDITION#2021 가" }), [ada]);
    expect(await files()).toEqual([expect.stringMatching(/^2021-07-01T184015Z-etc-EDITION-2021--[0-9a-f]{12}\.eml$/)]);
  });
});

describe("with SMTP", () => {
  test("Korean arrives as it was written, with its file's bytes, link unbroken", async () => {
    const office = await postOffice();
    const ids = await publisher(office.settings)(compose({ ...koreanSeminar, url: tip.url }), [ada], ada);
    await office.close();
    const [got] = office.mails;
    expect(got?.mail.subject).toBe("New: 북한인권백서 2021 — 온라인 세미나 개최 안내 (KINU)");
    expect(got?.mail.text).toContain('\n"북한인권백서 2021 — 온라인 세미나 개최 안내"\n');
    expect(got?.mail.text?.split("\n")).toContain(tip.url);
    expect(got?.mail.messageId).toMatch(/@example\.org>$/);
    // They are noted with the alert, and exported: whoever guesses an address finds nothing to verify it by.
    expect(ids).toEqual([koreanSeminar.id]);
    expect(got?.raw).toBe(await readFile(join(folder, await only(".eml")), "latin1"));
    expect(got?.raw).toMatch(/Content-Transfer-Encoding: quoted-printable/);
    expect(Math.max(...(got?.raw ?? "").split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(78);
  });

  test("a page stands beside the text, with the same facts and no link but those that programs get", async () => {
    const office = await postOffice();
    const title = `</p><script>alert("1")</script><a href='javascript:x'>북한인권</a> https://evil.example/ \u202Eabc`;
    await publisher(office.settings)(compose({ ...koreanSeminar, title, url: tip.url }, { language: "ko", site: null }), [ada], ada);
    await office.close();
    const [got] = office.mails;
    const html = String(got?.mail.html);
    expect(got?.mail.text).toContain("북한 인권 관련 새 글입니다");
    expect(html).toContain("북한 인권 관련 새 글입니다");
    expect([...html.matchAll(/<(\/?[a-z]+)/g)].map(([, tag]) => tag)).not.toContain("script");
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link)).toEqual([tip.url]);
    expect(html).not.toMatch(/[\u202a-\u202e]|<[^>]*javascript|src=|color:/);
    expect(got?.mail.subject).not.toMatch(/[\r\n\u202e]/);
  });

  test("a hostile title adds no header", async () => {
    const office = await postOffice();
    await publisher(office.settings)(compose({ ...koreanSeminar, id: "x\r\nBcc: y@example.org", title: "a\r\nBcc: all@example.org\r\n\r\nb" }), [ada], ada);
    await office.close();
    expect(office.mails[0]?.mail.headers.map(({ key }) => key)).not.toContain("bcc");
    expect(office.mails.map(({ to }) => to)).toEqual(["ada@example.org"]);
  });

  test("one who can be reached later keeps the alert owed; the others have it once", async () => {
    const answers = new Map([["ada@example.org", 451]]);
    const office = await postOffice(answers);
    const publish = publisher(office.settings);
    const held = publish(compose(tip), [ada, bob]);
    await expect(held).rejects.toBeInstanceOf(SomeLater);
    await expect(held).rejects.toThrow(/could not be handed over for 1 of its recipients, \d of \d have it: the mail server answers 451, in the words of sent\/\S+\.later in the outbox$/);
    const [words = ""] = (await files("sent")).filter((name) => name.endsWith(".later"));
    expect(await readFile(join(folder, "sent", words), "utf8")).toContain("451 refused ada@example.org");
    answers.clear();
    expect(await publish(compose(tip), [ada, bob])).toHaveLength(2);
    await office.close();
    expect(office.mails.map(({ to }) => to)).toEqual(["bob@example.org", "ada@example.org"]);
    expect((await files("sent")).filter((name) => name.endsWith(".later"))).toEqual([]);
  });

  test("one who is refused for good is said without the address, and not tried again", async () => {
    const office = await postOffice(new Map([["ada@example.org", 550]]));
    const publish = publisher(office.settings);
    expect(await publish(compose(tip), [ada, bob])).toHaveLength(1);
    expect(await publish(compose(tip), [ada, bob])).toHaveLength(1);
    await office.close();
    expect(said).toEqual([expect.stringMatching(/^one recipient is refused for good and not tried again: see sent\/2021-07-01T184015Z-.*\.txt/)]);
    expect(said.join(" ")).not.toContain("ada@");
    expect(office.mails.map(({ to }) => to)).toEqual(["bob@example.org"]);
  });

  test("a server that is away keeps the alert owed, with its files written", async () => {
    const office = await postOffice();
    await office.close();
    await expect(publisher(office.settings)(compose(tip), [ada, bob])).rejects.toThrow(/could not be handed over for 2 of its recipients, 0 of 2 have it: the mail server 127\.0\.0\.1:\d+ takes no mail from us now: connect ECONNREFUSED/);
    expect((await files()).filter((name) => name.endsWith(".eml"))).toHaveLength(2);
  });

  test("what is written down only its owner may read", async () => {
    const office = await postOffice();
    await publisher(office.settings)(compose(tip), [ada, subscriber("+821012345678", { protocol: "sms" })]);
    const names = await readdir(folder, { recursive: true });
    expect(names.length).toBeGreaterThanOrEqual(5);
    for (const name of names) {
      const found = await stat(join(folder, name));
      expect([name, (found.mode & 0o777).toString(8)]).toEqual([name, found.isDirectory() ? "700" : "600"]);
    }
    await office.close();
  });

  test("two at once send one message", async () => {
    const office = await postOffice();
    await publisher()(compose(tip), [ada]);
    await Promise.all([publisher(office.settings), publisher(office.settings), publisher(office.settings)].map((publish) => publish(compose(tip), [ada])));
    await office.close();
    expect(office.mails).toHaveLength(1);
  });

  test("what a killed process was sending is sent by the next", async () => {
    const office = await postOffice();
    await publisher()(compose(tip), [ada]);
    const name = (await only(".eml")).replace(/\.eml$/, "");
    await mkdir(join(folder, "sent"));
    // No process has this number: it lies above what the system gives.
    await writeFile(join(folder, "sent", `.${name}.claim`), "4194999");
    await publisher(office.settings)(compose(tip), [ada]);
    await office.close();
    expect(office.mails).toHaveLength(1);
    expect(await files("sent")).toEqual([`${name}.txt`]);
  });

  test("what a crash left begun is sent again under its Message-ID, as a possible repeat; what the server never had is not", async () => {
    const office = await postOffice();
    await office.close();
    const again = { language: "en", site: null, repeat: true } as const;
    await expect(publisher(office.settings)(compose(tip), [ada, bob])).rejects.toThrow("takes no mail from us now");
    const name = (await files()).find((file) => file.endsWith(".eml") && file.includes(fileMark(tip.id, ada.address)))?.replace(/\.eml$/, "") ?? "";
    await writeFile(join(folder, "sent", `${name}.begun`), "");
    const next = await postOffice();
    await publisher(next.settings)(compose(tip, again), [ada, bob]);
    await next.close();
    expect(next.mails.map(({ to, mail }) => [to, mail.subject?.endsWith("(possibly a repeat)"), mail.text?.startsWith("(possibly a repeat)")])).toEqual([["ada@example.org", true, true], ["bob@example.org", false, false]]);
    expect(next.mails[0]?.mail.messageId).toBe((await PostalMime.parse(await readFile(join(folder, `${name}.eml`)))).messageId);
    expect((await files("sent")).filter((file) => !file.endsWith(".txt"))).toEqual([]);
  });

  test("a crash after the server took it repeats one message, under the same Message-ID", async () => {
    const office = await postOffice();
    const publish = publisher(office.settings);
    await publish(compose(tip), [ada, bob]);
    const [marker = ""] = await files("sent");
    await rm(join(folder, "sent", marker));
    await publish(compose(tip), [ada, bob]);
    await office.close();
    expect(office.mails).toHaveLength(3);
    expect(new Set(office.mails.map(({ mail }) => mail.messageId)).size).toBe(2);
  });
});
