import { type Factor, type Line, of, type Term } from "./line.ts";
import type { Month } from "./month.ts";
import { priceList as prices } from "./prices.ts";
import { alertsIn, calendarLooksIn, comparesIn, daysIn, digestsIn, failures, given, invocationsIn, looksIn, pollInvocations, robotsRequests, runsIn, type Settings } from "./settings.ts";

function gigabytes(megabytes: number): Factor {
  return of(megabytes / 1024, "GB");
}

/** Cold starts of so many environments, each replaced some times a day. */
function coldStarts(month: Month, settings: Settings, environments: Factor, memory: Factor): Term {
  return [environments, given(settings, "livesADay"), daysIn(month), given(settings, "initSeconds"), memory];
}

function pollTime(month: Month, settings: Settings, memory: Factor): Term[] {
  const waited: Term = [...failures(month, settings), given(settings, "failureSeconds"), memory];
  if (settings.isGathered) return [[pollInvocations(month, settings), given(settings, "slowestOfBatchSeconds"), memory], waited];
  return [
    [of(month.polls, "polls"), given(settings, "pollSeconds"), memory],
    [of(month.polls - month.messages, "pauses between two sources of a host"), given(settings, "hostPauseSeconds"), memory],
    [...robotsRequests(month, settings), given(settings, "robotsSeconds"), memory],
    waited,
  ];
}

/** What Lambda bills: seconds of memory, a function a line, and requests. */
export function lambdaLines(month: Month, settings: Settings): Line[] {
  const { memoryMB } = settings;
  const [plan, poll, notify, watch, compare] = [gigabytes(memoryMB.plan), gigabytes(memoryMB.poll), gigabytes(memoryMB.notify), gigabytes(memoryMB.watch), gigabytes(memoryMB.compare)];
  const time = { part: "data path", price: prices.lambdaGbSecond, allowance: "lambdaGbSeconds" } as const;
  const alerts = alertsIn(month, settings);
  return [
    { ...time, id: "lambda-plan", what: "Lambda: plan", terms: [[of(month.minutes, "ticks"), given(settings, "planSeconds"), plan], coldStarts(month, settings, of(1, "environment"), plan)] },
    { ...time, id: "lambda-poll", what: "Lambda: poll", terms: [...pollTime(month, settings, poll), coldStarts(month, settings, given(settings, "pollEnvironments"), poll)] },
    // Alerts are rare, so each finds the function cold.
    { ...time, id: "lambda-notify", what: "Lambda: notify", terms: [[alerts, given(settings, "notifySeconds"), notify], [...digestsIn(month, settings), given(settings, "notifySeconds"), notify], [of(alerts.value, "cold starts"), given(settings, "initSeconds"), notify]] },
    { ...time, id: "lambda-watch", what: "Lambda: watch", terms: [[runsIn(month, settings), given(settings, "watchSeconds"), watch], [runsIn(month, settings), given(settings, "reconcileSeconds"), watch], [runsIn(month, settings), given(settings, "readersSeconds"), watch], [calendarLooksIn(month, settings), given(settings, "calendarSeconds"), watch], [given(settings, "watchColdStartsADay"), daysIn(month), given(settings, "initSeconds"), watch]] },
    {
      ...time,
      id: "lambda-compare",
      what: "Lambda: compare",
      terms: [[comparesIn(month, settings), given(settings, "compareSeconds"), compare], [...looksIn(month, settings), given(settings, "lookSeconds"), compare], [given(settings, "watchColdStartsADay"), daysIn(month), given(settings, "initSeconds"), compare]],
    },
    { id: "lambda-requests", part: "data path", what: "Lambda: requests", terms: invocationsIn(month, settings).map((factor) => [factor]), price: prices.lambdaRequest, allowance: "lambdaRequests" },
  ];
}

/** What SQS bills: every request, also those that find nothing. */
export function queueLines(month: Month, settings: Settings): Line[] {
  const requests = { part: "data path", price: prices.sqsFifoRequest, allowance: "sqsRequests" } as const;
  const waiting = (pollers: "pollPollers" | "notifyPollers"): Term => [given(settings, pollers), given(settings, "receivesAMinute"), of(month.minutes, "minutes")];
  return [
    { ...requests, id: "sqs-poll-idle", what: "SQS: poll queue, waiting", terms: [waiting("pollPollers")] },
    { ...requests, id: "sqs-poll", what: "SQS: poll queue, messages", terms: [[of(month.sends, "sends")], [pollInvocations(month, settings), of(2, "requests (receive, delete)")]] },
    { ...requests, id: "sqs-notify-idle", what: "SQS: notify queue, waiting", terms: settings.hasNotifyQueue ? [waiting("notifyPollers")] : [] },
    { ...requests, id: "sqs-notify", what: "SQS: notify queue, messages", terms: settings.hasNotifyQueue ? [[alertsIn(month, settings), of(3, "requests (send, receive, delete)")], [...digestsIn(month, settings), of(3, "requests (send, receive, delete)")]] : [] },
    { ...requests, price: prices.sqsRequest, id: "sqs-dead", what: "SQS: dead-letter queues, which nothing reads", terms: [] },
  ];
}

/** What the Scheduler bills: plan every minute, watch and compare every ten. */
export function schedulerLines(month: Month, settings: Settings): Line[] {
  return [{ id: "scheduler", part: "data path", what: "EventBridge Scheduler", terms: [[of(month.minutes, "ticks")], [runsIn(month, settings)], [comparesIn(month, settings)]], price: prices.schedulerInvocation, allowance: "schedulerInvocations" }];
}
