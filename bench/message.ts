import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { readCatalogue } from "../cli/paths.ts";
import { createMonitor } from "../local/monitor.ts";
import { openStack } from "../local/stack.ts";
import { allWishes } from "../shared/alerts/filter.ts";
import { subscribe } from "../shared/records/subscriptions.ts";
import { jumpingClock } from "../test/intake/clock.ts";
import { listed, serveFeeds } from "./feeds.ts";
import { inFolder, type Measuring } from "./measure.ts";
import { sourcesFile } from "./programs.ts";
import { quantile, type Row, type Table } from "./table.ts";

/** How many sources are due in the minute of the publication: that one alone, and many. */
const sizes = [1, 500] as const;
const messagesARun = 20;
const hourMs = 3_600_000;

/** A mail server on loopback; `next` resolves when it has taken the next message, or fails when none comes in a while. */
async function mailServer(): Promise<{ readonly url: string; next(): Promise<void>; close(): Promise<void> }> {
  let taken = Promise.withResolvers<void>();
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on("end", () => {
        done();
        taken.resolve();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  return {
    url: `smtp://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    async next() {
      taken = Promise.withResolvers();
      const timer = setTimeout(() => taken.reject(new Error("No message came in 30 seconds, so there is nothing to measure.")), 30_000);
      await taken.promise.finally(() => clearTimeout(timer));
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The milliseconds from the tick in which the source is due to the message in the mail server, for each of so many publications. */
async function waits(folder: string, sources: number, messages: number): Promise<number[]> {
  const [feeds, mail] = await Promise.all([serveFeeds(sources), mailServer()]);
  const file = join(folder, "sources.json");
  writeFileSync(file, sourcesFile(feeds.addresses));
  const catalogue = await readCatalogue({ sources: file });
  const clock = jumpingClock();
  const faults: string[] = [];
  const stack = await openStack({ catalogue, dataFolder: join(folder, "data"), env: { SMTP_URL: mail.url, SMTP_FROM: "almanac@example.org" }, say: (sentence) => faults.push(sentence), allowLoopback: true, clock });
  try {
    const monitor = createMonitor(stack, catalogue.sources, { outcome: () => undefined, rung: () => undefined, say: (sentence) => void faults.push(sentence) });
    await monitor.tick();
    await monitor.idle();
    await subscribe(stack.poll.table, { address: "reader@example.org", protocol: "email", wishes: allWishes, language: "en", pace: "at-once" }, new Date(clock.now()).toISOString());
    const taken: number[] = [];
    for (let number = 1; number <= messages; number++) {
      clock.set(clock.now() + hourMs);
      feeds.publish(1, [{ title: `North Korea: prison camp ${number} still in use, report finds`, serial: `new-${number}`, at: clock.now() }, ...listed(1)]);
      const arrival = mail.next();
      const started = performance.now();
      await monitor.tick();
      await arrival.catch((error: unknown) => {
        throw new Error(`Message ${number} did not come. ${faults.join(" ")}`, { cause: error });
      });
      taken.push(performance.now() - started);
      await monitor.idle();
    }
    return taken;
  } finally {
    await stack.close();
    await Promise.all([feeds.close(), mail.close()]);
  }
}

/** How long it takes from a publication to the message in the mail server, beyond waiting for the source's turn. */
export async function message({ runs, say }: Measuring): Promise<Table> {
  const messages = messagesARun * runs;
  const rows: Row[] = [];
  for (const sources of sizes) {
    say(`${messages} publications, ${sources} sources due`);
    const ms = await inFolder((folder) => waits(folder, sources, messages));
    rows.push({ names: [String(sources)], figures: [quantile(ms, 0.5), quantile(ms, 0.99), Math.max(...ms), ms.length] });
  }
  return {
    part: "message",
    says: "From the minute in which a source is due that published something to the message in an SMTP server: one source publishes, so many are due in that minute; the monitor of `npm start` with its table on disk, the feeds and the mail server in its own process.",
    names: ["sources due"],
    columns: [
      { head: "median, ms", decimals: 0 },
      { head: "99th, ms", decimals: 0 },
      { head: "longest, ms", decimals: 0 },
      { head: "messages", decimals: 0 },
    ],
    rows,
    last: `from publication to message ${rows.map(({ names: [due], figures: [middle] }) => `${middle?.toFixed(0)} ms with ${due} due`).join(", ")}`,
  };
}
