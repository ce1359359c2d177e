import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { byId } from "../../shared/catalogue/by-id.ts";
import { systemClock } from "../../shared/clock.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { deployedCatalogue, onceAVersion } from "../../shared/lambda/catalogue.ts";
import { createLog } from "../../shared/lambda/log.ts";
import { metered } from "../../shared/lambda/metrics.ts";
import { credentialsIn, setting } from "../../shared/lambda/settings.ts";
import { receivedFrom, sqsQueue } from "../../shared/queue/sqs.ts";
import { compiledWhenAsked } from "../../shared/recognition/compile.ts";
import { createNames } from "../../shared/recognition/names.ts";
import { awsTable } from "../../shared/records/aws-table.ts";
import { installedAt } from "../../shared/records/install.ts";
import { pollBatch, type Ready } from "./batch.ts";
import { deadlineOf } from "./deadline.ts";

const { env } = process;
const clock = systemClock;
const { table, client } = awsTable(setting(env, "TABLE_NAME"));
const pollQueue = sqsQueue(setting(env, "POLL_QUEUE_URL"), clock);
const notifyQueue = sqsQueue(setting(env, "NOTIFY_QUEUE_URL"), clock);
const catalogue = deployedCatalogue(env, client, import.meta.url, clock);
const fetch = createFetcher({ contact: env["ALMANAC_CONTACT"], clock });
const credentials = credentialsIn(env);
/** Where mail comes in, its queue; absent where it does not. */
const { MAIL_QUEUE_ARN: mailQueue } = env;
const readyFrom = onceAVersion((known): Ready => ({
  sources: byId(known.sources),
  series: byId(known.series),
  rules: compiledWhenAsked(known),
  names: createNames(known.theme),
}));
let installed: string | undefined;

/** The taker of mail, which most runs do not need. */
async function takingMail(): Promise<typeof pollBatch> {
  const [{ takeMails }, { bucketMail }] = await Promise.all([import("./mail-batch.ts"), import("../../shared/lambda/bucket-mail.ts")]);
  const bucket = setting(env, "BUCKET_NAME");
  const read = bucketMail(client, { bucket, endpoint: env["AWS_ENDPOINT_URL_S3"] ?? env["AWS_ENDPOINT_URL"] });
  return (polling, messages, deadline) => takeMails(polling, messages, { bucket, read }, deadline);
}

/** A batch of the poll queue: polls its sources, records what concerns us, and hands on what rings. A batch of the mail queue: takes the mail that it tells of. */
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  metered(async (meter) => {
    const log = createLog(context);
    const deadline = deadlineOf(clock.now(), context.getRemainingTimeInMillis());
    const ready = readyFrom(await catalogue.current(log));
    const readyNow = async (): Promise<Ready> => readyFrom(await catalogue.now(log));
    installed ??= await installedAt(table, new Date(clock.now()).toISOString());
    const takesMail = mailQueue !== undefined;
    const polling = { takesMail, table, clock, installed, credentials, random: Math.random, fetch, ready, readyNow, pollQueue, notifyQueue, log, meter };
    const isMail = takesMail && event.Records[0]?.eventSourceARN === mailQueue;
    const again = isMail ? await (await takingMail())(polling, receivedFrom(event), deadline) : await pollBatch(polling, receivedFrom(event), deadline);
    return { batchItemFailures: again.map((itemIdentifier) => ({ itemIdentifier })) };
  });
