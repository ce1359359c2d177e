import type { Outgoing, Received } from "../../shared/queue/queue.ts";
import type { Chance } from "./chance.ts";
import type { Timeline } from "./timeline.ts";

/** How a queue is set (infra/queues.ts). Times are in seconds. */
interface QueueSettings {
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
  readonly maxReceiveCount: number;
}

interface Message extends Received {
  readonly sent: number;
  visible: number;
  received: number;
}

/** A FIFO queue of SQS: ordered groups, deduplication for five minutes, visibility, a dead-letter queue. */
export interface Fifo {
  /** Takes messages, but for those that it took within five minutes. */
  take(messages: readonly Outgoing[]): void;
  /** Takes out the messages that were handled. */
  remove(ids: readonly string[]): void;
  /** How many messages are in it. */
  size(): number;
  readonly counts: { taken: number; doubled: number; dead: number; expired: number };
}

const deduplicationMs = 5 * 60_000;
const mostAtOnce = 10;

interface Handling extends QueueSettings {
  readonly time: Timeline;
  readonly chance: Chance;
  readonly name: string;
  /** Milliseconds until messages that can be read are handed on. */
  readonly delay: () => number;
  readonly deliver: (batch: readonly Received[]) => void;
}

/** Opens a queue that hands its messages on by itself. Groups come in any order; within one, the order is kept. */
export function fifo({ time, chance, name, delay, deliver, visibilitySeconds, retentionSeconds, maxReceiveCount }: Handling): Fifo {
  let messages: Message[] = [];
  let numbered = 0;
  const taken = new Map<string, number>();
  const counts = { taken: 0, doubled: 0, dead: 0, expired: 0 };

  function forget(): void {
    const now = time.now();
    const kept = messages.filter(({ sent }) => sent + retentionSeconds * 1000 > now);
    counts.expired += messages.length - kept.length;
    messages = kept;
  }

  /** Up to ten messages of groups of which none is being handled; those that came too often are dead. */
  function receive(): Message[] {
    forget();
    const now = time.now();
    const groups = [...Map.groupBy(messages, ({ group }) => group).values()].filter((group) => group.every(({ visible }) => visible <= now));
    const batch: Message[] = [];
    while (groups.length > 0 && batch.length < mostAtOnce) {
      const [group = []] = groups.splice(chance.whole(0, groups.length - 1), 1);
      for (const message of group) {
        if (message.received >= maxReceiveCount) {
          messages = messages.filter((one) => one !== message);
          counts.dead++;
        } else if (batch.length < mostAtOnce) batch.push(message);
      }
    }
    for (const message of batch) {
      message.received++;
      message.visible = now + visibilitySeconds * 1000;
    }
    return batch;
  }

  const wake = (after: number): void =>
    time.at(time.now() + after, () => {
      const batch = receive();
      if (batch.length === 0) return false;
      deliver(batch.map(({ id, body, group }) => ({ id, body, group })));
      wake(visibilitySeconds * 1000 + 1);
      if (messages.some(({ visible }) => visible <= time.now())) wake(delay());
      return true;
    });

  return {
    counts,
    size: () => {
      forget();
      return messages.length;
    },
    take(outgoing) {
      for (const { body, group, deduplication } of outgoing) {
        const before = taken.get(deduplication);
        if (before !== undefined && before + deduplicationMs > time.now()) counts.doubled++;
        else {
          taken.set(deduplication, time.now());
          messages.push({ id: `${name}-${++numbered}`, body, group, sent: time.now(), visible: 0, received: 0 });
          counts.taken++;
        }
      }
      wake(delay());
    },
    remove(ids) {
      messages = messages.filter(({ id }) => !ids.includes(id));
      if (messages.length > 0) wake(delay());
    },
  };
}
