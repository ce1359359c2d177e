import { planDigests } from "../../shared/alerts/digests.ts";
import type { RecordKey } from "../../shared/records/keys.ts";
import { type OwingKind, owedRecords } from "../../shared/records/owed.ts";
import { asKind } from "../../shared/records/records.ts";
import type { World } from "./notify.ts";

/** What became of the owed alerts. */
export interface Swept {
  readonly sent: number;
  /** Alerts that could not be sent and are still owed, each with its fault. */
  readonly failed: readonly { readonly alert: string; readonly error: unknown }[];
}

/** Sends the messages that are due to subscriptions by now: digests, and what waited. One that fails stays owed and does not stop the others. */
export async function gather(world: World): Promise<Swept> {
  const planned = await planDigests(world.table, new Date(world.clock.now()).toISOString());
  return sendEach(world, planned);
}

async function sendEach(world: World, owed: readonly { readonly key: RecordKey<OwingKind>; readonly alert: string }[]): Promise<Swept> {
  let sent = 0;
  const failed: { alert: string; error: unknown }[] = [];
  if (owed.length === 0) return { sent, failed };
  // Most looks find nothing to send, and composing takes its time to load.
  const { notify } = await import("./notify.ts");
  for (const { key, alert } of owed) {
    try {
      if ((await notify(world, key, alert)) !== "not owed") sent++;
    } catch (error) {
      failed.push({ alert, error });
    }
  }
  return { sent, failed };
}

/** Sends all that is owed, the longest owing first, one at a time. One that fails stays owed and does not stop the others. */
export async function sweep(world: World): Promise<Swept> {
  const keys: RecordKey<OwingKind>[] = [];
  for await (const key of owedRecords(world.table)) keys.push(key);
  const swept: { sent: number; failed: Swept["failed"][number][] } = { sent: 0, failed: [] };
  for (const key of keys) {
    const stored = await world.table.get(key);
    const owed = stored ? [...(asKind(stored, key.kind).owed ?? [])] : [];
    const { sent, failed } = await sendEach(world, owed.map((alert) => ({ key, alert })));
    swept.sent += sent;
    swept.failed.push(...failed);
  }
  return swept;
}
