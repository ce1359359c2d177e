import { access, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../shared/fault.ts";
import { sideBySide } from "../shared/records/side-by-side.ts";
import { underClaim } from "./claim.ts";
import { writeOnce, writeWhole } from "./drafts.ts";
import { type Handed, statusOf, wasNotBegun } from "./smtp.ts";

/** RFC 5321, 4.5.4.1: mail servers keep trying for four to five days at least. */
const patienceMs = 7 * 86_400_000;

/** Hands a finished message to one recipient. Throws where it cannot be reached now. */
type Hand = (message: Buffer) => Promise<Handed>;

/** What one subscription gets of one alert. */
export interface Delivery {
  /** The id of the subscription. */
  readonly to: string;
  readonly name: string;
  readonly id: string;
  /** The file that is sent, below the outbox, without its ending. */
  readonly path: string;
  readonly ending: string;
  readonly content: () => Promise<Buffer>;
  /** Null where nothing here sends it. */
  readonly hand: Hand | null;
  /** Whether it goes over the mail server, whose failure is everybody's. */
  readonly mailed: boolean;
}

const exists = (path: string): Promise<boolean> => access(path).then(
  () => true,
  () => false,
);

/** Writes down what one subscription gets, below the outbox's folder, and gives the file; again is another file, since the first says nothing of that. */
export async function write(folder: string, { path, ending, content }: Delivery, again = false): Promise<string> {
  const file = `${path}${again ? ".again" : ""}${ending}`;
  const place = join(folder, file);
  if (!(await exists(place))) await writeWhole(place, await content());
  return place;
}

/** Sends what was written to one recipient, once, also where two processes are at it: a marker keeps what the server said. */
function sendOnce(folder: string, delivery: Delivery, hand: Hand): Promise<Handed> {
  return underClaim(join(folder, "sent", `.${delivery.name}.claim`), () => sendUnlessMarked(folder, delivery, hand));
}

/**
 * Hands it over; whoever still takes nothing after seven days is given up, so that nothing stays owed for ever. A mail
 * server that takes no mail at all is no recipient's fault, and is thrown however long that lasts.
 */
async function handPatiently({ hand, mailed }: Delivery & { readonly hand: Hand }, message: Buffer, firstTriedMs: number): Promise<Handed> {
  const isLate = Date.now() - firstTriedMs > patienceMs;
  try {
    const handed = await hand(message);
    return isLate && handed.state === "later" ? { ...handed, state: "given up" } : handed;
  } catch (error) {
    if (mailed || !isLate) throw error;
    return { state: "given up", reply: messageOf(error) };
  }
}

/** Another mark says that it was begun. Where that is all there is, the recipient may have it, and the message says so. */
async function sendUnlessMarked(folder: string, delivery: Delivery, hand: Hand): Promise<Handed> {
  const sent = join(folder, "sent");
  const [marker, begun] = [`${delivery.name}.txt`, `${delivery.name}.begun`];
  if (await exists(join(sent, marker))) {
    const said = await readFile(join(sent, marker), "utf8");
    return { state: said.startsWith("taken") ? "taken before" : "refused before", reply: said };
  }
  // What is sent is the file, byte for byte, also when it was written before a crash.
  const message = await readFile(await write(folder, delivery, await exists(join(sent, begun))));
  await writeOnce(join(sent, begun), "");
  try {
    const handed = await handPatiently({ ...delivery, hand }, message, (await stat(await write(folder, delivery))).mtimeMs);
    if (handed.state === "later") await writeFile(join(sent, `${delivery.name}.later`), `${handed.reply}\n`, { mode: 0o600 });
    else await writeOnce(join(sent, marker), `${handed.state}: ${handed.reply}\n`);
    for (const past of handed.state === "later" ? [begun] : [begun, `${delivery.name}.later`]) await rm(join(sent, past), { force: true });
    return handed;
  } catch (error) {
    if (wasNotBegun(error)) await rm(join(sent, begun), { force: true });
    throw error;
  }
}

/** What is only written down counts as taken. */
const unsent: Handed = { state: "taken", reply: "" };
const unanswered = (error: unknown): Handed => ({ state: "later", reply: messageOf(error) });
const isTaken = (state: Handed["state"]): boolean => state === "taken" || state === "taken before";

/** So many mails that break off one after another are the server's trouble, and no recipient's. */
const brokenMost = 3;
/** So many web addresses are asked at once. */
const othersAtOnce = 8;

/** What a web address said when it was asked just now. */
export interface Asked {
  /** The id of the subscription. */
  readonly to: string;
  readonly state: Handed["state"];
  readonly reply: string;
}

/**
 * What came of handing messages over: the ids of what was taken, for each recipient who must be tried again why,
 * without an address, and what web addresses said.
 */
export interface HandedOver {
  readonly ids: string[];
  readonly later: string[];
  readonly asked: Asked[];
}

/** Hands one mail over and notes what came of it; false where the way to the mail server broke off. */
async function handMail(folder: string, delivery: Delivery, { ids, later }: HandedOver, say: (sentence: string) => void): Promise<boolean> {
  const { name, id, hand } = delivery;
  try {
    const { state, reply } = hand ? await sendOnce(folder, delivery, hand) : unsent;
    if (isTaken(state)) ids.push(id);
    // What a mail server says may name the recipient, so it is kept and not said.
    if (state === "later") later.push(`the mail server answers ${statusOf(reply)}, in the words of sent/${name}.later in the outbox`);
    if (state === "refused" || state === "given up") say(`one recipient is refused for good and not tried again: see sent/${name}.txt in the outbox`);
    return true;
  } catch (error) {
    later.push(messageOf(error));
    return false;
  }
}

/** Hands one message over to a web address, or leaves it as a file, and notes what came of it. */
async function handOther(folder: string, delivery: Delivery, { ids, later, asked }: HandedOver): Promise<void> {
  const { to, id, hand } = delivery;
  const { state, reply } = hand ? await sendOnce(folder, delivery, hand).catch(unanswered) : unsent;
  if (isTaken(state)) ids.push(id);
  if (state === "later") later.push(`${reply} (subscription ${to})`);
  if (hand) asked.push({ to, state, reply });
}

/** Mails one after another. A server that is away is not asked for each of them. */
async function handMails(folder: string, mails: readonly Delivery[], handed: HandedOver, say: (sentence: string) => void): Promise<void> {
  let broken = 0;
  for (const delivery of mails) {
    if (broken >= brokenMost) handed.later.push("the mail server takes no mail from us now");
    else broken = (await handMail(folder, delivery, handed, say)) ? 0 : broken + 1;
  }
}

/** Hands over what was written. No recipient holds up another: a web address that does not answer is waited for beside the rest. */
export async function handOver(folder: string, deliveries: readonly Delivery[], say: (sentence: string) => void): Promise<HandedOver> {
  const handed: HandedOver = { ids: [], later: [], asked: [] };
  const [mails, others] = [deliveries.filter(({ mailed }) => mailed), deliveries.filter(({ mailed }) => !mailed)];
  await Promise.all([handMails(folder, mails, handed, say), sideBySide(others, othersAtOnce, (one) => handOther(folder, one, handed))]);
  return handed;
}
