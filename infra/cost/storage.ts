import { type Line, of, type Term } from "./line.ts";
import type { Month } from "./month.ts";
import { priceList as prices } from "./prices.ts";
import { monthsRead } from "./readers.ts";
import { alertsIn, calendarLooksIn, catalogueRequests, comparesIn, daysIn, digestsIn, documentsIn, editionAlerts, failures, given, itemsIn, looksIn, pollInvocations, robotsRequests, runsIn, type Settings, standingAlerts, toldIn } from "./settings.ts";

/** How many times the catalogue it is; nothing where it is the catalogue as it is. */
const grown = ({ times }: Month): Term => (times === 1 ? [] : [of(times, "times the catalogue")]);

/** What one reading of all subscriptions takes. */
function subscriptions(settings: Settings): Term {
  const { subscribers, https, sms } = settings.wants;
  return [of(subscribers + https + sms, "subscriptions"), given(settings, "subscriptionBytes"), of(1 / 4096, "bytes a read unit")];
}

const gigabyte = of(1e-9, "bytes a GB");

/** Writes: what changed at the sources, and an alert's life. A reading that brings nothing new writes nothing. */
function writes(month: Month, settings: Settings): Term[] {
  return [
    [of(month.minutes, "plan records")],
    [of(month.sources, "sources"), daysIn(month), given(settings, "newsADay"), given(settings, "stateUnits")],
    [...failures(month, settings), given(settings, "failureUnits")],
    [of(month.abouts, "items of no series"), given(settings, "aboutUnits")],
    [editionAlerts(month, settings), given(settings, "editionUnits")],
    [of(month.editions, "editions"), given(settings, "sightingsAnEdition"), given(settings, "sightingUnits")],
    [calendarLooksIn(month, settings), given(settings, "calendarUnits")],
    [standingAlerts(month, settings), given(settings, "failureUnits")],
    [alertsIn(month, settings), given(settings, "alertUnits")],
    [...digestsIn(month, settings), given(settings, "digestUnits")],
    [...looksIn(month, settings), given(settings, "lookUnits")],
  ];
}

function kept(month: Month, settings: Settings): Term[] {
  return [
    [toldIn(month, settings), of(12, "months"), given(settings, "yearsKept"), given(settings, "newsBytes"), gigabyte],
    [of(month.sources, "sources"), given(settings, "stateBytes"), gigabyte],
  ];
}

/** The months of items that watch reads for the files for readers: each is a query of at least half a unit, and takes another half for every four kilobytes. */
function monthReads(month: Month, settings: Settings): Term[] {
  const items = itemsIn(month, settings);
  const { queries, full } = monthsRead(items.value);
  const runs = runsIn(month, settings);
  return [
    [runs, of(queries, "months of items asked for a run"), of(0.5, "read units at the least")],
    [runs, of(full, "months' items read a run"), items, given(settings, "itemBytes"), of(1 / 8192, "bytes a read unit")],
  ];
}

/** What DynamoDB bills: reads, writes, what is kept, and its continuous backup. */
export function tableLines(month: Month, settings: Settings): Line[] {
  const reads: Term[] = [
    [of(month.polls, "states read")],
    [of(month.minutes, "ticks"), given(settings, "planReads")],
    [of(month.minutes, "ticks"), of(month.sources, "sources"), given(settings, "failingShare"), given(settings, "deviatingBytes"), of(1 / 8192, "bytes a read unit")],
    [runsIn(month, settings), given(settings, "watchReads")],
    [runsIn(month, settings), of(month.sources, "sources"), given(settings, "failingShare")],
    [runsIn(month, settings), ...grown(month), given(settings, "reconcileReads")],
    [runsIn(month, settings), ...grown(month), given(settings, "readersReads")],
    ...monthReads(month, settings),
    [calendarLooksIn(month, settings), ...grown(month), given(settings, "calendarReads")],
    [calendarLooksIn(month, settings), of(month.sources, "states of sources")],
    [alertsIn(month, settings), given(settings, "alertReads")],
    [of(month.minutes, "ticks"), given(settings, "documentIndexReads")],
    [comparesIn(month, settings), given(settings, "compareReads")],
    [...looksIn(month, settings), given(settings, "lookReads")],
    [runsIn(month, settings), of(2, "readings of all subscriptions"), ...subscriptions(settings)],
    [alertsIn(month, settings), ...subscriptions(settings)],
  ];
  return [
    { id: "table-reads", part: "data path", what: "DynamoDB: reads", terms: reads, price: prices.tableRead },
    { id: "table-writes", part: "data path", what: "DynamoDB: writes", terms: writes(month, settings), price: prices.tableWrite },
    { id: "table-kept", part: "data path", what: "DynamoDB: what is kept", terms: kept(month, settings), price: prices.tableGbMonth, allowance: "tableGbMonths" },
    { id: "table-backup", part: "data path", what: "DynamoDB: point-in-time recovery", terms: kept(month, settings), price: prices.tableBackupGbMonth },
  ];
}

