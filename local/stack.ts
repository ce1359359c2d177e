import { join } from "node:path";
import type { World as CompareWorld } from "../functions/compare/world.ts";
import { knownOf } from "../functions/notify/known.ts";
import { contactSetting } from "../shared/alerts/contact-setting.ts";
import { siteSetting } from "../shared/alerts/site-setting.ts";
import type { World as NotifyWorld } from "../functions/notify/notify.ts";
import { createBodyReader } from "../functions/poll/body.ts";
import type { World as PollWorld } from "../functions/poll/poll.ts";
import type { Publisher } from "../shared/alerts/publisher.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";
import { type Clock, systemClock } from "../shared/clock.ts";
import { createFetcher, type Fetcher } from "../shared/intake/fetch.ts";
import type { ReaderFiles } from "../shared/readers/files.ts";
import { compiledWhenAsked } from "../shared/recognition/compile.ts";
import { createNames } from "../shared/recognition/names.ts";
import { installedAt } from "../shared/records/install.ts";
import { subscriptions } from "../shared/records/subscriptions.ts";
import type { Table } from "../shared/records/table.ts";
import { folderEvidence } from "./evidence.ts";
import type { OutboxSettings } from "./outbox.ts";
import { folderFiles } from "./reader-files.ts";
import { smtpSettings } from "./smtp.ts";
import { takingNoted } from "./taking.ts";
import { openMemoryTable, type OpenTable, openTable } from "./table.ts";

/** The whole path on one machine: what polling and sending need, over one data folder. */
export interface Stack {
  readonly poll: PollWorld;
  readonly notify: NotifyWorld;
  readonly compare: CompareWorld;
  readonly files: ReaderFiles;
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
  const { dataFolder, env, say } = settings;
  const smtp = smtpSettings(env);
  const open = await openTable(dataFolder, { exclusive: settings.exclusive ?? false });
  const outbox = join(dataFolder, "outbox");
  const path = await pathOver(open.table, settings, outboxWhenAsked({ folder: outbox, subscriptions: () => subscriptions(open.table), smtp, webhooks: webhooksOf(settings, open.table), contact: contactSetting(env), say }));
  return {
    ...path,
    compare: { ...path.poll, names: createNames(settings.catalogue.theme), sources: path.notify.known.sources, publishers: path.notify.known.publishers, evidence: folderEvidence(dataFolder) },
    files: folderFiles(dataFolder),
    outbox,
    mails: smtp !== null,
    open,
    async close() {
      await path.close();
      await open.close();
    },
  };
}

/** The outbox, loaded with all that writes and hands over messages when the first is sent: most rounds send none. */
function outboxWhenAsked(settings: OutboxSettings): Publisher {
  let publisher: Promise<Publisher> | undefined;
  return async (alert, audience) => {
    publisher ??= import("./outbox.ts").then(
      ({ outboxPublisher }) => outboxPublisher(settings),
      (error: unknown) => {
        // The next one tries anew.
        publisher = undefined;
        throw error;
      },
    );
    return (await publisher)(alert, audience);
  };
}

/** What was recorded is no news, so nobody is asked to take it. */
function webhooksOf({ env, fetch, say, allowLoopback = false }: StackSettings, table: Table): OutboxSettings["webhooks"] {
  return fetch ? undefined : { secret: env["WEBHOOK_SECRET"] || undefined, allowLoopback, note: takingNoted(table, say) };
}

/** The path over a table in memory, for what was recorded: nothing is written, and nobody is told. */
export async function openDryPath(settings: Pick<StackSettings, "catalogue" | "clock" | "fetch">): Promise<Pick<Stack, "poll" | "notify" | "close">> {
  const memory = await openMemoryTable();
  const path = await pathOver(memory.table, { ...settings, env: {} }, async () => []);
  return {
    ...path,
    async close() {
      await path.close();
      await memory.close();
    },
  };
}

type PathSettings = Pick<StackSettings, "catalogue" | "env" | "allowLoopback" | "clock" | "fetch">;

async function pathOver(table: Table, settings: PathSettings, publish: Publisher): Promise<Pick<Stack, "poll" | "notify" | "close">> {
  const { catalogue, env, clock = systemClock } = settings;
  const fetcher = settings.fetch ? undefined : createFetcher({ contact: env["ALMANAC_CONTACT"], allowLoopback: settings.allowLoopback ?? false, clock });
  const fetch = settings.fetch ?? fetcher ?? unreachable();
  const known = knownOf(catalogue);
  return {
    poll: {
      table,
      fetch,
      clock,
      rules: compiledWhenAsked(catalogue),
      series: known.series,
      readBody: createBodyReader(fetch, createNames(catalogue.theme)),
      installed: await installedAt(table, new Date(clock.now()).toISOString()),
      credentials: env,
      random: Math.random,
    },
    notify: { table, known, publish, clock, site: siteSetting(env), contact: contactSetting(env) },
    close: async () => fetcher?.close(),
  };
}

function unreachable(): never {
  throw new Error("a stack has a fetcher, its own or one that was given");
}
