import type { Context } from "aws-lambda";
import { byId } from "../../shared/catalogue/by-id.ts";
import { systemClock } from "../../shared/clock.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { bucketEvidence } from "../../shared/lambda/bucket-evidence.ts";
import { deployedCatalogue, onceAVersion } from "../../shared/lambda/catalogue.ts";
import { createLog } from "../../shared/lambda/log.ts";
import { bucketOf, setting } from "../../shared/lambda/settings.ts";
import { sqsQueue } from "../../shared/queue/sqs.ts";
import { createNames } from "../../shared/recognition/names.ts";
import { awsTable } from "../../shared/records/aws-table.ts";
import { compareDue } from "./batch.ts";

const { env } = process;
const clock = systemClock;
const { table, client } = awsTable(setting(env, "TABLE_NAME"));
const notifyQueue = sqsQueue(setting(env, "NOTIFY_QUEUE_URL"), clock);
const evidence = bucketEvidence(client, bucketOf(env));
const catalogue = deployedCatalogue(env, client, import.meta.url, clock);
const fetch = createFetcher({ contact: env["ALMANAC_CONTACT"], clock });
const knownFrom = onceAVersion(({ theme, series, sources, publishers }) => ({ names: createNames(theme), series: byId(series), sources: byId(sources), publishers: byId(publishers) }));
/** One look: two documents, each behind a page perhaps, all of which may take a minute to come, and their reading. */
const lookMs = 360_000;

/** Every ten minutes: fetches the documents of editions that are out, keeps them, and compares them with those before. */
export const handler = async (_event: unknown, context: Context): Promise<void> => {
  const log = createLog(context);
  const beginBy = clock.now() + context.getRemainingTimeInMillis() - lookMs;
  await compareDue({ table, evidence, fetch, clock, ...knownFrom(await catalogue.current(log)), notifyQueue, log }, beginBy);
};
