import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import type { SmtpSettings } from "../../local/smtp.ts";

/** A real SMTP server on loopback that keeps what it takes; `arrived` is when it took its first mail. `answers` says with which code a recipient is refused. */
export async function postOffice(answers: Map<string, number> = new Map(), password?: string, ownPort = 0) {
  const first = Promise.withResolvers<void>();
  const mails: { to: string; mail: Email; raw: string }[] = [];
  const server = new SMTPServer({
    authOptional: password === undefined,
    disabledCommands: password === undefined ? ["STARTTLS", "AUTH"] : ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: (auth, _, done) => (auth.password === password ? done(null, { user: auth.username }) : done(new Error("wrong password"))),
    onRcptTo: ({ address }, _, done) => {
      const responseCode = answers.get(address);
      done(responseCode === undefined ? null : Object.assign(new Error(`refused ${address}`), { responseCode }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks);
        PostalMime.parse(raw).then(
          (mail) => {
            for (const { address } of session.envelope.rcptTo) mails.push({ to: address, mail, raw: raw.toString("latin1") });
            first.resolve();
            done();
          },
          (error: Error) => done(error),
        );
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(ownPort, "127.0.0.1", resolve));
  const address = server.server.address();
  const port = isPort(address) ? address.port : 0;
  const settings: SmtpSettings = { host: "127.0.0.1", port, secure: false, login: null, from: "almanac@example.org" };
  return { mails, settings, arrived: first.promise, close: () => new Promise<void>((resolve) => server.close(resolve)) };
}

const isPort = (address: AddressInfo | string | null): address is AddressInfo => typeof address === "object" && address !== null;
