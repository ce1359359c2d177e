import { join } from "node:path";
import { knownOf } from "../functions/notify/facts.ts";
import type { World as NotifyWorld } from "../functions/notify/notify.ts";
import { createBodyReader } from "../functions/poll/body.ts";
import type { World as PollWorld } from "../functions/poll/poll.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";
import { type Clock, systemClock } from "../shared/clock.ts";
import { createFetcher, type Fetcher } from "../shared/intake/fetch.ts";
import { compile } from "../shared/recognition/compile.ts";
import { installedAt } from "../shared/records/install.ts";
import { outboxPublisher } from "./outbox.ts";
import { smtpSettings } from "./smtp.ts";
import { type OpenTable, openTable } from "./table.ts";

/** The whole path on one machine: what polling and sending need, over one data folder. */
export interface Stack {
  readonly poll: PollWorld;
  readonly notify: NotifyWorld;
  readonly outbox: string;
  /** Whether emails are also sent, and not only kept. */
  readonly mails: boolean;
  readonly open: OpenTable;
  close(): Promise<void>;
}

/** How the stack is set up. */
export interface StackSettings {
  readonly catalogue: Catalogue;
  readonly dataFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: (sentence: string) => void;
  readonly allowLoopback?: boolean;
  /** A clock that jumps, for what was recorded. */
  readonly clock?: Clock;
  /** Instead of the network, for what was recorded. */
  readonly fetch?: Fetcher;
  /** The monitor has its folder to itself. */
  readonly exclusive?: boolean;
}

/** Opens a data folder and wires the path over it. Throws a sentence where the folder or a setting cannot be used. */
export async function openStack(settings: StackSettings): Promise<Stack> {
  const { catalogue, dataFolder, env, say, clock = systemClock } = settings;
  const smtp = smtpSettings(env);
  const open = await openTable(dataFolder, { exclusive: settings.exclusive ?? false });
  const { table } = open;
  const fetcher = settings.fetch ? undefined : createFetcher({ contact: env["ALMANAC_CONTACT"], allowLoopback: settings.allowLoopback ?? false, clock });
  const fetch = settings.fetch ?? fetcher ?? unreachable();
  const known = knownOf(catalogue);
  const outbox = join(dataFolder, "outbox");
  return {
    poll: {
      table,
      fetch,
      clock,
      compiled: compile(catalogue),
      series: known.series,
      readBody: createBodyReader(fetch),
      installed: await installedAt(table, new Date(clock.now()).toISOString()),
      credentials: env,
      random: Math.random,
    },
    notify: { table, known, publish: outboxPublisher({ folder: outbox, smtp, say }), clock },
    outbox,
    mails: smtp !== null,
    open,
    async close() {
      await fetcher?.close();
      await open.close();
    },
  };
}

function unreachable(): never {
  throw new Error("a stack has a fetcher, its own or one that was given");
}
