import { expect, test } from "vitest";
import { smtpMailer, smtpSettings } from "../../local/smtp.ts";
import { postOffice } from "./post-office.ts";

test("settings come from an address or from single variables", () => {
  expect(smtpSettings({ SMTP_URL: "smtps://ada:p%40ss@mail.example.org", SMTP_FROM: "almanac@example.org" })).toEqual({
    host: "mail.example.org",
    port: 465,
    secure: true,
    login: { user: "ada", pass: "p@ss" },
    from: "almanac@example.org",
  });
  expect(smtpSettings({ SMTP_HOST: "mail.example.org", SMTP_USER: "ada@example.org", SMTP_PASSWORD: "x" })).toEqual({
    host: "mail.example.org",
    port: 587,
    secure: false,
    login: { user: "ada@example.org", pass: "x" },
    from: "ada@example.org",
  });
  expect(smtpSettings({ LANG: "ko_KR.UTF-8" })).toBeNull();
});

test.each([
  [{ SMTP_URL: "https://user:secret@mail.example.org", SMTP_FROM: "a@example.org" }, "SMTP_URL is not an SMTP address"],
  [{ SMTP_HOST: "mail.example.org", SMTP_PORT: "mail" }, 'SMTP_PORT is "mail": give a port number'],
  [{ SMTP_HOST: "mail.example.org" }, 'SMTP_FROM is "": give the email address that alerts come from'],
  [{ SMTP_HOST: "mail.example.org", SMTP_FROM: "+82 10 1234 5678" }, "give the email address"],
  [{ SMTP_PASSWORD: "secret" }, "SMTP_PASSWORD is set, but neither SMTP_HOST nor SMTP_URL names a server"],
])("%j is refused by name, without its secrets", (env, message) => {
  expect(() => smtpSettings(env)).toThrow(message);
  expect(() => smtpSettings(env)).not.toThrow("secret");
});

test("a server that speaks no TLS where it was asked to is said so, without what OpenSSL calls it", async () => {
  const office = await postOffice();
  const fault: unknown = await smtpMailer({ ...office.settings, secure: true })(Buffer.from("Subject: x\r\n\r\nx\r\n"), "a@example.org").catch((error: unknown) => error);
  expect(fault).toMatchObject({ message: expect.stringMatching(/takes no mail from us now: no TLS there, try smtp:\/\/ /) });
  expect(String(fault)).not.toMatch(/SSL|openssl/);
  await office.close();
});

test("a refused login is no refusal of the recipient", async () => {
  const office = await postOffice(new Map(), "right");
  const mailWith = (pass: string) => smtpMailer({ ...office.settings, login: { user: "ada", pass } });
  const message = Buffer.from("Subject: x\r\n\r\nx\r\n");
  await expect(mailWith("wrong")(message, "a@example.org")).rejects.toThrow(/takes no mail from us now: Invalid login/);
  expect(await mailWith("right")(message, "a@example.org")).toMatchObject({ state: "taken" });
  await office.close();
});

test("a password is sent to no server elsewhere that speaks no TLS", async () => {
  const office = await postOffice(new Map(), "right");
  // It leads to this machine, and is none of the names by which we know that.
  const elsewhere = smtpMailer({ ...office.settings, host: "0.0.0.0", login: { user: "ada", pass: "right" } });
  await expect(elsewhere(Buffer.from("Subject: x\r\n\r\nx\r\n"), "a@example.org")).rejects.toThrow(/takes no mail from us now: .*STARTTLS/);
  expect(office.mails).toEqual([]);
  await office.close();
});
