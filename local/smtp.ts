import { parseAddress, WishError } from "../shared/alerts/subscriptions.ts";

/** Where this machine hands its mail to. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** Encrypted from the first byte; otherwise the server is asked to change over. */
  readonly secure: boolean;
  readonly login: { readonly user: string; readonly pass: string } | null;
  readonly from: string;
}

type Env = Readonly<Record<string, string | undefined>>;

function server(env: Env): Pick<SmtpSettings, "host" | "port" | "secure"> & { user: string; pass: string } {
  if (env["SMTP_URL"]) {
    const url = URL.parse(env["SMTP_URL"]);
    // The URL holds a password, so it is not repeated.
    if (!url?.hostname || !/^smtps?:$/.test(url.protocol))
      throw new Error("SMTP_URL is not an SMTP address: write it as smtps://user:password@mail.example.org");
    const secure = url.protocol === "smtps:";
    const port = url.port === "" ? (secure ? 465 : 587) : Number(url.port);
    return { host: url.hostname, port, secure, user: plain(url.username), pass: plain(url.password) };
  }
  const port = Number(env["SMTP_PORT"] || 587);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`SMTP_PORT is "${env["SMTP_PORT"]}": give a port number, such as 587 or 465`);
  return { host: env["SMTP_HOST"] ?? "", port, secure: port === 465, user: env["SMTP_USER"] ?? "", pass: env["SMTP_PASSWORD"] ?? "" };
}

/** A name or password as it stands in an address, without its escapes. It is a secret, so it is not repeated. */
function plain(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch (error) {
    throw new Error("SMTP_URL has a % in its user or password that begins no escape: write % as %25", { cause: error });
  }
}

function sender(from: string): string {
  try {
    const { protocol, address } = parseAddress(from);
    if (protocol === "email") return address;
  } catch (error) {
    if (!(error instanceof WishError)) throw error;
  }
  throw new Error(`SMTP_FROM is "${from}": give the email address that alerts come from, such as almanac@example.org`);
}

/**
 * The settings in SMTP_URL, or in SMTP_HOST, SMTP_PORT (587 if absent), SMTP_USER and SMTP_PASSWORD, and in SMTP_FROM
 * (the user, if absent); null where no server is named. Throws a sentence that says which one to mend.
 */
export function smtpSettings(env: Env): SmtpSettings | null {
  if (!env["SMTP_URL"] && !env["SMTP_HOST"]) {
    const alone = ["SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_FROM"].find((name) => env[name]);
    if (alone) throw new Error(`${alone} is set, but neither SMTP_HOST nor SMTP_URL names a server`);
    return null;
  }
  const { host, port, secure, user, pass } = server(env);
  return { host, port, secure, login: user === "" ? null : { user, pass }, from: sender(env["SMTP_FROM"] || user) };
}

/**
 * What the server said of one recipient. `later`: this recipient can be tried again, and has nothing yet. `given up`:
 * it could for seven days. `before`: nobody was asked now.
 */
export interface Handed {
  readonly state: "taken" | "taken before" | "refused" | "given up" | "refused before" | "later";
  readonly reply: string;
}

/** Hands a finished message to one recipient's server. Throws when no recipient can be reached now. */
export type Mailer = (message: Buffer, to: string) => Promise<Handed>;

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

/** The mailbox itself is wrong (RFC 3463, 5.1.x and 5.2.1), or the server says no more than that. A quota or a relay that refuses is the server's trouble, and passes. */
const isMailbox = /\b5\.1\.\d|\b5\.2\.1\b|\b55[013](?![ -]5\.)/;

/** What a failure says of this one recipient or message; null where it holds for every recipient. */
function ofRecipient(error: unknown): Handed | null {
  if (!(error instanceof Error) || !("responseCode" in error) || !("command" in error)) return null;
  const { responseCode, command } = error;
  // A refused login or sender is the settings' fault: that must not count as a recipient's refusal.
  if (typeof responseCode !== "number" || (command !== "RCPT TO" && command !== "DATA")) return null;
  return { state: responseCode >= 500 && isMailbox.test(error.message) ? "refused" : "later", reply: error.message };
}

/** The status in what a mail server said, such as "450 4.2.2" (RFC 5321 and 3463), without its words, which may name the recipient. */
export function statusOf(reply: string): string {
  return /\b[245]\d\d(?:[ -][245]\.\d{1,3}\.\d{1,3})?/.exec(reply)?.[0] ?? "without a status";
}

/** Whether a mailer threw before the server had the message: it refused us, or there was no way to it. */
export function wasNotBegun(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return false;
  return ("responseCode" in cause && typeof cause.responseCode === "number") || ("syscall" in cause && (cause.syscall === "connect" || cause.syscall === "getaddrinfo"));
}

/** What OpenSSL says where a server answers without TLS. */
const isPlain = /wrong version number|packet length too long/;
const noTls = "no TLS there, try smtp:// in place of smtps:// in SMTP_URL (or another SMTP_PORT than 465), or the port on which it speaks TLS from the first byte";

/** Mails by SMTP, a connection a message. */
export function smtpMailer({ host, port, secure, login, from }: SmtpSettings): Mailer {
  const near = loopback.test(host);
  const options = {
    host,
    port,
    secure,
    ...(login && { auth: login }),
    // A relay on this machine has no certificate to show; a password goes elsewhere only over an encrypted connection.
    ignoreTLS: near,
    requireTLS: !near && login !== null,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    // RFC 5321 gives a server ten minutes to answer the end of a message; asking again sooner sends it twice.
    socketTimeout: 600_000,
  };
  return async (message, to) => {
    const { createTransport } = await import("nodemailer");
    try {
      const { response } = await createTransport(options).sendMail({ envelope: { from, to: [to] }, raw: message });
      return { state: "taken", reply: response };
    } catch (error) {
      const said = ofRecipient(error);
      if (said !== null) return said;
      const reason = error instanceof Error ? (secure && isPlain.test(error.message) ? noTls : error.message) : "";
      throw new Error(`the mail server ${host}:${port} takes no mail from us now: ${reason}`, { cause: error });
    }
  };
}
