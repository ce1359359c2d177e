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

/** Throws unless the message is of this topic and signed by SNS. `certificateAt` gives the PEM at an address. */
export async function verify(message, topicArn, certificateAt) {
  const names = Object.hasOwn(inOrder, message.Type) ? inOrder[message.Type] : undefined;
  if (!names || message.TopicArn !== topicArn || message.SignatureVersion !== "2") throw new Error("not a message of this topic that is signed by version 2");
  const url = addressOfSns(message.SigningCertURL);
  if (!url.pathname.endsWith(".pem")) throw new Error("not a certificate");
  const certificate = new X509Certificate(await certificateAt(url.href));
  if (new Date(certificate.validTo) < new Date()) throw new Error("the certificate is out of date");
  const said = names.filter((name) => message[name] !== undefined).map((name) => `${name}\n${message[name]}\n`).join("");
  if (!createVerify("RSA-SHA256").update(said).verify(certificate.publicKey, message.Signature, "base64")) throw new Error("the signature does not fit the message");
}

const certificates = new Map();
async function fetched(address) {
  if (!certificates.has(address)) certificates.set(address, await (await fetch(address, { redirect: "error" })).text());
  return certificates.get(address);
}

const seen = new Set();
async function take(message) {
  if (message.Type === "SubscriptionConfirmation") await fetch(addressOfSns(message.SubscribeURL), { redirect: "error" });
  if (message.Type === "Notification") tell(message);
}

function tell(message) {
  const alert = JSON.parse(message.Message);
  // The same news has the same id, also when it comes again.
  if (seen.has(alert.alert)) return;
  seen.add(alert.alert);
  console.log(alert.kind, alert.title, alert.url);
}

async function answer(request, response) {
  try {
    let body = "";
    for await (const chunk of request) if ((body += chunk).length > 300_000) throw new Error("too large");
    const message = JSON.parse(body);
    await verify(message, process.env.TOPIC_ARN, fetched);
    await take(message);
    response.writeHead(204).end();
  } catch (error) {
    console.error(error.message);
    response.writeHead(400).end();
  }
}

if (import.meta.main) createServer((request, response) => void answer(request, response)).listen(8080, "127.0.0.1");
