import { describe, expect, test } from "vitest";
import { Source } from "../../shared/catalogue/schema.ts";
import { type Field, partsOf, senderIn } from "../../shared/intake/mail-head.ts";
import { type Findings, findingsBy } from "../../shared/intake/mail-results.ts";
import { judge } from "../../shared/intake/mail-trust.ts";

const message = (...lines: string[]): Buffer => Buffer.from([...lines, "", "Text"].join("\r\n"));
const from = "From: Press Office <press@mail.state.example>";
const source = Source.parse({ id: "state-mail", publisher: "state", url: "https://state.example/", read: { as: "mail", senders: ["Press@mail.state.example"], dkim: ["state.example"] } });
function headOf(bytes: Buffer): readonly Field[] {
  const parts = partsOf(bytes);
  if ("why" in parts) throw new Error(parts.why);
  return parts.head;
}
const foundIn = (...lines: string[]): Findings => findingsBy(headOf(message(...lines)), "mx.example.org");
const never = (): never => {
  throw new Error("nobody is asked about mail of strangers");
};

const signature = (...tags: string[]): string => `DKIM-Signature: v=1; a=rsa-sha256; ${tags.join("; ")}; b=abc`;
const by = (domain: string, fields = ["from", "subject", "date"]): Findings => ({ signedBy: [{ domain, fields }] });

describe("the sender", () => {
  test.each([
    [from, "press@mail.state.example"],
    ["FROM : press@mail.state.example", "press@mail.state.example"],
    ['From: "press@other.example" <PRESS@Mail.State.example>', "press@mail.state.example"],
    ["From: =?utf-8?Q?press=40other.example?= <a@b.example>", "a@b.example"],
    ["From:\r\n press@mail.state.example (a comment)", "press@mail.state.example"],
  ])("of %j is %s", (line, sender) => expect(senderIn(headOf(message("Subject: x", line)))).toEqual({ sender }));

  test.each([
    [["Subject: x"], "it has no field from"],
    [[from, from], "it has the field from 2 times"],
    [[from, "Subject: x", "subject: y"], "it has the field subject 2 times"],
    [["From: press@mail.state.example, a@b.example"], "its field from holds more than one address"],
    [["From: nobody at all"], "its field from holds no address"],
  ])("of %j cannot be told: %s", (lines, why) => expect(senderIn(headOf(message(...lines)))).toEqual({ why }));

  test("is not looked for in the text", () => expect(senderIn(headOf(Buffer.from(`Subject: x\n\n${from}\n`)))).toEqual({ why: "it has no field from" }));
});

const whyNot = (text: string): unknown => {
  const parts = partsOf(Buffer.from(text, "latin1"));
  return "why" in parts ? parts.why : parts.head.map(({ name, value }) => [name, value]);
};

describe("the head", () => {
  test.each(["\n", "\r\n"])("is read as it stands, with %j at the end of its lines", (end) =>
    expect(whyNot(["A: b", " c", "D :\te ", "", "F: g", ""].join(end))).toEqual([["a", "b c"], ["d", "e "]]));

  test.each([
    ["an empty line with a stray CR", "A: b\r\n\r\r\nText\r\n\r\nC: d\r\n\r\n", "line 2 of its head holds a control character, or ends otherwise than the others"],
    ["a first line with a stray CR", "A: b\r\r\nC: d\r\n\r\n", "line 1 of its head holds"],
    ["an empty line of LF among others of CR and LF", "A: b\r\nB: c\n\nText\r\n\r\n", "line 2 of its head holds"],
    ["an empty line of CR and LF among others of LF", "A: b\n\r\nText\n\n", "line 2 of its head holds"],
    ["a CR within a line", "A: b\rSubject: x\r\n\r\n", "line 1 of its head holds"],
    ["a NUL", "A: b\r\nSubject: x\0\r\n\r\n", "line 2 of its head holds"],
    ["a continuation as the first line", " Subject: x\r\nA: b\r\n\r\n", "line 1 of its head is no field, and continues none"],
    ["a continuation of blanks", "A: b\r\n \r\n Subject: x\r\n\r\n", "line 2 of its head is no field"],
    ["a line that is neither", "A: b\r\nSubject\r\n : x\r\n\r\n", "line 2 of its head is no field"],
    ["a name that ends with a no-break space", "A: b\r\nSubject\xa0: x\r\n\r\n", "line 2 of its head is no field"],
    ["nothing before the empty line", "\r\n\r\nText", "line 1 of its head is no field"],
    ["no empty line", "A: b\r\n", "no empty line ends its head within 200000 bytes"],
    ["an empty line too far down", `A: ${"b".repeat(200_000)}\r\n\r\n`, "no empty line ends its head within 200000 bytes"],
  ])("with %s is refused", (_, text, why) => expect(whyNot(text)).toEqual(expect.stringContaining(why)));
});

