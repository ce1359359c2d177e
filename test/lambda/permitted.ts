import { expect, test } from "vitest";
import { type FunctionName, functionNames } from "../../shared/stage.ts";
import { callsByLambda } from "./by-lambda.ts";
import type { Call } from "./calls.ts";
import type { Monitor } from "./monitor.ts";
import { allows, idle } from "./policy.ts";

/** What a function was seen asking of AWS, and what Lambda asks in its name. */
function made(monitor: Monitor, name: FunctionName): Call[] {
  const failures = monitor.deployment.queues.find((queue) => queue.name.endsWith("-dead"))?.name ?? "";
  return [...monitor.cloud.recorder.calls().filter(({ caller }) => caller === name), ...callsByLambda(monitor.deployed(name), failures)];
}

/** What ends a resource that a function is allowed by a wildcard: the streams of its own log, evidence, which compare keeps and site shows, and the files for readers, which watch makes and site reads. */
function wildcards(name: FunctionName, fullName: string): string[] {
  const log = `:log-group:/aws/lambda/${fullName}:log-stream:*`;
  return [...(name === "compare" || name === "site" ? ["/evidence/*"] : []), ...(name === "watch" || name === "site" ? ["/readers/*"] : []), log];
}

/** Tests that each function may do what it was seen doing in the tests before, and nothing else. */
export function permitted(monitor: () => Monitor): void {
  test.each(functionNames)("%s may do all that it was seen doing", (name) => {
    expect(made(monitor(), name).length).toBeGreaterThan(5);
    expect(made(monitor(), name).filter((call) => !allows(monitor().deployed(name).statements, call))).toEqual([]);
  });

  test.each(functionNames)("%s may do nothing that it was not seen doing", (name) => {
    expect(idle(monitor().deployed(name).statements, made(monitor(), name))).toEqual([]);
  });

  test.each(functionNames)("%s is allowed nothing by a wildcard, but to write the streams of its own log, evidence and the files for readers", (name) => {
    const { statements, name: fullName } = monitor().deployed(name);
    const wild = statements.flatMap(({ actions, resources }) => [...actions, ...resources]).filter((text) => text.includes("*"));
    expect(wild).toEqual(wildcards(name, fullName).map((end) => expect.stringContaining(end)));
  });
}
