import { type Bending, limits, own } from "./bend.ts";
import { assumptions, design, figures } from "./design.ts";
import { messagesToManage, pollCapacity } from "../../infra/cost/polls.ts";
import type { Load } from "./load.ts";

const minute = 60;
const pollSeconds = assumptions.pollSeconds.value;
const failingShare = assumptions.failingShare.value;
const axis = "sources";

/** For how many messages a minute one source asks of poll. */
const managed = ({ messagesAMinute, hosts, sources }: Load): number => messagesToManage(messagesAMinute, hosts) / sources;

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
      id: "concurrency", axis, what: "functions that run at once in an account",
      limit: limits.concurrency,
      each: managed(load) / pollCapacity(1),
      reckoned: "polls side by side as they are needed, for the first tick or the usual minute",
      does: `${limits.newAccountConcurrency.value} in a new account, half of which poll takes; AWS raises it on request`,
    },
  ];
}

function queueing(load: Load): Bending[] {
  const { sources, pollsAMinute, messagesAMinute, hosts } = load;
  return [
    {
      id: "plan-sends", axis, what: "sending the first tick's messages before plan's time is over",
      limit: own(design.planSeconds, "s that plan may run", "infra/sizes.ts"),
      each: (hosts / sources / design.messagesASend / design.sendsAtOnce) * figures.awsSeconds.value,
      reckoned: `${design.messagesASend} messages a send, ${design.sendsAtOnce} sends side by side, ${figures.awsSeconds.value} s each`,
      does: "a tick that dies is planned again, and what was sent is not taken twice, for 5 minutes. Sends go side by side since this was reckoned: one after another it bent at a quarter of that",
    },
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
      id: "plan-memory", axis, what: "the catalogue in plan's memory",
      limit: own((design.planMegabytes - figures.startMegabytes.value) * 1e6, `bytes that ${design.planMegabytes} MB leave`, "infra/sizes.ts"),
      each: figures.planBytes.value,
      reckoned: figures.planBytes.origin,
      does: "one number in infra/sizes.ts, which buys processor time as well; nothing else of plan grows with the catalogue but the index of those that deviate",
    },
    {
      id: "bundle", axis, what: "the catalogue beside the function's code",
      limit: limits.bundleBytes,
      each: packedBytes,
      reckoned: `${Math.round(packedBytes)} bytes a packed source`,
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
      limit: own(design.watchSeconds, "s that watch may run", "infra/sizes.ts"),
      each: figures.awsSeconds.value / 100 / 4,
      reckoned: `100 states a request, 4 side by side, ${figures.awsSeconds.value} s each`,
      does: "a thousand states are held at a time, so memory does not grow; the time is one number in infra/sizes.ts",
    },
  ];
}

/** What more sources bend. */
export function ofSources(load: Load): Bending[] {
  return [...polling(load), ...queueing(load), ...holding(load)];
}
