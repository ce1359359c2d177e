// An https subscriber: takes alerts from SNS, and believes only what SNS has signed (SignatureVersion 2, SHA-256).
// Run it with node behind a server that does TLS, with the topic of your alerts in TOPIC_ARN.
import { createVerify, X509Certificate } from "node:crypto";
import { createServer } from "node:http";

const inOrder = {
  Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
  UnsubscribeConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
};
const ofSns = /^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;

/** The address, if it is one of SNS itself: anybody could sign with a certificate of their own. */
export function addressOfSns(address) {
  const url = URL.parse(String(address));
  if (url?.protocol !== "https:" || !ofSns.test(url.hostname) || url.port || url.username) throw new Error(`${address} is no address of SNS`);
  return url;
}

// SNS tries an https address for an hour at most, and clocks differ. What is older, somebody has kept and sends again.
const patienceMs = 65 * 60_000;

/** Throws unless the message is of this topic, signed by SNS, and not much older than an hour at `now`, in milliseconds. `certificateAt` gives the PEM at an address. */
export async function verify(message, topicArn, certificateAt, now) {
  const names = Object.hasOwn(inOrder, message.Type) ? inOrder[message.Type] : undefined;
  if (!names || message.TopicArn !== topicArn || message.SignatureVersion !== "2") throw new Error("not a message of this topic that is signed by version 2");
  const url = addressOfSns(message.SigningCertURL);
  if (!url.pathname.endsWith(".pem")) throw new Error("not a certificate");
  const certificate = new X509Certificate(await certificateAt(url.href));
  if (new Date(certificate.validTo) < new Date()) throw new Error("the certificate is out of date");
  const said = names.filter((name) => message[name] !== undefined).map((name) => `${name}\n${message[name]}\n`).join("");
  if (!(Math.abs(now - Date.parse(message.Timestamp)) < patienceMs)) throw new Error("signed too long ago");
  if (!createVerify("RSA-SHA256").update(said).verify(certificate.publicKey, message.Signature, "base64")) throw new Error("the signature does not fit the message");
}

const certificates = new Map();
async function fetched(address) {
  if (!certificates.has(address)) certificates.set(address, await (await fetch(address, { redirect: "error" })).text());
  return certificates.get(address);
}

const seen = new Set();
/** Takes an alert once: the same news has the same id, also when it comes again. What could not be told may come again. */
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
  let status = 400;
  try {
    let body = "";
    for await (const chunk of request) if ((body += chunk).length > 300_000) throw new Error("too large");
    const message = JSON.parse(body);
    await verify(message, process.env.TOPIC_ARN, fetched, Date.now());
    // What fails from here on is ours: SNS tries again after 500, and not after 400.
    status = 500;
    if (message.Type === "SubscriptionConfirmation") await fetch(addressOfSns(message.SubscribeURL), { redirect: "error" });
    if (message.Type === "Notification") await take(JSON.parse(message.Message));
    response.writeHead(204).end();
  } catch (error) {
    console.error(error.message);
    response.writeHead(status).end();
  }
}

if (import.meta.main) createServer((request, response) => void answer(request, response)).listen(8080, "127.0.0.1");
