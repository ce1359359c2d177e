import type { Composed } from "../../shared/alerts/alert.ts";
import type { Publisher } from "../../shared/alerts/publisher.ts";
import type { Log } from "../../shared/lambda/log.ts";
import type { Outgoing, Queue } from "../../shared/queue/queue.ts";
import type { ReaderFiles } from "../../shared/readers/files.ts";
import type { Found } from "../../shared/records/stored.ts";
import type { Index, Key, Stored, Table } from "../../shared/records/table.ts";
import type { Chance } from "./chance.ts";
import type { Cloud, Effect, Life } from "./cloud.ts";
import type { Fifo } from "./fifo.ts";
import type { MemoryTable } from "./memory-table.ts";
import type { Trace } from "./trace.ts";

const place = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** Gives one after another what is answered together, once somebody asks. An async generator would take several times as long over it. */
function oneByOne<Member>(ask: () => Promise<readonly Member[]>): AsyncIterableIterator<Member> {
  let members: Iterator<Member> | undefined;
  return {
    async next() {
      members ??= (await ask())[Symbol.iterator]();
      return members.next();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A table as a life reaches it: every question and every write takes time, and may fail. */
export function reachTable(cloud: Cloud, chance: Chance, memory: MemoryTable, wrote: (life: Life, record: Stored) => void): (life: Life) => Table {
  return (life) => {
    const read = <Result>(what: string, apply: () => Result | Promise<Result>): Promise<Result> => cloud.effect<Result>(life, { kind: "read", what, apply });
    /** The write, and word of it where something was written. */
    function told(keys: readonly Key[], write: () => Promise<boolean>): () => Promise<boolean> {
      return () => {
        const before = keys.map((key) => memory.peek(key));
        const written = write();
        for (const [index, key] of keys.entries()) {
          const after = memory.peek(key);
          if (after && after !== before[index]) wrote(life, after);
        }
        return written;
      };
    }
    const write = (what: string, apply: () => Promise<boolean>, more: Partial<Effect<boolean>> = {}): Promise<boolean> => cloud.effect<boolean>(life, { kind: "write", what, apply, ...more });
    // An index shows what was written some moments ago.
    function lookUp(what: string, ask: () => readonly Found[], isStale: boolean): AsyncIterable<Found> {
      return oneByOne(() => {
        const early = isStale ? ask() : undefined;
        return read(what, () => early ?? ask());
      });
    }
    return {
      get: (key) => read(`reads ${place(key)}`, () => memory.peek(key)),
      getMany: (keys) => read(`reads ${keys.length} records`, () => memory.getMany(keys)),
      putNew: (record) => write(`puts ${place(record)}`, told([record], () => memory.putNew(record)), { refused: false }),
      replace: (record, previous) => write(`replaces ${place(record)} (${record.revision})`, told([record], () => memory.replace(record, previous)), { refused: false }),
      async putAll(records) {
        const store = async (): Promise<boolean> => memory.putAll(records).then(() => true);
        await write(`puts ${records.length} records`, told(records, store));
      },
      async remove(key) {
        await write(`removes ${place(key)}`, () => memory.remove(key).then(() => true));
      },
      list: (pk, prefix) => oneByOne(() => read(`lists ${pk}`, () => memory.listed(pk, prefix))),
      scan: () => oneByOne(() => read("scans", () => [...memory.all()])),
      query: (index: Index, range) => lookUp(`asks the index ${index.name}`, () => memory.found(index, range), chance.is(0.3)),
    };
  };
}

/** Files for readers as a life reaches them. */
export function reachFiles(cloud: Cloud, files: ReaderFiles): (life: Life) => ReaderFiles {
  return (life) => ({
    read: (name, tag) => cloud.effect(life, { kind: "read", what: `reads the file ${name}`, apply: () => files.read(name, tag) }),
    write: (name, text) => cloud.effect<void>(life, { kind: "write", what: `writes the file ${name}`, apply: () => files.write(name, text) }),
  });
}

const mostAtOnce = 10;

/** A queue as a life reaches it: in batches, of which any may fail, or be taken in part. */
export function reachQueue(cloud: Cloud, chance: Chance, name: string, queue: Fifo): (life: Life) => Queue {
  return (life) => ({
    async send(messages) {
      for (let start = 0; start < messages.length; start += mostAtOnce) {
        const batch: readonly Outgoing[] = messages.slice(start, start + mostAtOnce);
        const applyPart = (): void => queue.take(batch.filter(() => chance.is(0.5)));
        await cloud.effect<void>(life, { kind: "send", what: `sends ${batch.length} to ${name}: ${batch.map(({ deduplication, body }) => (name === "poll" ? deduplication : body.slice(0, 120))).join(", ")}`, apply: () => queue.take(batch), applyPart });
      }
    },
  });
}

/** A publisher as a life reaches it. */
export function reachPublisher(cloud: Cloud, publishing: (alert: Composed) => void, took: (life: Life, alert: Composed) => void): (life: Life) => Publisher {
  let numbered = 0;
  return (life) => async (alert) => {
    publishing(alert);
    return cloud.effect<readonly string[]>(life, {
      kind: "publish",
      what: `publishes ${alert.facts.id} “${alert.facts.title}”`,
      apply() {
        took(life, alert);
        return [`m${++numbered}`];
      },
    });
  };
}

/** A log whose sentences stand in the trace. Told of errors, and of what is said aloud of a source. */
export function reachLog(trace: Trace, { wrong, saidOf }: { readonly wrong: (life: Life, sentence: string, alerts: readonly unknown[]) => void; readonly saidOf: (life: Life, source: string, reason: string) => void }): (life: Life) => Log {
  return (life) => {
    const say =
      (level: string) =>
      (sentence: string, particulars: Readonly<Record<string, unknown>> = {}): void => {
        if (life.isDead) return;
        const { alert, source, reason, error } = particulars;
        const more = [alert, source, reason, error instanceof Error ? error.message : undefined].filter((one) => typeof one === "string");
        trace.add(`${life.name} says${level}: ${sentence}${more.length > 0 ? ` (${more.join(", ")})` : ""}`);
      };
    const louder = say(" louder");
    const loud: Log["error"] = (sentence, particulars) => {
      louder(sentence, particulars);
      const { alerts } = particulars ?? {};
      wrong(life, sentence, Array.isArray(alerts) ? alerts : []);
    };
    const aloud = say(" aloud");
    const warn: Log["warn"] = (sentence, particulars) => {
      aloud(sentence, particulars);
      const { source, reason } = particulars ?? {};
      if (typeof source === "string" && typeof reason === "string") saidOf(life, source, reason);
    };
    const log: Log = { info: say(""), warn, error: loud, along: () => log };
    return log;
  };
}
