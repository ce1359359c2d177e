import { describe, expect, test } from "vitest";
import { Source } from "../../shared/catalogue/schema.ts";
import { headOf, senderIn } from "../../shared/intake/mail-head.ts";
import { type Findings, findingsBy } from "../../shared/intake/mail-results.ts";
import { judge } from "../../shared/intake/mail-trust.ts";

const message = (...lines: string[]): Buffer => Buffer.from([...lines, "", "Text"].join("\r\n"));
const from = "From: Press Office <press@mail.state.example>";
const source = Source.parse({ id: "state-mail", publisher: "state", url: "https://state.example/", read: { as: "mail", senders: ["Press@mail.state.example"], dkim: ["state.example"] } });
const foundIn = (...lines: string[]): Findings => findingsBy(headOf(message(...lines)), "mx.example.org");
const never = (): never => {
  throw new Error("nobody is asked about mail of strangers");
};

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
  ])("is read of %s", (_, lines, signedBy) => expect(foundIn(...lines)).toEqual({ signedBy }));

  test.each([
    ["another's name", ["Authentication-Results: mx.other.example; dkim=pass header.d=state.example"]],
    ["a name that only begins like it", ["Authentication-Results: mx.example.org.other.example; dkim=pass header.d=state.example"]],
    ["below another's", ["Authentication-Results: mx.other.example; none", `${results}; dkim=pass header.d=state.example`]],
    ["below the Received of an earlier hop", ["Received: by mx.example.org", "Received: by mail.state.example", `${results}; dkim=pass header.d=state.example`]],
    ["with a comment that has no end", [`${results}; dkim=pass header.d=state.example (`]],
    ["none at all", [from]],
  ])("is not believed under %s", (_, lines) => expect(foundIn(...lines)).toEqual({ signedBy: [], against: expect.stringContaining("is not mx.example.org's") }));

  test("of two, the sender's is not read", () => expect(foundIn(`${results}; dkim=none`, `${results}; dkim=pass header.d=state.example`)).toEqual({ signedBy: [] }));
  test("is against a mail whose dmarc failed", () => expect(foundIn(`${results}; dkim=pass header.d=state.example; dmarc=fail header.from=state.example`)).toEqual({ signedBy: ["state.example"], against: "mx.example.org says dmarc=fail" }));
});

describe("a mail", () => {
  const judged = (found: Findings, ...lines: string[]) => judge([source], message(...lines), () => found);

  test("of a listed sender, signed by its domain, is the source's", async () => expect(await judged({ signedBy: ["other.example", "state.example"] }, from)).toEqual({ kind: "trusted", source }));
  test.each<[string, Findings, string]>([
    ["signed by another", { signedBy: ["other.example"] }, "dkim"],
    ["signed by a part of the domain", { signedBy: ["mail.state.example"] }, "dkim"],
    ["signed by nobody", { signedBy: [] }, "dkim"],
    ["that its receiver speaks against", { signedBy: ["state.example"], against: "mx says dmarc=fail" }, "receiver"],
  ])("%s is refused", async (_, found, refusal) => expect(await judged(found, from)).toMatchObject({ kind: "refused", refusal }));

  test.each([
    ["a sender that no source lists", [source], message("From: press@other.example"), "sender"],
    ["a source that is disabled", [{ ...source, disabled: "as a test" }], message(from), "sender"],
    ["two senders", [source], message(from, from), "header"],
    ["the beginning of a file of messages", [source], Buffer.from(`From a@b\n${from}\n\nText`), "header"],
    ["more than is read", [source], Buffer.alloc(10_000_001), "too-large"],
  ])("with %s is refused unasked", async (_, sources, bytes, refusal) => expect(await judge(sources, bytes, never)).toMatchObject({ kind: "refused", refusal }));

  test("whose signer's key cannot be asked for waits", async () => expect(await judged({ signedBy: [], unanswered: ["state.example"] }, from)).toEqual({ kind: "later", why: "the key of state.example cannot be asked for now" }));
  test("of which a stranger's key cannot be asked for does not", async () => expect(await judged({ signedBy: [], unanswered: ["other.example"] }, from)).toMatchObject({ refusal: "dkim" }));
});
