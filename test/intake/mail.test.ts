import { expect, test } from "vitest";
import { readMail } from "../../shared/intake/mail.ts";
import { outcome } from "./reading.ts";

const mail = (...lines: string[]): Uint8Array => Buffer.from(lines.join("\r\n"), "utf8");
const message = [
  "From: State Department <usstatebpa@public.govdelivery.com>",
  "To: monitor@example.org",
  "Subject: =?utf-8?Q?2020_Trafficking_in_Persons_Report_=E2=80=93_Launch?=",
  "Date: Thu, 25 Jun 2020 10:00:00 -0400",
  "Message-ID: <123@govdelivery.com>",
  "List-Id: <usstate.govdelivery.com>",
  "Content-Type: text/plain; charset=utf-8",
];
const letter = (id: number): string => `From a@example.org Thu Jun 25 10:00:00 2020\nSubject: Letter ${id}\nMessage-ID: <${id}@x>\n\n>From here on it is text.\n\n`;

test("a message is an item", async () => {
  const { items } = await readMail(mail(...message, "", "View this in your browser: https://example.org/view", "The report is out: <https://www.state.gov/tip-2020/>. Read it.", "https://example.org/second"));
  expect(items).toEqual([
    {
      title: "2020 Trafficking in Persons Report – Launch",
      url: "https://www.state.gov/tip-2020/",
      published: "2020-06-25T14:00:00Z",
      summary: "View this in your browser: https://example.org/view The report is out: . Read it. https://example.org/second",
      guid: "<123@govdelivery.com>",
      symbol: null,
      language: null,
    },
  ]);
});

test("a message in HTML has the text and the link of its HTML", async () => {
  const { items } = await readMail(
    mail(...message.slice(0, -1), "Content-Type: text/html; charset=utf-8", "", '<p>The <b>report</b> is out.</p><img src="https://example.org/pixel.gif"><a href="https://www.state.gov/tip-2020/">Read it</a>'),
  );
  expect(items[0]).toMatchObject({ url: "https://www.state.gov/tip-2020/", summary: "The report is out. Read it" });
});

test("an mbox file has an item a message", async () => {
  const { items } = await readMail(Buffer.from(letter(1) + letter(2)));
  expect(items.map(({ title, guid, summary }) => [title, guid, summary])).toEqual([
    ["Letter 1", "<1@x>", "From here on it is text."],
    ["Letter 2", "<2@x>", "From here on it is text."],
  ]);
});

test.each([
  ["no mail", Buffer.from("<html>no mail</html>"), "unreadable"],
  ["a mail above the size", Buffer.alloc(10_000_001), "too-large"],
])("%s is refused by name", async (_, bytes, reason) => expect(await outcome(() => readMail(bytes))).toBe(reason));

const report = "https://www.state.gov/reports/2024-trafficking-in-persons-report/";
const token = (said: unknown): string => `https://lnks.gd/l/eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(said)).toString("base64url")}.c2lnbmVk/s/440305174/br/151948143821-l`;
const wrapped = (target: string): string => `https://links-2.govdelivery.com/CL0/${target}/1/0100019244a3ee0b-000000/jqCiL6fxFNEC=372`;
const addressOf = async (...links: string[]): Promise<string | null | undefined> => (await readMail(mail(...message, "", ...links))).items[0]?.url;

test.each([
  ["path", wrapped(report.replaceAll("/", "%2F"))],
  ["query", `http://links.govdelivery.com:80/track?type=click&enid=ZWFzPTE&&&101&&&${report}`],
  ["token", token({ bulletin_link_id: 101, uri: "bp2:click", url: report })],
])("the address is where a counting link leads, told by its %s", async (_, link) => expect(await addressOf(link)).toBe(report));

test("a wrapper in HTML is taken off as well", async () => {
  const { items } = await readMail(mail(...message.slice(0, -1), "Content-Type: text/html; charset=utf-8", "", `<p>The report is out.</p><a href="${wrapped(report.replaceAll("/", "%2F"))}">Read it</a>`));
  expect(items[0]?.url).toBe(report);
});

const opaque = "https://lnks.gd/2/abc123";
const bulletin = "https://content.govdelivery.com/accounts/USSTATEBPA/bulletins/3f1a2b";

test("a link to the mailer is the address only where the mail has no other", async () => {
  expect(await addressOf(opaque, wrapped(bulletin.replaceAll("/", "%2F")), report)).toBe(report);
  expect(await addressOf(wrapped(bulletin.replaceAll("/", "%2F")), opaque)).toBe(bulletin);
  expect(await addressOf(opaque)).toBe(opaque);
});

test.each([wrapped("%E0%A4%A"), wrapped("no%20address"), token({ url: 7 }), token(null), "https://lnks.gd/l/a.b.c"])("%s tells no address, and stays as it is", async (link) =>
  expect(await addressOf(link)).toBe(link));

test("a wrapper round another scheme is no address", async () => {
  expect(await addressOf(wrapped("javascript:alert%281%29"))).toBeNull();
  expect(await addressOf(token({ url: "data:text/html,x" }), report)).toBe(report);
});

test("another's host that only looks like the mailer's is left alone", async () => {
  const link = `https://govdelivery.com.example.org/CL0/${report.replaceAll("/", "%2F")}/1/a/b`;
  expect(await addressOf(link)).toBe(link);
});
