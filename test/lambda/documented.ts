import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readOwedMessage, readPollMessage } from "../../shared/queue/messages.ts";
import { functionNames } from "../../shared/stage.ts";
import { blocks, doc, rows } from "../docs/markdown.ts";
import { entriesOf, inside, isObject, objectsOf } from "./json.ts";
import type { Synthesized } from "./synthesized.ts";

const root = join(import.meta.dirname, "../..");
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));
const variablesFile = "test/events/variables.json";

/** One line of the guide that has SAM invoke a function. */
interface Invocation {
  readonly logicalId: string;
  readonly template: string;
  readonly event: string;
}

function invocations(): Invocation[] {
  const lines = blocks(doc("docs/lambda.md")).flatMap(({ text }) => text.split("\n"));
  return lines.flatMap((line) => {
    const [, logicalId, template, event] = /^sam local invoke (\w+) -t cdk\.out\/(\S+) -e (\S+) -n test\/events\/variables\.json$/.exec(line) ?? [];
    return logicalId && template && event ? [{ logicalId, template, event }] : [];
  });
}

/** The names of a function's variables that only AWS knows the values of: SAM has to be told. */
function unknownVariables(properties: unknown): string[] {
  return entriesOf(inside(properties, "Environment", "Variables")).flatMap(([name, value]) => (isObject(value) ? [name] : []));
}

/** What the guide says of `sam local invoke`, against the templates. */
export function documented(built: () => Synthesized): void {
  test("has a line for each function, and every name in it is that of the template", () => {
    const lines = invocations();
    expect(lines.map(({ event }) => event)).toEqual(functionNames.map((name) => `test/events/${name}.json`));
    for (const { logicalId, template, event } of lines) {
      const resource = built().templates[template]?.Resources[logicalId];
      expect(resource?.Type).toBe("AWS::Lambda::Function");
      // By this SAM finds it. Without it, SAM goes by the ids of constructs, of which one would hide another.
      expect(resource?.Metadata?.["SamResourceId"]).toBe(logicalId);
      expect(inside(resource, "Properties", "FunctionName")).toBe(`rights-almanac-prod-${event.replace(/^.*\/|\.json$/g, "")}`);
      expect(existsSync(join(root, event))).toBe(true);
    }
  });

  test("the variables that SAM is given are those whose values are not in the template", () => {
    const given = entriesOf(readJson(variablesFile)).map(([id, variables]) => [id, entriesOf(variables).map(([name]) => name).sort()]);
    const wanted = invocations().map(({ logicalId, template }) => [logicalId, unknownVariables(built().templates[template]?.Resources[logicalId]?.Properties).sort()]);
    expect(Object.fromEntries(given)).toEqual(Object.fromEntries(wanted));
  });

  test("weighs each function, beside one that only says hello", () => {
    expect(rows(doc("docs/lambda.md"), "What they weigh").map(([name]) => name)).toEqual(["hello", ...functionNames]);
  });

  test.each([
    ["poll", readPollMessage],
    ["notify", readOwedMessage],
  ])("the event for %s holds messages that it can read", (name, read) => {
    const records = objectsOf(inside(readJson(`test/events/${name}.json`), "Records"));
    expect(records).not.toEqual([]);
    for (const { body, md5OfBody } of records) {
      expect(read(String(body))).toBeDefined();
      expect(md5OfBody).toBe(createHash("md5").update(String(body)).digest("hex"));
    }
  });
}
