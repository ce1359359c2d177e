import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Protocol, subscriptionId } from "../shared/records/subscriptions.ts";
import { fileMark } from "./outbox.ts";

/** Where the outbox keeps what was made for one address. */
const folders = [".", "sms", "https", "sent"];
/** The lines that name a recipient stand before the text. */
const headBytes = 4000;

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** The end of a file's name that follows from alert and address. */
const markOf = (name: string): string => /--([0-9a-f]{12})\./.exec(name)?.[1] ?? "";

/**
 * Removes from the outbox every file that was made for an address, and gives how many: those whose names follow from it
 * and one of the alerts, and those that say in themselves whom they are for.
 */
export async function eraseFromOutbox(outbox: string, { protocol, address }: { readonly protocol: Protocol; readonly address: string }, alerts: readonly string[]): Promise<number> {
  const marks = new Set(alerts.map((alert) => fileMark(alert, address)));
  const id = subscriptionId(protocol, address);
  const isFor = (text: string): boolean => text.includes(`:${id}:`) || text.slice(0, headBytes).split(/\r?\n/).some((line) => /^to:/i.test(line) && line.toLowerCase().includes(address.toLowerCase()));
  for (const folder of folders.filter((one) => one !== "sent"))
    for (const name of await namesIn(join(outbox, folder))) if (isFor(await readFile(join(outbox, folder, name), "utf8"))) marks.add(markOf(name));
  marks.delete("");
  let count = 0;
  for (const folder of folders) {
    for (const name of await namesIn(join(outbox, folder))) {
      if (!marks.has(markOf(name))) continue;
      await rm(join(outbox, folder, name), { force: true });
      count++;
    }
  }
  return count;
}
