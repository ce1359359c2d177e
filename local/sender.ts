import { notify, type World } from "../functions/notify/notify.ts";
import { gather, sweep } from "../functions/notify/sweep.ts";
import type { Rung } from "../functions/poll/record.ts";
import { SomeLater } from "../shared/alerts/publisher.ts";
import { messageOf } from "../shared/fault.ts";

/** Sends the monitor's alerts one at a time, so that no alert is sent by two at once. */
export interface Sender {
  /** Sends these when those before them were sent. One that cannot be sent stays owed, and is said. */
  send(rung: readonly Rung[]): void;
  /** Sends what is owed and was left behind, in turn with the others. */
  sweep(): Promise<void>;
  /** Sends the digests that are due, and what waited for the end of quiet hours, in turn with the others. */
  gather(): Promise<void>;
  /** Resolves when everything so far was sent, or could not be. */
  idle(): Promise<void>;
}

function alerts(count: number): string {
  return count === 1 ? "1 alert" : `${count} alerts`;
}

/** A sender; `say` takes sentences for whoever runs the monitor. */
export function createSender(given: World, say: (sentence: string) => void): Sender {
  const world: World = { ...given, failed: (alert, error) => say(`The message ${alert} to one subscriber could not be sent and stays owed; it is tried again. The fault: ${messageOf(error)}`) };
  let last: Promise<void> = Promise.resolve();
  function inTurn(work: () => Promise<void>): Promise<void> {
    last = last.then(work);
    return last;
  }

  async function sendOne({ key, alert, title }: Rung): Promise<void> {
    try {
      await notify(world, key, alert);
    } catch (error) {
      say(`The alert “${title}” could not be sent ${error instanceof SomeLater ? "to everybody " : ""}and stays owed; it is tried again. The fault: ${messageOf(error)}`);
    }
  }

  let sweeping: Promise<void> | undefined;
  async function sweepAll(): Promise<void> {
    try {
      const { sent, failed } = await sweep(world);
      const [first] = failed;
      if (sent > 0) say(`${alerts(sent)} that ${sent === 1 ? "was" : "were"} still owed ${sent === 1 ? "has" : "have"} been sent now.`);
      if (first) say(`${alerts(failed.length)} cannot be sent yet and ${failed.length === 1 ? "stays" : "stay"} owed. The ${failed.length === 1 ? "" : "first "}fault: ${messageOf(first.error)}`);
    } catch (error) {
      say(`The table could not be asked for owed alerts; it is asked again. The fault: ${messageOf(error)}`);
    } finally {
      sweeping = undefined;
    }
  }

  let gathering: Promise<void> | undefined;
  async function sendDue(): Promise<void> {
    try {
      const [first] = (await gather(world)).failed;
      if (first) say(`A digest could not be sent and stays owed; it is tried again. The fault: ${messageOf(first.error)}`);
    } catch (error) {
      say(`The digests that are due could not be told from the table; it is asked again in a minute. The fault: ${messageOf(error)}`);
    } finally {
      gathering = undefined;
    }
  }

  return {
    gather: () => (gathering ??= inTurn(sendDue)),
    send(rung) {
      for (const one of rung) void inTurn(() => sendOne(one));
    },
    // With a mail server that does not answer, one sweep may take longer than the time to the next.
    sweep: () => (sweeping ??= inTurn(sweepAll)),
    idle: () => last,
  };
}
