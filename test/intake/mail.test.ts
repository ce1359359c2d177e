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
