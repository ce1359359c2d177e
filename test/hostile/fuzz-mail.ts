import * as fc from "fast-check";
import { Source } from "../../shared/catalogue/schema.ts";
import { dkimExaminer } from "../../local/dkim.ts";
import { readMail } from "../../shared/intake/mail.ts";
import { partsOf } from "../../shared/intake/mail-head.ts";
import { judge } from "../../shared/intake/mail-trust.ts";
import { nameService, signedLetter } from "../local/signed-mail.ts";
import { bytes } from "./arbitraries.ts";

const source = Source.parse({ id: "state-mail", publisher: "state", url: "https://state.example/", read: { as: "mail", senders: ["press@mail.state.example"], dkim: ["state.example"] } });
const names = nameService();
const examine = dkimExaminer((...asked) => names.resolve(...asked));
const letter = (await signedLetter()).toString("latin1").replace(/(?:\r\n)+$/, "");
const end = letter.indexOf("\r\n\r\n");
const fields = letter.slice(0, end).split(/\r\n(?![ \t])/);
const genuine = JSON.stringify((await readMail(Buffer.from(letter, "latin1"))).items);

const stray = fc.constantFrom("\r", "\n", "\r\n", " ", "\t", "\0", "\x0b", "\xa0", "\uFEFF", "Subject: EVIL", "Subject", " Subject: EVIL", "Date: Mon, 1 Jan 2024 00:00:00 GMT", "Content-Type: text/html", "Content-Disposition: attachment", "https://evil.example/", "X-A: b", ":", "--b");
const lineEnd = fc.oneof({ arbitrary: fc.constant("\r\n"), weight: 6 }, { arbitrary: fc.constantFrom("\n", "\r", "\r\r\n", "\n\r\n"), weight: 1 });
const line = fc.tuple(fc.array(stray, { minLength: 1, maxLength: 3 }), lineEnd).map(([pieces, close]) => pieces.join("") + close);

/** A signed message whose fields stand in another order, with lines of others among them. */
const tampered: fc.Arbitrary<Buffer> = fc
  .tuple(fc.shuffledSubarray(fields, { minLength: fields.length }), fc.array(fc.tuple(fc.nat({ max: fields.length }), line), { maxLength: 4 }))
  .map(([order, lines]) => {
    const added = (index: number): string => lines.flatMap(([at, text]) => (at === index ? [text] : [])).join("");
    return Buffer.from(`${order.map((field, index) => `${added(index)}${field}\r\n`).join("")}${added(order.length)}${letter.slice(end + 2)}`, "latin1");
  });

/** Whoever judges a mail and whoever reads it see the same, whatever others did to it. */
export const mailTargets: readonly { readonly name: string; readonly property: fc.IAsyncProperty<unknown> }[] = [
  {
    name: "a signed mail that others wrote into",
    property: fc.asyncProperty(tampered, async (message) => {
      const judged = await judge([source], message, examine);
      if (judged.kind !== "trusted") return;
      const read = JSON.stringify((await readMail(judged.signed)).items);
      if (read !== genuine) throw new Error(`It is read as ${read}`);
    }),
  },
  { name: "head of a mail", property: fc.asyncProperty(bytes, async (message) => {
    const parts = partsOf(message);
    if ("head" in parts && parts.head.some(({ value }) => /[\0\r\n]/.test(value))) throw new Error("A value has more than a line");
  }) },
];
