import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bundle, buildBundles } from "../../infra/bundles.ts";
import { packCatalogue } from "../../shared/catalogue/packed.ts";
import { installKey } from "../../shared/records/keys.ts";
import { owingRecords } from "../../shared/records/owed.ts";
import { change } from "../../shared/records/records.ts";
import type { FunctionName } from "../../shared/stage.ts";
import { openSite, type Site } from "../poll/site.ts";
import { catalogue, type Parts } from "../recognition/catalogue.ts";
import type { DynamoLocal } from "../records/dynamo-local.ts";
import { type Cloud, openCloud } from "./cloud.ts";
import type { Deployment, FunctionOf } from "./deployment.ts";
import { deliver, type Delivered, drain } from "./event-source.ts";
import { createSandbox, type Sandbox } from "./sandbox.ts";
import { synthesize, type Synthesized } from "./synthesized.ts";

/** A whole deployment on this machine, and the publishers that it reads. */
export interface Monitor {
  readonly deployment: Deployment;
  readonly cloud: Cloud;
  /** Answers for every host under .example. */
  readonly site: Site;
  function(name: FunctionName): Sandbox;
  deployed(name: FunctionName): FunctionOf;
  /** Puts a catalogue into the bucket. */
  push(parts: Parts): Promise<void>;
  /** What is in the queue that is fed to a function. */
  waiting(name: "poll" | "notify"): string[];
  /** Feeds a function from its queue until that is empty or something went back. */
  feed(name: "poll" | "notify"): Promise<Delivered[]>;
  /** Feeds one batch, for which the function has so much time, or all that it has. */
  feedOnce(name: "poll" | "notify", withinMs?: number): Promise<Delivered | undefined>;
  /** Puts a body into the queue that is fed to a function, as another message. */
  put(name: "poll" | "notify", body: string): void;
  /** The alerts that records owe, as their places. */
  owed(): Promise<string[]>;
  close(): Promise<void>;
}

/** Everything that a deployment uploads, and the templates of the stage prod. */
export interface Built extends Synthesized {
  readonly folder: string;
  readonly bundles: readonly Bundle[];
}

/** Builds into a folder of its own, which is for the caller to remove. */
export async function buildAll(): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), "almanac-built-"));
  return { folder, bundles: await buildBundles(folder), ...synthesize("prod", folder) };
}

/** Deploys the monitor, first used two days ago. */
export async function deployMonitor({ folder, deployment }: Built, dynamo: DynamoLocal): Promise<Monitor> {
  const [cloud, site] = await Promise.all([openCloud(deployment, dynamo), openSite()]);
  const deployed = (name: FunctionName): FunctionOf => {
    const found = deployment.functions.find(({ short }) => short === name);
    if (!found) throw new Error(`the template has no function ${name}`);
    return found;
  };
  const sandboxes = new Map(deployment.functions.map((one) => [one.short, sandboxOf(one, join(folder, one.short), cloud, site)]));
  await change(cloud.table, installKey, () => ({ at: new Date(Date.now() - 2 * 24 * 60 * 60 * 1000).toISOString() }));
  const sandbox = (name: FunctionName): Sandbox => sandboxes.get(name) ?? sandboxOf(deployed(name), folder, cloud, site);
  const queueOf = (name: FunctionName): string => deployed(name).fed?.queue ?? "";
  let copies = 0;
  return {
    deployment,
    cloud,
    site,
    function: sandbox,
    deployed,
    push: (parts) => cloud.putObject(deployment.buckets[0] ?? "", "catalogue/current.json", packCatalogue(catalogue(parts))),
    waiting: (name) => cloud.messages(queueOf(name)),
    feed: (name) => drain(cloud.sqs, cloud.mappingOf(deployed(name)), sandbox(name)),
    feedOnce: (name, withinMs) => deliver(cloud.sqs, cloud.mappingOf(deployed(name)), { invoke: (event) => sandbox(name).invoke(event, withinMs) }),
    put: (name, body) => cloud.send(queueOf(name), body, "again", `again-${copies++}`),
    async owed() {
      const places: string[] = [];
      for await (const { place } of owingRecords(cloud.table)) places.push(place);
      return places;
    },
    async close() {
      await Promise.all([...sandboxes.values()].map((one) => one.kill()));
      await Promise.all([cloud.close(), site.close()]);
    },
  };
}

/** A function of the deployment. It gets just the environment that its template gives it, where AWS answers, and a way to the site. */
function sandboxOf(deployed: FunctionOf, folder: string, cloud: Cloud, site: Site): Sandbox {
  const { name, timeoutMs, memoryMegabytes } = deployed;
  return createSandbox({ name, folder, timeoutMs, memoryMegabytes }, { environment: cloud.environmentOf(deployed), internet: Number(new URL(site.url).port) });
}
