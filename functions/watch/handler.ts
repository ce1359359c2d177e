import type { Context } from "aws-lambda";
import { systemClock } from "../../shared/clock.ts";
import { bucketFiles } from "../../shared/lambda/bucket-files.ts";
import { deployedCatalogue } from "../../shared/lambda/catalogue.ts";
import { createLog } from "../../shared/lambda/log.ts";
import { metered } from "../../shared/lambda/metrics.ts";
import { bucketOf, setting } from "../../shared/lambda/settings.ts";
import { sqsQueue } from "../../shared/queue/sqs.ts";
import { awsTable } from "../../shared/records/aws-table.ts";
import { watch } from "./watch.ts";

const { env } = process;
const clock = systemClock;
const { table, client } = awsTable(setting(env, "TABLE_NAME"));
const queue = sqsQueue(setting(env, "NOTIFY_QUEUE_URL"), clock);
const files = bucketFiles(client, bucketOf(env));
const catalogue = deployedCatalogue(env, client, import.meta.url, clock);

/** Every ten minutes: looks for what was left behind, measures how things stand, and tells where editions do. */
export const handler = (_event: unknown, context: Context): Promise<void> =>
  metered(async (meter) => {
    const log = createLog(context);
    await watch({ table, files, queue, clock, log, meter }, (await catalogue.current(log)).catalogue);
  });
