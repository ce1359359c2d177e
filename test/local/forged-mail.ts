import { connect } from "node:net";
import { once } from "node:events";

/** What somebody does to a message that a publisher signed, so that its signature still holds and people read another. */
export interface Forgery {
  readonly name: string;
  readonly forge: (letter: string) => string;
}

const evil = "Read it: https://evil.example/fake";
const isRead = /^(?:from|to|subject|date|message-id):/i;

/** Puts this line, and a text of their own, in the midst of the head: behind what people read of it. */
function endingAt(line: string, letter: string): string {
  const end = letter.indexOf("\r\n\r\n");
  const fields = letter.slice(0, end).split(/\r\n(?![ \t])/);
  const [above, below] = [fields.filter((field) => isRead.test(field)), fields.filter((field) => !isRead.test(field))];
  return `${[...above, "X-A: b"].join("\r\n")}\r\n${line}${evil}\r\n${line}${below.join("\r\n")}${letter.slice(end)}`;
}

/** Each was taken for the publisher's once, or would be by a reader that splits lines a little otherwise. */
export const forgeries: readonly Forgery[] = [
  { name: "an empty line with a stray CR", forge: (letter) => endingAt("\r\r\n", letter) },
  { name: "an empty line that ends with LF alone", forge: (letter) => endingAt("\n", letter) },
  { name: "a subject behind a CR", forge: (letter) => `X-A: b\rSubject: Human rights in North Korea: EVIL\r\n${letter}` },
  { name: "a subject whose name ends with a NUL", forge: (letter) => `Subject\0: Human rights in North Korea: EVIL\r\n${letter}` },
  { name: "a second subject", forge: (letter) => `Subject: Human rights in North Korea: EVIL\r\n${letter}` },
];

/** Hands bytes to a mail server as they are, by SMTP (RFC 5321), and gives its answer. */
export async function sendRaw(port: number, message: string): Promise<string> {
  const socket = connect(port, "127.0.0.1").setEncoding("latin1");
  await once(socket, "data");
  let answer = "";
  for (const line of ["HELO a", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA", `${message.replace(/(?:\r\n)+$/, "")}\r\n.`]) {
    socket.write(`${line}\r\n`, "latin1");
    [answer] = await once(socket, "data");
  }
  socket.destroy();
  return answer;
}
