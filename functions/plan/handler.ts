import type { Context } from "aws-lambda";
import { byId } from "../../shared/catalogue/by-id.ts";
import { systemClock } from "../../shared/clock.ts";
import { deployedCatalogue, onceAVersion } from "../../shared/lambda/catalogue.ts";
import { createLog } from "../../shared/lambda/log.ts";
import { metered } from "../../shared/lambda/metrics.ts";
import { setting } from "../../shared/lambda/settings.ts";
import { sqsQueue } from "../../shared/queue/sqs.ts";
import { awsTable } from "../../shared/records/aws-table.ts";
import { scheduledAt, tick } from "./tick.ts";

const { env } = process;
const clock = systemClock;
const { table, client } = awsTable(setting(env, "TABLE_NAME"));
const queue = sqsQueue(setting(env, "POLL_QUEUE_URL"), clock);
const catalogue = deployedCatalogue(env, client, import.meta.url, clock);
const plannable = onceAVersion(({ sources, series }) => ({ sources, series: byId(series) }));

/** Every minute: plans what is due and sends it into the poll queue. */
export const handler = (event: unknown, context: Context): Promise<void> =>
  metered(async (meter) => {
    const log = createLog(context);
    await tick({ table, queue, clock, log, meter }, plannable(await catalogue.current(log)), scheduledAt(event));
  });
