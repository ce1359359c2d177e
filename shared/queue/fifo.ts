import type { Received } from "./queue.ts";

/**
 * Handles messages, groups side by side and within a group one after another. Gives the ids of those that must come
 * again: in each group the one for which `handle` threw and all after it, as its queue wants them to keep their order.
 */
export async function inGroups(messages: readonly Received[], handle: Handle, onFault: OnFault): Promise<string[]> {
  const groups = [...Map.groupBy(messages, ({ group }) => group).values()];
  const left = await Promise.all(groups.map((group) => inOrder(group, handle, onFault)));
  return left.flat();
}

type Handle = (message: Received) => Promise<void>;
type OnFault = (fault: unknown, message: Received) => void;

async function inOrder(group: readonly Received[], handle: Handle, onFault: OnFault): Promise<string[]> {
  for (const [index, message] of group.entries()) {
    try {
      await handle(message);
    } catch (fault) {
      onFault(fault, message);
      return group.slice(index).map(({ id }) => id);
    }
  }
  return [];
}
