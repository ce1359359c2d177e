import { besideCatalogue, bytesASource } from "../../infra/cost/memory.ts";
import type { FunctionName } from "../../shared/stage.ts";
import { type Bending, limits, own } from "./bend.ts";
import { assumptions, design, figures } from "./design.ts";
import type { Load } from "./load.ts";

const axis = "sources";
const { openBytes, ruleBytes } = assumptions;
const { openSeconds, compileSeconds, firstTickSeconds, awsSeconds } = figures;
const reckonedOf = (...from: readonly { readonly origin: string }[]): string => from.map(({ origin }) => origin.replace(/\.$/, "")).join("; ");
const oneNumber = "memory and time are two numbers in infra/sizes.ts, up to 10,240 MB, which buy processors as well";

/** The catalogue in the memory of a function. */
function memory(name: FunctionName, bending: Pick<Bending, "id" | "what" | "reckoned">): Bending {
  const { memoryMB } = design.sizes[name];
  const limit = own((memoryMB - besideCatalogue(name)) * 1e6, `bytes that ${memoryMB} MB leave`, "infra/sizes.ts");
  return { ...bending, axis, limit, each: bytesASource(name), does: `${oneNumber}, and the costs below have them so; a function needs what it works on alone, so a larger catalogue would rather be pushed in parts, by host and by series` };
}

function memories(): Bending[] {
  const opened = reckonedOf(openBytes);
  return [
    memory("plan", { id: "small-memory", what: "the catalogue in the memory of plan, notify and watch", reckoned: opened }),
    memory("poll", { id: "poll-memory", what: "the catalogue and its compiled rules in poll's memory", reckoned: `${reckonedOf(openBytes, ruleBytes)}; beside ${design.messagesABatch} pages of ${design.pageBytes / 1e6} MB` }),
    memory("site", { id: "large-memory", what: "the catalogue in the memory of site and compare", reckoned: opened }),
  ];
}

/** Seconds that a source takes in a function whose memory buys but a part of a processor. */
function slowed(name: FunctionName, seconds: number): number {
  return (seconds * limits.processorMegabytes.value) / design.sizes[name].memoryMB;
}

function share(name: FunctionName): string {
  return `${design.sizes[name].memoryMB} MB are ${(design.sizes[name].memoryMB / limits.processorMegabytes.value).toFixed(3)} of a processor`;
}

function times({ hosts, sources }: Load): Bending[] {
  const sends = (hosts / sources / design.messagesASend / design.sendsAtOnce) * awsSeconds.value;
  return [
    {
      id: "plan-time", axis, what: "plan's first tick, begun cold: opening the catalogue, reckoning what is due, and sending",
      limit: own(design.sizes.plan.timeoutSeconds, "s that plan may run", "infra/sizes.ts"),
      each: slowed("plan", openSeconds.value + firstTickSeconds.value) + sends,
      reckoned: `${reckonedOf(openSeconds, firstTickSeconds)}; ${share("plan")}; ${design.messagesASend} messages a send, ${design.sendsAtOnce} sends side by side, ${awsSeconds.value} s each`,
      does: `a tick that dies begins cold again and comes no further, so nothing is noted as planned, and its alarm (nothing-planned) rings after 15 minutes; what was sent is not taken twice, for 5 minutes. ${oneNumber}: seven times the memory is seven times the size`,
    },
    {
      id: "notify-time-cold", axis, what: "opening the catalogue before notify begins nothing any more; watch has twice as long",
      limit: own(design.notifyBeginSeconds, "s after which notify begins nothing", "infra/sizes.ts"),
      each: slowed("notify", openSeconds.value),
      reckoned: `${reckonedOf(openSeconds)}; ${share("notify")}`,
      does: `what is not begun goes back to the queue, and a function that is warm has its catalogue open; ${oneNumber}`,
    },
    {
      id: "poll-time-cold", axis, what: "opening the catalogue and compiling its rules before poll begins no source any more",
      limit: own(design.beginSeconds, "s after which poll begins no source", "functions/poll/deadline.ts"),
      each: slowed("poll", openSeconds.value + compileSeconds.value),
      reckoned: `${reckonedOf(openSeconds, compileSeconds)}; ${share("poll")}`,
      does: `rules are compiled when there is an item to match, and once for each catalogue; what is not begun goes behind its host's other messages; ${oneNumber}`,
    },
    {
      id: "site-time-cold", axis, what: "opening the catalogue while a reader waits for a page of a cold site",
      limit: own(design.sizes.site.timeoutSeconds, "s that site may take", "infra/sizes.ts"),
      each: slowed("site", openSeconds.value),
      reckoned: `${reckonedOf(openSeconds)}; ${share("site")}`,
      does: `pages are kept at the edge for a minute; long before that a reader would not wait, and pages would be made of a smaller file; ${oneNumber}`,
    },
  ];
}

/** What a larger catalogue bends in the functions, each of which opens it whole. */
export function ofCatalogue(load: Load): Bending[] {
  return [...memories(), ...times(load)];
}
