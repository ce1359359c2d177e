import { messagesToManage, pollCapacity } from "../../infra/cost/polls.ts";
import { amount } from "../../infra/cost/words.ts";
import { type Bending, type Limit, limits, own } from "./bend.ts";
import { burstUnits } from "./burst.ts";
import { assumptions, design, figures, othersAtOnce } from "./design.ts";
import type { Load } from "./load.ts";
import { ofCatalogue } from "./of-catalogue.ts";

const minute = 60;
const pollSeconds = assumptions.pollSeconds.value;
const failingShare = assumptions.failingShare.value;
const axis = "sources";

/** For how many messages a minute one source asks of poll. */
const managed = ({ messagesAMinute, hosts, sources }: Load): number => messagesToManage(messagesAMinute, hosts) / sources;

/** Of all functions that run at once, those that are left to poll. */
function left(quota: Limit): Limit {
  return { ...quota, value: quota.value - othersAtOnce, unit: `polls, of ${amount(quota.value)} ${quota.unit}` };
}

const othersWords = `${othersAtOnce} are left to the others: one each of plan, notify, watch, compare and site`;

function polling(load: Load): Bending[] {
  const { sources, messagesAMinute, hosts, busiest, month } = load;
  const usual = messagesAMinute / sources;
  return [
    {
      id: "host-rate", axis, what: "one host, whose sources are asked one after another",
      limit: own(minute / (pollSeconds + design.hostPauseSeconds), "polls a minute of one host", "shared/intake/fetch.ts"),
      each: busiest.pollsAMinute / sources,
      reckoned: `${busiest.host} has ${busiest.sources} of ${sources} sources and ${busiest.pollsAMinute.toFixed(2)} polls a minute in ${month}; a poll takes ${pollSeconds} s and the pause ${design.hostPauseSeconds} s`,
      does: `what there is no time for after ${design.beginSeconds} s goes behind the host's other messages; a message older than its slot is dropped and counted; robots.txt and Retry-After make it slower still. The pause is a promise to publishers and stays`,
    },
    {
      id: "first-tick", axis, what: "the first tick, at which every host is due at once",
      limit: own(pollCapacity(design.pollsSideBySide) * design.pollRetentionMinutes, `messages before they are too old, by ${design.pollsSideBySide} polls side by side`, "infra/sizes.ts"),
      each: hosts / sources,
      reckoned: `${hosts} hosts of ${sources} sources; a batch of ${design.messagesABatch} takes ${assumptions.slowestOfBatchSeconds.value} s, and a message lives ${design.pollRetentionMinutes} minutes`,
      does: "what is too old has its next slot, and its alarm (polling-behind) rings; more of pollsSideBySide, as below, and a larger quota",
    },
    {
      id: "poll-rate", axis, what: `the polls of a usual minute (${month})`,
      limit: own(pollCapacity(design.pollsSideBySide), `messages a minute, by ${design.pollsSideBySide} polls side by side`, "infra/sizes.ts"),
      each: usual,
      reckoned: `${messagesAMinute.toFixed(2)} messages a minute for ${sources} sources`,
      does: "pollsSideBySide is one number, raised to what the table below says, where the account may run as many",
    },
    {
      id: "new-account", axis, what: "polls that run at once in a new account",
      limit: left(limits.newAccountConcurrency),
      each: managed(load) / pollCapacity(1),
      reckoned: `polls side by side as they are needed, for the first tick or the usual minute; ${othersWords}`,
      does: `pollsSideBySide is ${design.pollsSideBySide}, so that all of them fit; where mail comes in, two more of poll share with the others; AWS raises the quota on request, before more of poll can run`,
    },
    {
      id: "concurrency", axis, what: "polls that run at once in an account",
      limit: left(limits.concurrency),
      each: managed(load) / pollCapacity(1),
      reckoned: "as in a new account",
      does: "AWS raises it on request",
    },
  ];
}

