import * as z from "zod";
import { Events, Sources } from "./schema.ts";

/** JSON Schemas of the two files, by the names that the files refer to: editors complete and check by them. */
export function jsonSchemas(): Record<"events.schema.json" | "sources.schema.json", object> {
  return {
    "events.schema.json": { title: "The series that Rights Almanac knows", ...z.toJSONSchema(Events, { io: "input" }) },
    "sources.schema.json": { title: "The sources that Rights Almanac reads", ...z.toJSONSchema(Sources, { io: "input" }) },
  };
}
