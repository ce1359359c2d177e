// A web address that takes alerts from a monitor on one machine, and believes only what is signed with the secret.
// Run it with node behind a server that does TLS, with the monitor's secret in WEBHOOK_SECRET.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

const patienceSeconds = 300;

/** Throws unless the body, as it came, was signed with the secret within five minutes of `now`, in seconds. */
export function verify(body, header, secret, now) {
  const [, second, sum] = /^t=(\d{1,12}),sha256=([0-9a-f]{64})$/.exec(header ?? "") ?? [];
  if (!sum) throw new Error("not signed");
  if (Math.abs(now - Number(second)) > patienceSeconds) throw new Error("signed too long ago");
  const expected = createHmac("sha256", secret).update(`${second}.`).update(body).digest();
  if (!timingSafeEqual(expected, Buffer.from(sum, "hex"))) throw new Error("the signature does not fit the body");
}

const seen = new Set();
/** Takes an alert once: the same news has the same id, also when it comes again. What could not be told comes again. */
export async function take(alert) {
  if (seen.has(alert.alert)) return;
  await tell(alert);
  seen.add(alert.alert);
}

// Put here what is to be done with an alert, a digest or a test: they all have a subject and a text.
async function tell({ subject, text }) {
  console.log(`${subject}\n\n${text}`);
}

async function answer(request, response) {
  try {
    if (Number(request.headers["content-length"] ?? Infinity) > 300_000) throw new Error("too large");
    const body = await buffer(request);
    verify(body, request.headers["x-almanac-signature"], process.env.WEBHOOK_SECRET, Date.now() / 1000);
    await take(JSON.parse(body));
    response.writeHead(204).end();
  } catch (error) {
    console.error(error.message);
    response.writeHead(400).end();
  }
}

if (import.meta.main) createServer((request, response) => void answer(request, response)).listen(8080, "127.0.0.1");