function queueing(load: Load): Bending[] {
  const { sources, pollsAMinute, messagesAMinute, hosts } = load;
  return [
    {
      id: "fifo-requests", axis, what: "receiving the poll queue's messages one by one",
      limit: limits.fifoRequests,
      each: messagesAMinute / sources / minute,
      reckoned: "each message alone in its batch, as where there is no queue",
      does: "batches of ten are asked for, which makes it ten times as much; the high throughput of FIFO queues beyond that is one setting",
    },
    {
      id: "in-flight", axis, what: "the first tick's messages, all taken and none done",
      limit: limits.inFlight,
      each: hosts / sources,
      reckoned: "a message a host",
      does: "Lambda takes no more than it may run at once, so they wait in the queue, where any number may",
    },
    {
      id: "outage-writes", axis, what: "our own network away: every poll fails, and its source moves in the index of those that deviate",
      limit: limits.partitionWrites,
      each: (pollsAMinute / sources / minute) * 2,
      reckoned: "leaving a place in the index is a write and entering one another",
      does: "backing off makes it less within the hour; DynamoDB's client waits and tries again, and a fault of ours sends the message back",
    },
    {
      id: "back-fill", axis, what: "first readings, whose items all go into one month of the index",
      limit: limits.partitionWrites,
      each: (managed(load) / minute) * figures.itemsAFeed.value,
      reckoned: `${figures.itemsAFeed.value} items a feed at the rate at which that many sources must be polled`,
      does: "an item is in the month in which it was published, which spreads most of a back-fill; throttled writes are tried again, and a first reading rings nobody, so being slow harms nobody",
    },
  ];
}

function holding({ packedBytes }: Load): Bending[] {
  return [
    {
      id: "bundle", axis, what: "the catalogue beside the function's code",
      limit: limits.bundleBytes,
      each: packedBytes,
      reckoned: `${amount(packedBytes)} bytes a packed source, its share of the series included`,
      does: "the bucket's catalogue is what is used, and has no such limit; a deployment would leave its copy out",
    },
    {
      id: "deviating-reads", axis, what: "reading the index of those that deviate, every minute",
      limit: limits.partitionReads,
      each: (failingShare * design.deviatingBytes) / 8192,
      reckoned: `${failingShare} of the sources, ${design.deviatingBytes} bytes each, 8,192 bytes a read unit, in one second`,
      does: "it comes in pages of a megabyte, one after another, so it takes longer rather than too much at once",
    },
    {
      id: "unreadable", axis, what: "our own network away for a day: watch notes every source as not readable, in one record",
      limit: limits.recordBytes,
      each: design.idBytes,
      reckoned: `${design.idBytes} bytes an id`,
      does: "watch fails with a sentence that names the record, and its alarm (runs-given-up) rings; alerts go on without it. Beyond that size the record would keep a hash of the list",
    },
    {
      id: "watch-states", axis, what: "watch's look at every source's state, once an hour",
      limit: own(design.sizes.watch.timeoutSeconds, "s that watch may run", "infra/sizes.ts"),
      each: figures.awsSeconds.value / 100 / 4,
      reckoned: `100 states a request, 4 side by side, ${figures.awsSeconds.value} s each`,
      does: "a thousand states are held at a time, so memory does not grow; the time is one number in infra/sizes.ts",
    },
  ];
}

function bursting({ sources }: Load): Bending[] {
  const { votes, sightings, owed, month } = burstUnits(1 / sources);
  const found = `${amount(votes * sources)} votes and ${amount(sightings * sources)} sightings for ${sources} sources, all found within a minute`;
  return [
    {
      id: "burst-month", axis, what: "a burst: editions and sightings that all go into one month of the index",
      limit: limits.partitionWrites,
      each: month / minute,
      reckoned: `${found}; ${amount(month * sources)} write units in that index`,
      does: "DynamoDB's client waits and tries again, and a poll that fails by it comes back; an edition rings once, however often it is tried",
    },
    {
      id: "burst-owed", axis, what: "a burst: alerts that enter the index of what is owed, and leave it",
      limit: limits.partitionWrites,
      each: owed / minute,
      reckoned: `${found}; an alert enters by one write and leaves by another, ${amount(owed * sources)} in all`,
      does: "notify takes them out one after another, so leaving takes longer than entering; what is throttled stays owed, and watch hands it on",
    },
  ];
}

/** What more sources bend. */
export function ofSources(load: Load): Bending[] {
  return [...polling(load), ...queueing(load), ...bursting(load), ...ofCatalogue(load), ...holding(load)];
}
