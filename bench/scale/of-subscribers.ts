import { smsPrices } from "../../infra/cost/prices.ts";
import { type Bending, limits, own } from "./bend.ts";
import { assumptions, design, figures, othersAtOnce } from "./design.ts";
import type { Load } from "./load.ts";

const axis = "subscribers";
const minute = 60;
const hour = 3600;
const alertSeconds = Math.max(assumptions.notifySeconds.value, 1 / design.publishesASecond);
const beginSeconds = design.notifyBeginSeconds;

function atSns(): Bending[] {
  return [
    {
      id: "policies-topic", axis, what: "filter policies of the topic: each subscription has one", limit: limits.policiesATopic, each: 1, reckoned: "one a subscription",
      does: "almanac subscribe warns from 180 on; AWS raises it on request; then topics of more subscribers, each of which remembers its own (ADR 0019)",
    },
    {
      id: "policies-account", axis, what: "filter policies of all topics", limit: limits.policiesAnAccount, each: 1, reckoned: "one a subscription",
      does: "AWS raises it on request; who wants everything as it comes could do without one, if nothing were sent to one person alone",
    },
    { id: "topic", axis, what: "subscriptions of the topic", limit: limits.subscriptionsATopic, each: 1, reckoned: "one an address", does: "nothing: the policies bend long before" },
    {
      id: "subscribing", axis, what: "bringing all subscribers in within an hour", limit: own(limits.subscribesASecond.value * hour, "subscriptions an hour, at the quota of SNS", "bench/scale/limits.json"), each: 1,
      reckoned: `${limits.subscribesASecond.value} a second`,
      does: "people subscribe over weeks; a list is brought in one address after another, and begun again where it ended, as who is subscribed already is left alone",
    },
  ];
}

function toEach(): Bending[] {
  return [
    {
      id: "gathered", axis, what: `a burst: after ${design.singlesAnHour} alerts in an hour each person gets the rest in a message of their own`,
      limit: own(figures.lateMinutes.value * minute, "s in which people hear of what came", "bench/scale/figures.json"), each: alertSeconds,
      reckoned: `${alertSeconds} s a message, one after another`,
      does: `the first ${design.singlesAnHour} ring for all by one publish each, and programs get all of them so; the gathered messages follow in the order of the ids, and none is lost`,
    },
    {
      id: "notify-time", axis, what: "those who get an alert in a message of their own, before the rest is left to watch", limit: own(beginSeconds, "s after which notify begins nothing", "infra/sizes.ts"), each: alertSeconds + 2 * figures.awsSeconds.value,
      reckoned: `${alertSeconds} s a message, and two requests to plan it`,
      does: `nothing is planned for who is left, so watch's next look, within ten minutes, finds them not told yet, hands on a message for each of ${design.sweptAtOnce}, and the rest at the look after it. Alerts of one batch share the time, so that none waits for those before it`,
    },
    {
      id: "alone", axis, what: "those who read Korean or keep quiet hours, and are written to alone", limit: own(minute, "s, a minute after the first", "functions/notify/pacer.ts"), each: alertSeconds,
      reckoned: `${alertSeconds} s a message; ${design.publishesASecond} publishes a second would take ${1 / design.publishesASecond} s`,
      does: "a topic for the language pays above some hundreds of its readers (ADR 0019)",
    },
    {
      id: "digests", axis, what: "the weekly digests of a day, one publish each", limit: own(figures.weeklyHours.value * hour, "s of that day", "bench/scale/figures.json"), each: alertSeconds,
      reckoned: `${alertSeconds} s a digest, one after another`,
      does: `watch hands on ${design.sweptAtOnce} that were left behind every ten minutes, so they come late and none is lost; notify would need a group a topic in place of one`,
    },
    {
      id: "subscriptions-read", axis, what: "reading all subscriptions for each alert",
      limit: own(limits.partitionReads.value * beginSeconds * 4096, `bytes that one partition gives in the ${beginSeconds} s after which notify begins nothing`, "infra/sizes.ts"), each: design.subscriptionBytes,
      reckoned: `${design.subscriptionBytes} bytes a record, all in one partition (ADR 0008)`,
      does: "the alert that all get is sent before it; more than a partition gives would be several, by the first letters of the ids",
    },
    {
      id: "subscriptions-memory", axis, what: "all subscriptions in notify's memory", limit: own((design.sizes.notify.memoryMB - assumptions.startMegabytes.value) * 1e6, `bytes that ${design.sizes.notify.memoryMB} MB leave`, "infra/sizes.ts"), each: figures.subscriptionMemory.value,
      reckoned: figures.subscriptionMemory.origin,
      does: "the catalogue is beside it; one number in infra/sizes.ts, up to 10 GB; then they would be planned in parts",
    },
  ];
}

function bySms({ editionsAMonth }: Load): Bending[] {
  const part = smsPrices["US"]?.part.usd ?? 0;
  const alerts = editionsAMonth * assumptions.alertsAnEdition.value;
  return [
    {
      id: "sms-spend", axis, what: "SMS in the United States in a month", limit: limits.smsUsd, each: alerts * part,
      reckoned: `${alerts.toFixed(2)} alerts on editions a month, at $${part} a part`,
      does: "an alarm (sms-spend) rings before it; AWS raises it on request. At the limit SMS stop, and email goes on",
    },
    {
      id: "sms-rate", axis, what: "an SMS to every number within a minute", limit: own(limits.smsASecond.value * minute, "SMS a minute, at the quota of SNS", "bench/scale/limits.json"), each: 1,
      reckoned: `${limits.smsASecond.value} a second`,
      does: "SNS queues what is more, so the last number waits; a number to send from has its own, often slower, rate",
    },
  ];
}

function reading(): Bending {
  const { siteRequestsAMail, siteMadeShare, siteSeconds } = assumptions;
  const forSite = limits.newAccountConcurrency.value - design.pollsSideBySide - (othersAtOnce - 1);
  return {
    id: "site-at-once", axis, what: "those who follow an alert's link, while all polls run in a new account",
    limit: { ...limits.newAccountConcurrency, value: forSite, unit: `of site, of ${limits.newAccountConcurrency.value} ${limits.newAccountConcurrency.unit}` },
    each: (siteRequestsAMail.value * siteMadeShare.value * siteSeconds.value) / (figures.lateMinutes.value * minute),
    reckoned: `${siteRequestsAMail.value} requests a reader within ${figures.lateMinutes.value} minutes, of which ${siteMadeShare.value} are made anew in ${siteSeconds.value} s`,
    does: "all ask for the same page, which the edge keeps for a minute, so far fewer are made; AWS raises the quota on request",
  };
}

/** What more subscribers bend. */
export function ofSubscribers(load: Load): Bending[] {
  return [...atSns(), ...toEach(), reading(), ...bySms(load)];
}