describe("what the receiver found", () => {
  const results = "Authentication-Results: mx.example.org";

  test.each([
    ["its own, above its Received", [`${results}; dkim=pass header.d=state.example`, "Received: by mx.example.org", from], ["state.example"]],
    ["its own, below its Received", ["Return-Path: <a@b>", "Received: by mx.example.org", `${results}; dkim=pass header.d=State.Example header.i=@mail.state.example`, from], ["state.example"]],
    ["its own over several lines, as Amazon writes it", ["Received: by x", `${results};\r\n spf=pass (spfCheck: domain of _spf.state.example) client-ip=192.0.2.1; envelope-from=a@state.example;\r\n dkim=pass header.i=@state.example;\r\n dkim=pass header.i=@mailer.example;\r\n dmarc=pass header.from=state.example;`], ["state.example", "mailer.example"]],
    ["one that failed", [`${results}; dkim=fail header.d=state.example`], []],
    ["one that only begins like a pass", [`${results}; dkim=pass-not header.d=state.example`], []],
    ["a result within a comment", [`${results}; spf=pass (; dkim=pass header.d=state.example)`], []],
    ["a result within a quoted text", [`${results}; spf=pass smtp.mailfrom="a; dkim=pass header.d=state.example"`], []],
    ["nothing", [`${results}; none`], []],
  ])("is read of %s", (_, lines, domains) => expect(foundIn(...lines)).toEqual({ signedBy: domains.map((domain) => ({ domain, fields: [] })) }));

  test.each([
    ["another's name", ["Authentication-Results: mx.other.example; dkim=pass header.d=state.example"]],
    ["a name that only begins like it", ["Authentication-Results: mx.example.org.other.example; dkim=pass header.d=state.example"]],
    ["below another's", ["Authentication-Results: mx.other.example; none", `${results}; dkim=pass header.d=state.example`]],
    ["below the Received of an earlier hop", ["Received: by mx.example.org", "Received: by mail.state.example", `${results}; dkim=pass header.d=state.example`]],
    ["with a comment that has no end", [`${results}; dkim=pass header.d=state.example (`]],
    ["none at all", [from]],
  ])("is not believed under %s", (_, lines) => expect(foundIn(...lines)).toEqual({ signedBy: [], against: expect.stringContaining("is not mx.example.org's") }));

  test("of two, the sender's is not read", () => expect(foundIn(`${results}; dkim=none`, `${results}; dkim=pass header.d=state.example`)).toEqual({ signedBy: [] }));
  test("is against a mail whose dmarc failed", () => expect(foundIn(`${results}; dkim=pass header.d=state.example; dmarc=fail header.from=state.example`)).toMatchObject({ signedBy: [{ domain: "state.example" }], against: "mx.example.org says dmarc=fail" }));

  test.each([
    ["what its signature is over", [signature("d=State.Example", "h=From: Subject\r\n : DATE")], ["from", "subject", "date"]],
    ["what all of its signatures are over", [signature("d=state.example", "h=from:subject:date"), signature("d=state.example", "h=from:date")], ["from", "date"]],
    ["not another's signature", [signature("d=state.example", "h=from:date"), signature("d=mailer.example", "h=from")], ["from", "date"]],
    ["also that of a domain whose part it is", [signature("d=state.example", "h=from:date"), signature("d=example", "h=from")], ["from"]],
    ["nothing of one that leaves out a part of the text", [signature("d=state.example", "h=from:date", "l=5")], []],
    ["nothing where a tag is there twice", [signature("d=state.example", "h=from:date", "h=from")], []],
    ["nothing where a field is no list of tags", [signature("d=state.example", "h=from:date"), "DKIM-Signature: state.example"], []],
    ["nothing where there is no signature", [], []],
  ])("tells of a domain that signed %s", (_, lines, fields) => expect(foundIn(`${results}; dkim=pass header.d=state.example`, ...lines)).toEqual({ signedBy: [{ domain: "state.example", fields }] }));
});

