import type * as z from "zod";
import { CatalogueError, type CatalogueFile } from "./file.ts";
import { type Catalogue, Events, Sources } from "./schema.ts";
import { schemaFaults } from "./schema-faults.ts";
import { messageOf } from "../fault.ts";

function parse<T>(file: CatalogueFile, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(file.text);
  } catch (error) {
    throw new CatalogueError(`${file.name} is not JSON: ${messageOf(error)}. Mend that line, or take the file from the repository again.`, { cause: error });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const faults = schemaFaults(result.error, json, schema).map((fault) => `  ✖ ${fault}`);
  throw new CatalogueError(`${file.name} does not fit its schema:\n${faults.join("\n")}\nAn editor that knows JSON Schema shows these places as you type (see "$schema" on the file's first line).`, { cause: result.error });
}

/**
 * The catalogue from the texts of events.json and sources.json, checked against their schemas.
 * Throws CatalogueError with every fault, each with its file and place. What the files say of each other is
 * left to `checkCatalogue`, so that a sources file of one source can be used alone.
 */
export function loadCatalogue(events: CatalogueFile, sources: CatalogueFile): Catalogue {
  const { theme, series, companions, about } = parse(events, Events);
  const { sources: list, publishers } = parse(sources, Sources);
  return { theme, series, companions, about, sources: list, publishers };
}
