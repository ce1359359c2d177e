import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { contactSetting } from "../../shared/alerts/contact-setting.ts";
import { snsClient, snsPublisher } from "../../shared/alerts/publish.ts";
import { siteSetting } from "../../shared/alerts/site-setting.ts";
import { systemClock } from "../../shared/clock.ts";
import { deployedCatalogue, onceAVersion } from "../../shared/lambda/catalogue.ts";
import { createLog } from "../../shared/lambda/log.ts";
import { metered } from "../../shared/lambda/metrics.ts";
import { setting } from "../../shared/lambda/settings.ts";
import { receivedFrom } from "../../shared/queue/sqs.ts";
import { awsTable } from "../../shared/records/aws-table.ts";
import { notifyBatch } from "./batch.ts";
import { knownOf } from "./known.ts";

const { env } = process;
const clock = systemClock;
const { table, client } = awsTable(setting(env, "TABLE_NAME"));
const publish = snsPublisher(snsClient(), setting(env, "TOPIC_ARN"));
const catalogue = deployedCatalogue(env, client, import.meta.url, clock);
const style = { site: siteSetting(env), contact: contactSetting(env) };
const knownFrom = onceAVersion(knownOf);

/** A batch of the notify queue: sends the alerts that records owe. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  metered(async (meter) => {
    const log = createLog(context);
    const beginBy = clock.now() + context.getRemainingTimeInMillis() / 2;
    const known = knownFrom(await catalogue.current(log));
    await notifyBatch({ table, known, publish, clock, ...style, log, meter }, receivedFrom(event), beginBy);
    // What could not be sent is still owed, and comes again by watch.
    return { batchItemFailures: [] };
  });
