import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { awsClient } from "../../shared/aws-client.ts";
import { catalogueKey } from "../../shared/stage.ts";
import { Failure } from "../command.ts";
import type { Stage } from "./open.ts";

/** The catalogue that a stage has. */
interface Held {
  readonly text: string;
  readonly etag: string | undefined;
}

/** The object of a stage's bucket that holds its catalogue. */
export interface CatalogueObject {
  /** Undefined where there is none yet. */
  read(): Promise<Held | undefined>;
  /** Puts the text in place of what was read, and of nothing else. Throws Failure where another was put there meanwhile. */
  write(text: string, before: Held | undefined): Promise<void>;
}

const isRefused = (error: unknown, ...names: readonly string[]): boolean => error instanceof Error && names.includes(error.name);

/** Does the work with the catalogue object of a stage. */
export async function withCatalogueObject<Result>({ names, account, region }: Stage, work: (object: CatalogueObject) => Promise<Result>): Promise<Result> {
  const client = new S3Client(awsClient);
  const place = { Bucket: names.bucket(account, region), Key: catalogueKey };
  try {
    return await work({
      async read() {
        try {
          const { Body: body, ETag: etag } = await client.send(new GetObjectCommand(place));
          return { text: (await body?.transformToString()) ?? "", etag };
        } catch (error) {
          if (isRefused(error, "NoSuchKey")) return undefined;
          throw error;
        }
      },
      async write(text, before) {
        const unless = before ? { IfMatch: before.etag } : { IfNoneMatch: "*" };
        try {
          await client.send(new PutObjectCommand({ ...place, Body: text, ContentType: "application/json", ...unless }));
        } catch (error) {
          if (!isRefused(error, "PreconditionFailed", "ConditionalRequestConflict")) throw error;
          throw new Failure("Somebody else pushed a catalogue at the same time. Nothing was changed; push again, and see what is different by then.", { cause: error });
        }
      },
    });
  } finally {
    client.destroy();
  }
}
