import { setTimeout as pause } from "node:timers/promises";
import { createHeartbeat } from "../../local/heartbeat.ts";
import { createMonitor, type Listener } from "../../local/monitor.ts";
import type { Stack } from "../../local/stack.ts";
import { healthWords, serveSite } from "../../local/status.ts";
import type { Catalogue, Source } from "../../shared/catalogue/schema.ts";
import { readStates, type SourceState } from "../../shared/records/sources.ts";
import { subscriptions } from "../../shared/records/subscriptions.ts";
import { createSite } from "../../site/app.ts";
import { type Arguments, type Command, Failure } from "../command.ts";
import type { Output } from "../output.ts";
import { dataFolder, readCatalogue, shownPath } from "../paths.ts";
import { portOf } from "../port.ts";
import { outcomeLine, rungLine } from "../report.ts";
import { type AskedWays, askedWays, type OpenWays, openWays } from "../ways-in.ts";
import { withStack } from "../with-stack.ts";
import { messageOf } from "../../shared/fault.ts";

const minute = 60_000;
const defaultPort = 8787;
const alertsShown = 20;
const oneKeystrokeMs = 1000;

/** Told to stop by a signal; one more ends at once. */
function stopSignal(say: (sentence: string) => void): AbortSignal {
  const stop = new AbortController();
  let since = 0;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // One Ctrl-C comes more than once: from the terminal, from npm and from the program that started this one.
      if (stop.signal.aborted && performance.now() - since > oneKeystrokeMs) process.exit(130);
      if (stop.signal.aborted) return;
      since = performance.now();
      say("Stopping when the polls under way are done. Once more stops at once, which loses nothing: they are done again at the next start.");
      stop.abort();
    });
  }
  return stop.signal;
}

/** Now, as lines begin with it. */
const stamp = (): string => new Date().toISOString().slice(0, 16).replace("T", " ");

/** Says what is worth a line, with its time: alerts, and sources whose reading changed. */
function createListener(output: Output, recent: string[]): Listener {
  const reasons = new Map<string, string | undefined>();
  return {
    outcome(outcome) {
      const said = reasons.get(outcome.source);
      reasons.set(outcome.source, outcome.reason);
      if (outcome.reason !== said) output.line(`${stamp()}  ${outcomeLine(output, outcome)}`);
    },
    rung(rung) {
      recent.unshift(rungLine({ ...output, style: (_style, text) => text }, rung));
      recent.length = Math.min(recent.length, alertsShown);
      output.line(rungLine(output, rung));
    },
    say: (sentence) => output.say(`${stamp()}  ${sentence}`),
  };
}

async function greet(output: Output, stack: Stack, sources: readonly Source[], folder: string, url: string): Promise<void> {
  if (!process.env["ALMANAC_CONTACT"]) output.say("ALMANAC_CONTACT is not set: publishers cannot see whom to ask, and some refuse us for it. Set it to your address, as in ALMANAC_CONTACT=you@example.org.");
  const active = (await subscriptions(stack.notify.table)).filter(({ state }) => state === "active");
  output.line(`Watching ${sources.length} ${sources.length === 1 ? "source" : "sources"}. Site: ${url}  Stop with Ctrl-C. Times are in UTC.`);
  output.line(`Data: ${shownPath(folder)}. Alerts, as emails: ${shownPath(stack.outbox)}${stack.mails ? ", and by SMTP" : " (no SMTP server is set: see `almanac start --help`)"}`);
  if (active.length === 0) output.line("Nobody has subscribed yet: `almanac subscribe ADDRESS`, here or in another terminal.");
}

/** What was asked for, but the catalogue. */
interface Wanted {
  readonly folder: string;
  readonly port: number;
  readonly asked: AskedWays;
}

