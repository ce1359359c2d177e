import type { Context } from "aws-lambda";
import { handle, type LambdaEvent } from "hono/aws-lambda";
import { siteSetting } from "../../shared/alerts/site-setting.ts";
import { systemClock } from "../../shared/clock.ts";
import { bucketEvidence } from "../../shared/lambda/bucket-evidence.ts";
import { bucketFiles } from "../../shared/lambda/bucket-files.ts";
import { deployedCatalogue } from "../../shared/lambda/catalogue.ts";
import { createLog } from "../../shared/lambda/log.ts";
import { bucketOf, setting } from "../../shared/lambda/settings.ts";
import { awsTable } from "../../shared/records/aws-table.ts";
import { askedHostHeader } from "../../shared/stage.ts";
import { createSite } from "../../site/app.ts";

const { env } = process;
const clock = systemClock;
const { table, client } = awsTable(setting(env, "TABLE_NAME"));
const evidence = bucketEvidence(client, bucketOf(env));
const files = bucketFiles(client, bucketOf(env));
const catalogue = deployedCatalogue(env, client, import.meta.url, clock);
const ownSite = siteSetting(env);

/** Of the request that is answered: Lambda hands an environment one at a time. */
let log = createLog({ awsRequestId: "start" });
const site = createSite({ table, files, evidence, clock, catalogue: async () => (await catalogue.current(log)).catalogue }, (error) => log.error("A page of the site could not be made.", { error }));
const answer = handle(site, { isContentTypeBinary: () => false });

/** What a function has at its own address. */
type Asked = Extract<LambdaEvent, { readonly rawPath: string }>;

/** The host by which readers know the site: the setting's, or the one by which CloudFront was asked. */
function hostFor({ headers, requestContext }: Asked): string {
  return ownSite === null ? (headers[askedHostHeader] ?? requestContext.domainName) : new URL(ownSite).host;
}

/** Answers a reader's request, which CloudFront signed and sent on to the function's own address. */
export const handler = (event: Asked, context: Context): ReturnType<typeof answer> => {
  log = createLog(context);
  return answer({ ...event, requestContext: { ...event.requestContext, domainName: hostFor(event) } });
};