describe("a mail", () => {
  const head = [from, "Subject: News", "Date: Sun, 20 Jun 2021 12:00:00 GMT"];
  const judged = (found: Findings, ...lines: string[]) => judge([source], message(...lines), () => found);

  test("of a listed sender, signed by its domain, is the source's: what was signed, without what others added", async () => {
    const found = await judged({ signedBy: [...by("other.example").signedBy, ...by("state.example").signedBy] }, "Received: by x", ...head, "Message-ID: <a@b>", "Content-Disposition: attachment");
    expect(found).toMatchObject({ kind: "trusted", source });
    expect(found.kind === "trusted" && Buffer.from(found.signed).toString()).toBe(message(...head.map((line) => `${line[0]?.toLowerCase()}${line.slice(1)}`)).toString());
  });

  test.each<[string, Findings, string]>([
    ["signed by another", by("other.example"), "dkim"],
    ["signed by a part of the domain", by("mail.state.example"), "dkim"],
    ["signed by nobody", { signedBy: [] }, "dkim"],
    ["that its receiver speaks against", { ...by("state.example"), against: "mx says dmarc=fail" }, "receiver"],
  ])("%s is refused", async (_, found, refusal) => expect(await judged(found, ...head)).toMatchObject({ kind: "refused", refusal }));

  const text = ["MIME-Version: 1.0", "Content-Type: text/html", "Content-Transfer-Encoding: base64"];
  test.each<[string, readonly string[], readonly string[], string]>([
    ["the subject and the date", head, ["from"], "subject, date"],
    ["how its text is to be read", [...head, ...text], ["from", "subject", "date"], "mime-version, content-type, content-transfer-encoding"],
    ["a date that it does not have", head.slice(0, 2), ["from", "subject", "date"], "date"],
  ])("whose signature leaves out %s is refused", async (_, lines, fields, missing) =>
    expect(await judged(by("state.example", [...fields]), ...lines)).toEqual({ kind: "refused", refusal: "dkim", why: `the signature of state.example is not over ${missing}, so anybody could have written that` }));

  test("with two signatures of its domain counts by the one that is over all", async () =>
    expect(await judged({ signedBy: [...by("state.example", ["from"]).signedBy, ...by("state.example").signedBy] }, ...head)).toMatchObject({ kind: "trusted" }));

  test.each([
    ["a sender that no source lists", [source], message("From: press@other.example"), "sender"],
    ["a source that is disabled", [{ ...source, disabled: "as a test" }], message(from), "sender"],
    ["two senders", [source], message(from, from), "header"],
    ["the beginning of a file of messages", [source], Buffer.from(`From a@b\n${from}\n\nText`), "header"],
    ["an empty line that not all see", [source], message(from, "\r", "Text", "Subject: x"), "header"],
    ["more than is read", [source], Buffer.alloc(10_000_001), "too-large"],
  ])("with %s is refused unasked", async (_, sources, bytes, refusal) => expect(await judge(sources, bytes, never)).toMatchObject({ kind: "refused", refusal }));

  test("whose signer's key cannot be asked for waits", async () => expect(await judged({ signedBy: [], unanswered: ["state.example"] }, from)).toEqual({ kind: "later", why: "the key of state.example cannot be asked for now" }));
  test("of which a stranger's key cannot be asked for does not", async () => expect(await judged({ signedBy: [], unanswered: ["other.example"] }, from)).toMatchObject({ refusal: "dkim" }));
});
