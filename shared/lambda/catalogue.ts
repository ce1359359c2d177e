import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { readFileSync } from "node:fs";
import { type Packed, readPacked } from "../catalogue/packed.ts";
import type { Catalogue } from "../catalogue/schema.ts";
import type { Clock } from "../clock.ts";
import { messageOf } from "../fault.ts";
import { catalogueKey } from "../stage.ts";
import { objectReader, type ReadObject } from "./bucket.ts";
import type { Log } from "./log.ts";
import { bucketOf } from "./settings.ts";

/** The catalogue of a function that is used again and again. */
export interface CatalogueReader {
  /** The catalogue as it was at most ten minutes ago. Throws only where there is none at all. */
  current(log: Log): Promise<Packed>;
  /** The catalogue as it is now: for when something is named that is not in it. */
  now(log: Log): Promise<Packed>;
}

const freshMs = 10 * 60_000;

/**
 * A reader of the catalogue in the bucket; where that cannot be read, of what was read last, and at first of the one
 * that was deployed with the function, whose text `bundled` gives.
 */
export function createCatalogueReader(readObject: ReadObject, bundled: () => string, clock: Clock): CatalogueReader {
  let held: Packed | undefined;
  let etag: string | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function fromBucket(log: Log): Promise<void> {
    askedAt = clock.now();
    try {
      const answer = await readObject(etag);
      if (answer.kind === "content") {
        held = readPacked(answer.text);
        ({ etag } = answer);
        log.info("The catalogue of the bucket is used.", { catalogue: held.version });
      } else if (answer.kind === "absent" && etag !== undefined) log.warn(`The bucket no longer gives ${catalogueKey}, so the last one that it gave is used until this function starts anew, and then the one of the deployment. Push the catalogue again.`);
      else if (answer.kind === "absent" && !held) log.info(`The bucket gives no ${catalogueKey}, so the catalogue of the deployment is used.`);
    } catch (error) {
      log.warn(`The catalogue in the bucket cannot be used, so the ${held ? "last one" : "one of the deployment"} is: ${messageOf(error)}`);
    }
  }

  async function now(log: Log): Promise<Packed> {
    await fromBucket(log);
    return (held ??= readPacked(bundled()));
  }

  return { now, current: async (log) => (held && clock.now() - askedAt < freshMs ? held : now(log)) };
}

/** The catalogue of a deployed function: of its bucket, or else of catalogue.json beside the bundle at `bundle`. */
export function deployedCatalogue(env: NodeJS.ProcessEnv, client: DynamoDBClient, bundle: string, clock: Clock): CatalogueReader {
  const readObject = objectReader(client, { ...bucketOf(env), key: catalogueKey });
  return createCatalogueReader(readObject, () => readFileSync(new URL("catalogue.json", bundle), "utf8"), clock);
}

/** What is made of a catalogue, made once for each version. */
export function onceAVersion<Made>(make: (catalogue: Catalogue) => Made): (packed: Packed) => Made {
  let last: { readonly version: string; readonly made: Made } | undefined;
  return ({ version, catalogue }) => (last?.version === version ? last : (last = { version, made: make(catalogue) })).made;
}
