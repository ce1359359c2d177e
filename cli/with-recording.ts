import { notify } from "../functions/notify/notify.ts";
import { knownOf } from "../functions/notify/known.ts";
import { createBodyReader } from "../functions/poll/body.ts";
import type { Recording } from "../functions/poll/record.ts";
import { SomeLater } from "../shared/alerts/publisher.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";
import { systemClock } from "../shared/clock.ts";
import { messageOf } from "../shared/fault.ts";
import { createFetcher } from "../shared/intake/fetch.ts";
import { compiledWhenAsked } from "../shared/recognition/compile.ts";
import { createNames } from "../shared/recognition/names.ts";
import { installedAt } from "../shared/records/install.ts";
import type { RecordKey } from "../shared/records/keys.ts";
import type { OwingKind } from "../shared/records/owed.ts";
import { read } from "../shared/records/records.ts";
import { Failure } from "./command.ts";
import type { Output } from "./output.ts";
import type { Stage } from "./stage/open.ts";
import type { Target } from "./target.ts";
import { withStack } from "./with-stack.ts";
import { sayFolder, withStage } from "./with-table.ts";

/** A place to record at, and the way of its alerts. */
export interface Desk {
  readonly recording: Recording;
  /** Sends what the record at this key owes, or sees to it that it is sent, and gives how many alerts that were. */
  send(key: RecordKey<OwingKind>): Promise<number>;
  /** Where the alerts are then, as a sentence. */
  readonly sentTo: string;
}

/** Where to record. */
interface Place {
  readonly target: Target;
  readonly catalogue: Catalogue;
  /** Lets addresses on this machine be told. */
  readonly allowLoopback: boolean;
}

/** Why a command fails that did its work: what it should have told did not reach everybody. `what` is a sentence's beginning. */
export function notSent(what: string, { stage }: Target, error: unknown): Failure {
  const how = error instanceof SomeLater ? "has not reached everybody" : "could not be sent";
  const again = stage === undefined ? "the same command, or `npm start`, sends it" : "the same command sends it, or the stage itself within half an hour";
  return new Failure(`${what} ${how} and stays owed; ${again}. The fault: ${messageOf(error)}`, { cause: error });
}

/** Opens the target for recording, says which it is, does the work, and closes it whatever comes of it. */
export async function withRecording({ target, catalogue, allowLoopback }: Place, output: Output, work: (desk: Desk) => Promise<void>): Promise<void> {
  if (target.stage !== undefined) return withStage(target.stage, output, (stage) => onStage(stage, catalogue, work));
  await withStack({ catalogue, dataFolder: target.folder, allowLoopback }, output, async (stack) => {
    sayFolder(target.folder, output);
    const send: Desk["send"] = async (key) => {
      let sent = 0;
      for (const alert of await owedBy(stack.poll, key)) if ((await notify(stack.notify, key, alert)) !== "not owed") sent++;
      return sent;
    };
    await work({ recording: stack.poll, send, sentTo: `The alert is in ${stack.outbox}.` });
  });
}

async function onStage(stage: Stage, catalogue: Catalogue, work: (desk: Desk) => Promise<void>): Promise<void> {
  const [{ withNotifyQueue }, { correlationOf, owedOutgoing }] = await Promise.all([import("./stage/queue.ts"), import("../shared/queue/messages.ts")]);
  const now = systemClock.now();
  const fetch = createFetcher({ contact: process.env["ALMANAC_CONTACT"], allowLoopback: false, clock: systemClock });
  try {
    await withNotifyQueue(stage, async (queue) => {
      const recording = { table: stage.table, rules: compiledWhenAsked(catalogue), series: knownOf(catalogue).series, readBody: createBodyReader(fetch, createNames(catalogue.theme)), installed: await installedAt(stage.table, new Date(now).toISOString()) };
      const send: Desk["send"] = async (key) => {
        const alerts = await owedBy(recording, key);
        await queue.send(alerts.map((alert) => owedOutgoing({ key, alert, correlation: correlationOf(Math.floor(now / 60_000), "by hand") }, now)));
        return alerts.length;
      };
      await work({ recording, send, sentTo: "The alert is in the stage's queue, and sent within a minute." });
    });
  } finally {
    await fetch.close();
  }
}

async function owedBy({ table }: Pick<Recording, "table">, key: RecordKey<OwingKind>): Promise<readonly string[]> {
  return [...((await read(table, key))?.owed ?? [])];
}
