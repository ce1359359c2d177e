import { generateKeyPairSync } from "node:crypto";
import { type DNSResolver, dkimSign } from "mailauth";
import { createTransport } from "nodemailer";

/** A mail as a publisher writes it, unless a test says otherwise. */
export interface Letter {
  readonly from?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly date?: string;
  readonly messageId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Who signs it; nobody where this is null. */
  readonly signer?: string | null;
  /** The fields that are signed, parted by colons; those that mailers sign where this is left out. */
  readonly signed?: string;
}

const selector = "s1";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "der" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });
const signers = ["state.example", "other.example"];

/** A name service that knows the keys of state.example and other.example; while `isAway`, it answers nothing. */
export function nameService(): { isAway: boolean; readonly resolve: DNSResolver } {
  const service = {
    isAway: false,
    resolve: async (name: string, type: string) => {
      if (service.isAway) throw Object.assign(new Error("no answer"), { code: "ETIMEOUT" });
      if (type === "TXT" && signers.some((domain) => name === `${selector}._domainkey.${domain}`)) return [[`v=DKIM1; k=rsa; p=${publicKey.toString("base64")}`]];
      throw Object.assign(new Error(`there is no ${name}`), { code: "ENOTFOUND" });
    },
  };
  return service;
}

function composed({ from = "Press Office <press@mail.state.example>", subject = "Human rights in North Korea: prison camp 7", text = "Read it: https://state.example/camp-7", date = "2021-06-20T11:59:00Z", messageId = "<7@state.example>", headers = {} }: Letter) {
  return { from, to: "almanac@monitor.example", subject, text, date: new Date(date), messageId, headers: { ...headers } };
}

const signature = ({ signer = "state.example", signed }: Letter) =>
  signer === null ? {} : { dkim: { domainName: signer, keySelector: selector, privateKey, ...(signed === undefined ? {} : { headerFieldNames: signed }) } };

/** Sends a letter by SMTP to a port of this machine, signed by its signer's key; gives what the server said. */
export async function send(port: number, letter: Letter = {}): Promise<string> {
  const { response } = await createTransport({ host: "127.0.0.1", port, ignoreTLS: true, ...signature(letter) }).sendMail(composed(letter));
  return response;
}

/** A letter, signed, as bytes. */
export async function signedLetter(letter: Letter = {}): Promise<Buffer> {
  const { message } = await createTransport({ streamTransport: true, buffer: true, newline: "windows", ...signature(letter) }).sendMail(composed(letter));
  if (!Buffer.isBuffer(message)) throw new Error("nodemailer gave a stream where bytes were asked for");
  return message;
}

/** A letter of which the signature holds, but is over no more of the text than these words at its beginning. */
export async function partlySigned(words: string): Promise<Buffer> {
  const letter = await signedLetter({ signer: null });
  const by = { signingDomain: "state.example", selector, privateKey, maxBodyLength: words.length };
  const { signatures } = await dkimSign(letter, { ...by, signatureData: [by] });
  if (!signatures.includes(`l=${words.length};`)) throw new Error(`the letter was not signed as it should be: ${signatures}`);
  return Buffer.concat([Buffer.from(signatures), letter]);
}