async function watch(stack: Stack, catalogue: Catalogue, { folder, port, asked }: Wanted, output: Output): Promise<void> {
  const ways = await openWays(asked, folder);
  const sources = catalogue.sources.filter(({ disabled }) => disabled === undefined);
  const recent: string[] = [];
  const since = new Date().toISOString();
  const ids = sources.map(({ id }) => id);
  const states = async (): Promise<readonly SourceState[]> => [...(await readStates(stack.poll.table, ids)).values()];
  const listener = createListener(output, recent);
  const { table, clock } = stack.poll;
  const site = createSite({ table, clock, files: stack.files, evidence: stack.compare.evidence, catalogue: async () => catalogue }, (error) => listener.say(`A page of the site could not be made: ${messageOf(error)}`));
  const server = await serveSite(port, site, async () => ({ since, sources: sources.length, states: await states(), alerts: recent })).catch((error: unknown) => {
    throw new Failure(messageOf(error), { cause: error });
  });
  const monitor = createMonitor(stack, sources, listener, ways.all);
  const stopped = stopSignal((sentence) => listener.say(sentence));
  const heartbeat = createHeartbeat(folder, process.env["HEARTBEAT_URL"], (sentence) => listener.say(sentence));
  /** A tick that was planned to its end is a sign of life; the call of an address keeps no poll waiting. */
  async function tick(): Promise<void> {
    await monitor.tick();
    void heartbeat.beat(new Date());
  }
  async function sumUp(): Promise<void> {
    await monitor.idle();
    if (!stopped.aborted) listener.say(`What was due is polled. The sources: ${healthWords(ids.length, await states())}. From now on each is polled at its own pace.`);
  }
  let mailServer: Awaited<ReturnType<OpenWays["listen"]>> | undefined;
  try {
    await greet(output, stack, sources, folder, server.url);
    mailServer = await ways.listen(() => void monitor.takeMail(), (sentence) => output.line(sentence));
    await tick();
    const summedUp = sumUp().catch((error: unknown) => listener.say(messageOf(error)));
    while (!stopped.aborted) {
      await pause(minute - (Date.now() % minute), undefined, { signal: stopped }).catch(() => undefined);
      if (!stopped.aborted) await tick();
    }
    await Promise.all([monitor.idle(), summedUp]);
  } finally {
    await mailServer?.close();
    server.close();
  }
}

async function run(args: Arguments, output: Output): Promise<void> {
  const port = portOf("port", args.text("port") ?? String(defaultPort));
  const asked = askedWays(args);
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const folder = dataFolder(args.text("data"));
  await withStack({ catalogue, dataFolder: folder, exclusive: true, allowLoopback: args.flag("allow-loopback") }, output, (stack) => watch(stack, catalogue, { folder, port, asked }, output));
}

export const command: Command = {
  summary: "run the monitor on this machine",
  usage: "[--data DIR] [--port N]",
  help: `Polls every source at its pace, records what concerns us and sends the alerts, until it is stopped.
Alerts are kept as emails in the data folder's outbox, and sent where a mail server is set in the environment:
  SMTP_URL, or SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD; SMTP_FROM is the sender
  ALMANAC_CONTACT is an address at which publishers can reach you; it is in our user agent
  RELIEFWEB_APPNAME is the name that ReliefWeb approved for you
  HEARTBEAT_URL is called every minute while the monitor lives

  --data DIR    the data folder (default .almanac); one monitor at a time
  --port N      where the site is served on this machine (default ${defaultPort}, 0 for any that is free)
  --sources FILE, --events FILE, --allow-loopback   as for \`almanac poll\`

Sources that send mail are read where it comes in (docs/mail.md):
  --mail-folder DIR    a maildir, or a folder of .eml files, that your mail server delivers into
  --mail-receiver ID   believe the Authentication-Results of that server, by its authserv-id; unless given, the
                       monitor looks at the signatures itself
  --mail-port N        take mail by SMTP at this port (0 for any that is free)
  --mail-host ADDRESS  the address to listen on for it (default 127.0.0.1)

Other commands (query, subscribe, health …) work on the same folder while it runs.`,
  options: {
    data: { type: "string" },
    port: { type: "string" },
    events: { type: "string" },
    sources: { type: "string" },
    "allow-loopback": { type: "boolean" },
    "mail-folder": { type: "string" },
    "mail-receiver": { type: "string" },
    "mail-port": { type: "string" },
    "mail-host": { type: "string" },
  },
  run,
};
