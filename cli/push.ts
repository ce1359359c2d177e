import { packCatalogue, readPacked } from "../shared/catalogue/packed.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";
import { messageOf } from "../shared/fault.ts";
import { isStageName } from "../shared/stage.ts";
import { type Arguments, UsageError } from "./command.ts";
import type { Output } from "./output.ts";
import { noStage } from "./target.ts";
import { withStage } from "./with-table.ts";

/** What a catalogue has in place of another: ids of what came, went and changed. */
interface Difference {
  readonly what: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

interface Named {
  readonly id: string;
}

function differenceOf(what: string, before: readonly Named[], after: readonly Named[]): Difference {
  const [old, now] = [before, after].map((list) => new Map(list.map((one) => [one.id, JSON.stringify(one)])));
  const ids = (list: readonly Named[], wanted: (id: string) => boolean): string[] => list.map(({ id }) => id).filter(wanted);
  return {
    what,
    added: ids(after, (id) => old?.has(id) === false),
    removed: ids(before, (id) => now?.has(id) === false),
    changed: ids(after, (id) => old?.has(id) === true && old.get(id) !== now?.get(id)),
  };
}

interface Rules extends Named {
  readonly of: unknown;
}

/** What belongs to no series. */
function rulesOf({ companions, about }: Catalogue): Rules[] {
  return [
    { id: "companions", of: companions },
    { id: "about", of: about },
  ];
}

/** What is different, by kind; empty where nothing is. */
function differences(before: Catalogue, after: Catalogue): Difference[] {
  const all = [
    differenceOf("series", before.series, after.series),
    differenceOf("sources", before.sources, after.sources),
    differenceOf("publishers", before.publishers, after.publishers),
    differenceOf("rules", rulesOf(before), rulesOf(after)),
  ];
  return all.filter(({ added, removed, changed }) => added.length + removed.length + changed.length > 0);
}

function printDifference(output: Output, { what, added, removed, changed }: Difference): void {
  for (const [deed, ids] of Object.entries({ added, removed, changed })) if (ids.length > 0) output.line(`${what} ${deed}: ${ids.join(", ")}`);
}

/** The catalogue in a text from a bucket; said, and taken for none, where it cannot be used. */
function packedIn(text: string, output: Output): ReturnType<typeof readPacked> | undefined {
  try {
    return readPacked(text);
  } catch (error) {
    output.say(`What the stage has cannot be used, and is replaced: ${messageOf(error)}`);
    return undefined;
  }
}

/** How the catalogue is pushed. */
interface Pushing {
  readonly stage: string;
  /** Only say what would change. */
  readonly dry: boolean;
  readonly json: boolean;
}

/** How the arguments ask for the catalogue to be pushed; undefined where they do not. Throws UsageError. */
export function pushing(args: Arguments): Pushing | undefined {
  const stage = args.text("stage");
  if (!args.flag("push")) {
    if (stage !== undefined || args.flag("dry")) throw new UsageError("--stage and --dry go with --push: the check needs no stage.");
    return undefined;
  }
  const other = ["live", "write-schemas"].find((option) => args.flag(option)) ?? (args.text("list") === undefined ? undefined : "list");
  if (other !== undefined) throw new UsageError(`--push and --${other} are two things: give them one after the other.`);
  if (stage === undefined) throw new UsageError("Which stage gets the catalogue? Write --stage NAME, such as --stage prod.");
  if (!isStageName(stage)) throw new UsageError(noStage(stage));
  return { stage, dry: args.flag("dry"), json: args.flag("json") };
}

/** Puts a checked catalogue into the bucket of a stage, where its functions read it from, and says what is different. */
export async function pushCatalogue(catalogue: Catalogue, { stage: name, dry, json }: Pushing, output: Output): Promise<void> {
  const text = packCatalogue(catalogue);
  const next = readPacked(text);
  await withStage(name, output, async (stage) => {
    const { withCatalogueObject } = await import("./stage/bucket.ts");
    await withCatalogueObject(stage, async (object) => {
      const stored = await object.read();
      const before = stored && packedIn(stored.text, output);
      const changes = before ? differences(before.catalogue, next.catalogue) : [];
      const isNew = before?.version !== next.version;
      if (isNew && !dry) await object.write(text, stored);
      if (json) return output.json({ version: next.version, before: before?.version ?? null, pushed: isNew && !dry, changes });
      for (const change of changes) printDifference(output, change);
      output.line(isNew ? `version ${next.version}${before ? `, in place of ${before.version}` : ""}${dry ? " (not pushed)" : ""}` : `version ${next.version} is there already`);
      if (isNew && !dry) output.say("The functions read it within some minutes. The version before is kept: docs/operating.md says how to go back to it.");
    });
  });
}
