import { messageOf } from "../../shared/fault.ts";
import { correlationOf, owedOutgoing } from "../../shared/queue/messages.ts";
import type { ReaderFiles } from "../../shared/readers/files.ts";
import { keepForReaders } from "./keep.ts";
import { look, type Looked } from "./look.ts";
import { reconcile } from "./reconcile.ts";
import { sweep, type Watching } from "./sweep.ts";

/** A run of watch: hands on what was left behind, measures, looks at where series stand, hands on what is owed since, and brings the files for readers up to date. */
export async function watch(watching: Watching & { readonly files: ReaderFiles }, catalogue: Looked): Promise<void> {
  const { queue, clock, log } = watching;
  const owedSeconds = await sweep(watching, catalogue.sources);
  await reconcile(watching, catalogue.series, owedSeconds);
  const news = await look(watching, catalogue);
  const now = clock.now();
  const correlation = correlationOf(Math.floor(now / 60_000), "watch");
  for (const { alert, title } of news) log.along(correlation).info("An alert is owed.", { alert, title });
  try {
    await queue.send(news.map(({ key: { pk, sk, kind }, alert }) => owedOutgoing({ key: { pk, sk, kind }, alert, correlation }, now)));
  } catch (error) {
    log.error(`The queue did not take what is owed. It stays owed, and is handed on again: ${messageOf(error)}`, { alerts: news.map(({ alert }) => alert) });
  }
  // Last, since people are waiting for alerts.
  await keepForReaders(watching, catalogue.series, (sentence) => log.error(sentence));
}
