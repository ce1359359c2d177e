import { isLoopback } from "../intake/public-address.ts";
import { nearestIds } from "../nearest.ts";
import type { Protocol, Wishes } from "../records/subscriptions.ts";
import { alertKinds } from "./alert.ts";

/** Something that a person asked for cannot be done as written; the message says what to write instead. */
export class WishError extends Error {
  override readonly name = "WishError";
}

/** Where to send to. */
export interface Address {
  readonly protocol: Protocol;
  readonly address: string;
}

const mailbox = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/i;

function email(text: string): string {
  const at = text.lastIndexOf("@");
  const [name, host] = [text.slice(0, at), text.slice(at + 1)];
  if (!mailbox.test(name) || name.length > 64 || !domain.test(host) || text.length > 254)
    throw new WishError(`${JSON.stringify(text)} is not an email address: write it as name@example.org`);
  return `${name}@${host.toLowerCase()}`;
}

function phone(text: string): string {
  const digits = text.replace(/[\s().-]/g, "");
  if (!/^\+[1-9]\d{6,14}$/.test(digits))
    throw new WishError(`${JSON.stringify(text)} is not a phone number that can be reached from anywhere: write it with + and the country's code, such as +82 10 1234 5678`);
  return digits;
}

function webAddress(text: string, allowLoopback: boolean): string {
  const url = URL.parse(text);
  const isHere = allowLoopback && url?.protocol === "http:" && isLoopback(url);
  if (!url || (url.protocol !== "https:" && !isHere)) throw new WishError(`${JSON.stringify(text)} is not an https address: alerts are sent to https only`);
  if (url.username || url.password) throw new WishError("an https address must not hold a name or password: whoever reads it could use them");
  return url.href;
}

const queue = /^arn:aws[a-z-]*:sqs:[a-z\d-]+:\d{12}:[\w-]{1,80}$/;
const lambda = /^arn:aws[a-z-]*:lambda:[a-z\d-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]{1,128})?$/;

function onAws(arn: string): Address {
  if (queue.test(arn)) return { protocol: "sqs", address: arn };
  if (lambda.test(arn)) return { protocol: "lambda", address: arn };
  if (arn.endsWith(".fifo")) throw new WishError(`${JSON.stringify(arn)} is a FIFO queue, to which a topic that also sends email cannot send: give a standard queue`);
  throw new WishError(`${JSON.stringify(arn)} is no queue and no function: write it as arn:aws:sqs:eu-west-1:111122223333:alerts or arn:aws:lambda:eu-west-1:111122223333:function:alerts`);
}

/**
 * An address of the kind that it looks like: an email address, a phone number (given as E.164: + and digits), an
 * https address, or the ARN of a queue or function on AWS; with `allowLoopback` also an http address on this machine.
 * The same address always comes out the same. Throws WishError.
 */
export function parseAddress(text: string, allowLoopback = false): Address {
  const trimmed = text.trim();
  if (trimmed.startsWith("arn:")) return onAws(trimmed);
  if (/^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return { protocol: "https", address: webAddress(trimmed, allowLoopback) };
  if (trimmed.includes("@")) return { protocol: "email", address: email(trimmed) };
  if (/^\+?[\d\s().-]+$/.test(trimmed)) return { protocol: "sms", address: phone(trimmed) };
  throw new WishError(`${JSON.stringify(trimmed)} is no address: give an email address, a phone number with +, an https address, or the ARN of a queue or function`);
}

/** Wishes as a person typed them: each may hold several ids, with commas between. */
export interface Asked {
  readonly series?: readonly string[];
  readonly publishers?: readonly string[];
  readonly kinds?: readonly string[];
  readonly languages?: readonly string[];
}

const typed = (asked: readonly string[] = []): string[] => {
  const ids = asked.flatMap((text) => text.split(",")).map((id) => id.trim().toLowerCase());
  return [...new Set(ids.filter((id) => id !== ""))].sort();
};

/** What wishes are checked against: the ids and languages of a catalogue. */
export interface Known {
  readonly series: readonly { readonly id: string; readonly publisher: string }[];
  readonly publishers: readonly { readonly id: string }[];
  readonly sources: readonly { readonly publisher: string; readonly language: string }[];
}

const listedMost = 12;

function listed(known: ReadonlySet<string>): string {
  const ids = [...known].sort();
  const more = ids.length > listedMost ? ` … (${ids.length} in all)` : "";
  return ids.slice(0, listedMost).join(", ") + more;
}

/** A sentence for each id that is not known. */
function unknown(what: string, ids: readonly string[], known: ReadonlySet<string>): string[] {
  return ids
    .filter((id) => !known.has(id))
    .map((id) => {
      const near = nearestIds(id, [...known]);
      const hint = near.length > 0 ? `did you mean ${near.join(" or ")}?` : `there are ${listed(known)}`;
      return `no ${what} ${JSON.stringify(id)}; ${hint}`;
    });
}

/**
 * The wishes without publishers where there are series: each series has one, so those of others than were asked for are
 * left out. It is a key less in a filter policy of SNS. Throws WishError where no series is left.
 */
function withoutPublishers(wishes: Wishes, all: Known["series"]): Wishes {
  if (wishes.series.length === 0 || wishes.publishers.length === 0) return wishes;
  const publisherOf = new Map(all.map(({ id, publisher }) => [id, publisher]));
  const series = wishes.series.filter((id) => wishes.publishers.includes(publisherOf.get(id) ?? ""));
  if (series.length === 0) throw new WishError(`no series of those is from ${wishes.publishers.join(" or ")}: ${wishes.series.map((id) => `${id} is from ${publisherOf.get(id)}`).join(", ")}; leave out the publishers or the series`);
  return { ...wishes, series, publishers: [] };
}

/**
 * The wishes that a person typed, checked against the catalogue; of publishers and series together, the series of these
 * publishers. Throws WishError, a sentence for each id that is not known.
 */
export function parseWishes(asked: Asked, { series, publishers, sources }: Known): Wishes {
  const wishes = { series: typed(asked.series), publishers: typed(asked.publishers), kinds: typed(asked.kinds), languages: typed(asked.languages) };
  const knownPublishers = [publishers.map(({ id }) => id), series.map(({ publisher }) => publisher), sources.map(({ publisher }) => publisher)];
  const languages = sources.map(({ language }) => language.toLowerCase().split("-")[0] ?? language);
  const faults = [
    ...unknown("series", wishes.series, new Set(series.map(({ id }) => id))),
    ...unknown("publisher", wishes.publishers, new Set(knownPublishers.flat())),
    // A digest is no kind to ask for, but a pace; and a correction comes to whoever was told what it corrects.
    ...unknown("kind of alert", wishes.kinds, new Set(alertKinds.filter((kind) => kind !== "digest" && kind !== "correction"))),
    ...unknown("source in the language", wishes.languages, new Set(languages)),
  ];
  if (faults.length > 0) throw new WishError(faults.join("\n"));
  return withoutPublishers(wishes, series);
}
