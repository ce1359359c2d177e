import { sourceHost } from "../../shared/catalogue/address.ts";
import type { Source } from "../../shared/catalogue/schema.ts";
import { isToWait, later } from "../../shared/intake/backoff.ts";
import { readStates, type SourceState, writeStates } from "../../shared/records/sources.ts";
import { type Outcome, pollSource, type World } from "./poll.ts";

/** Hosts that are polled at the same time; within a host one source follows another. */
const hostsAtOnce = 16;

/** Sources by host, so that one publisher is asked one thing at a time. Servers on this machine need no such care. */
function byHost(sources: readonly Source[]): Source[][] {
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const host = sourceHost(source);
    const alone = host === "127.0.0.1" || host === "localhost" || host === "[::1]";
    const group = alone ? `${host}/${source.id}` : host;
    const list = groups.get(group);
    if (list) list.push(source);
    else groups.set(group, [source]);
  }
  return [...groups.values()];
}

/** A Retry-After with 429 is about who asks, and so about all that the host has; with 503 it is about what was asked for (RFC 6585, RFC 9110). */
function hostAskedUntil({ reason, askedUntil }: Pick<SourceState, "reason" | "askedUntil">): string | undefined {
  return reason === "http-429" ? askedUntil : undefined;
}

/**
 * Those that made their host wait come last, and of them first the one that was asked longest ago: one that asks for
 * patience at each reading would else keep the others from ever being read.
 */
function patientLast(group: readonly Source[], states: ReadonlyMap<string, SourceState>): Source[] {
  const wait = ({ id }: Source): string => hostAskedUntil(states.get(id) ?? {}) ?? "";
  return group.toSorted((a, b) => (wait(a) < wait(b) ? -1 : wait(a) > wait(b) ? 1 : 0));
}

/** How a round may be held. */
export interface RoundSettings {
  /** Asked before each source: where it says no, the source is left. */
  readonly mayBegin?: () => boolean;
  /** Leaves sources that deviate from their pace and are not to be asked yet: who planned them did not know. */
  readonly patient?: boolean;
}

/**
 * Polls sources, hosts side by side and a host's sources one after another, and gives each outcome once its state is
 * stored, or could not be. One source's failure never delays or stops another; the first fault of ours is thrown when all were polled.
 * Answers the sources that could not be begun.
 */
export async function pollRound(world: World, sources: readonly Source[], onOutcome: (outcome: Outcome) => void | Promise<void>, settings: RoundSettings = {}): Promise<readonly Source[]> {
  const { mayBegin = () => true, patient = false } = settings;
  const states = await readStates(world.table, sources.map(({ id }) => id));
  const groups = byHost(sources);
  const faults: unknown[] = [];
  const left: Source[] = [];
  let next = 0;

  async function poll(source: Source, waitUntil: string | undefined): Promise<string | undefined> {
    const before = states.get(source.id);
    const outcome = await pollSource(world, source, before, waitUntil);
    try {
      if (outcome.state) await writeStates(world.table, [{ before, after: outcome.state }]);
    } finally {
      // A write that got no answer may have happened all the same: then a repetition finds nothing new, and has nothing to say.
      await onOutcome(outcome);
    }
    return outcome.state && hostAskedUntil(outcome.state);
  }
  async function worker(): Promise<void> {
    for (let group = groups[next++]; group; group = groups[next++]) {
      let askedUntil = later(...group.map(({ id }) => hostAskedUntil(states.get(id) ?? {})));
      for (const source of patientLast(group, states)) {
        if (patient && isToWait(states.get(source.id)?.nextAt, world.clock.now())) continue;
        if (!mayBegin()) {
          left.push(source);
          continue;
        }
        try {
          askedUntil = later(askedUntil, await poll(source, askedUntil));
        } catch (fault) {
          faults.push(fault);
        }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(hostsAtOnce, groups.length) }, worker));
  if (faults.length > 0) throw faults[0];
  return left;
}