/** What S3 bills: the catalogue is asked for, documents are kept and read again, files are made for readers, and so are kept the catalogue's versions and the deployed bundles. */
export function bucketLines(month: Month, settings: Settings): Line[] {
  const versions: Term = [given(settings, "catalogueVersions"), of(12, "months"), given(settings, "yearsKept"), given(settings, "catalogueBytes"), gigabyte];
  const deployed: Term = [given(settings, "deploymentsKept"), given(settings, "deployBytes"), gigabyte];
  const documents = documentsIn(month, settings);
  const evidence: Term = [...documents, of(12, "months"), given(settings, "yearsKept"), given(settings, "documentBytes"), gigabyte];
  const files: Term = [runsIn(month, settings), given(settings, "readersFiles")];
  return [
    { id: "s3-reads", part: "data path", what: "S3: catalogue, documents and files for readers, asked for", terms: [...catalogueRequests(month, settings).map((factor) => [factor]), documents, files], price: prices.s3Get },
    { id: "s3-writes", part: "data path", what: "S3: catalogue, documents, comparisons and files for readers, put", terms: [files, [given(settings, "catalogueVersions")], [...documents, of(5, "objects (the document, its record, three forms)")]], price: prices.s3Put },
    { id: "s3-kept", part: "data path", what: "S3: catalogue versions, bundles, documents and files for readers, kept", terms: [versions, deployed, evidence, [given(settings, "readersBytes"), gigabyte]], price: prices.s3GbMonth },
  ];
}

/** What CloudWatch Logs bills: every byte once when it comes, and again while it is kept. */
export function logLines(month: Month, settings: Settings): Line[] {
  const line = given(settings, "invocationLogBytes");
  const terms: Term[] = [
    [of(month.minutes, "ticks"), given(settings, "tickLogBytes"), gigabyte],
    [runsIn(month, settings), given(settings, "tickLogBytes"), gigabyte],
    [...looksIn(month, settings), given(settings, "tickLogBytes"), gigabyte],
    [pollInvocations(month, settings), line, gigabyte],
    [...failures(month, settings), given(settings, "failureLogBytes"), gigabyte],
    [alertsIn(month, settings), line, gigabyte],
  ];
  return [
    { id: "logs", part: "data path", what: "CloudWatch Logs: taken in", terms, price: prices.logsGb, allowance: "logsGb" },
    { id: "logs-kept", part: "data path", what: "CloudWatch Logs: kept for 30 days", terms, price: prices.logsGbMonth, allowance: "logsGb" },
  ];
}

/** What leaves AWS: requests to publishers. What they answer comes in free of charge. */
export function transferLines(month: Month, settings: Settings): Line[] {
  return [{ id: "data-out", part: "data path", what: "Data out: requests to publishers", terms: [[of(month.polls, "polls"), given(settings, "requestBytes"), gigabyte], [...robotsRequests(month, settings), given(settings, "requestBytes"), gigabyte]], price: prices.dataOutGb, allowance: "dataOutGb" }];
}
