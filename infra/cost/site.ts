import { type Line, of, type Term } from "./line.ts";
import type { Month } from "./month.ts";
import { priceList as prices } from "./prices.ts";
import { daysIn, given, mailsEach, type Settings } from "./settings.ts";

/** What the site is asked, at the edge and behind it. It is deployed unless it is left out. */
export function siteLines(month: Month, settings: Settings): Line[] {
  const asked: readonly Term[] = [
    [given(settings, "siteRequestsADay"), daysIn(month)],
    [of(settings.wants.subscribers, "subscribers"), mailsEach(month, settings), given(settings, "siteRequestsAMail")],
  ];
  const askedFor = (...factors: Term): Term[] => asked.map((term) => [...term, ...factors]);
  const made = given(settings, "siteMadeShare");
  const memory = of(settings.memoryMB.site / 1024, "GB");
  const starts: Term = [given(settings, "siteColdStartsADay"), daysIn(month), given(settings, "initSeconds"), memory];
  const part = "site";
  return [
    { id: "cloudfront-requests", part, what: "CloudFront: requests", terms: askedFor(), price: prices.cloudFrontRequest, allowance: "cloudFrontRequests" },
    { id: "cloudfront-runs", part, what: "CloudFront: runs of its function", terms: askedFor(), price: prices.cloudFrontRun, allowance: "cloudFrontRuns" },
    { id: "cloudfront-out", part, what: "CloudFront: answers", terms: askedFor(given(settings, "siteBytes"), of(1e-9, "bytes a GB")), price: prices.cloudFrontGb, allowance: "cloudFrontGb" },
    { id: "lambda-site", part, what: "Lambda: site", terms: [...askedFor(made, given(settings, "siteSeconds"), memory), starts], price: prices.lambdaGbSecond, allowance: "lambdaGbSeconds" },
    { id: "lambda-site-requests", part, what: "Lambda: requests to the site", terms: askedFor(made), price: prices.lambdaRequest, allowance: "lambdaRequests" },
    { id: "site-reads", part, what: "DynamoDB: reads for the site", terms: askedFor(made, given(settings, "siteReads")), price: prices.tableRead },
    { id: "site-s3", part, what: "S3: the catalogue and files for readers, asked for by the site", terms: [[of(month.minutes / settings.figures.catalogueMinutes.value, "by an environment that is used all the time")], [of(month.minutes, "minutes"), of(2, "files for readers a minute")]], price: prices.s3Get },
  ];
}
