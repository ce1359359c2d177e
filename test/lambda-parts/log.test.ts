import { expect, test } from "vitest";
import { spoken } from "./spoken.ts";

const begin = `import { createLog } from "./shared/lambda/log.ts"; const log = createLog({ awsRequestId: "r1" });`;
const env = { POWERTOOLS_SERVICE_NAME: "rights-almanac-test" };

test("each sentence is a line of JSON with its level, the request, and what is worth knowing beside it", async () => {
  expect(await spoken(`${begin} log.info("Planned.", { hosts: 3 }); log.warn("It is late."); log.error("It failed.");`, env)).toEqual([
    expect.objectContaining({ level: "INFO", message: "Planned.", hosts: 3, function_request_id: "r1", service: "rights-almanac-test", timestamp: expect.any(String) }),
    expect.objectContaining({ level: "WARN", message: "It is late.", function_request_id: "r1" }),
    expect.objectContaining({ level: "ERROR", message: "It failed." }),
  ]);
});

test("a log along a correlation id has it in each line, and the log that it came from has not", async () => {
  const code = `${begin} const [one, two] = [log.along("12:00Z state.gov"), log.along("12:00Z un.org")]; one.info("One."); two.info("Two."); one.info("Three."); log.info("Four.");`;
  const lines = await spoken(code, env);
  expect(lines).toEqual([
    expect.objectContaining({ message: "One.", correlation_id: "12:00Z state.gov", function_request_id: "r1" }),
    expect.objectContaining({ message: "Two.", correlation_id: "12:00Z un.org" }),
    expect.objectContaining({ message: "Three.", correlation_id: "12:00Z state.gov" }),
    expect.not.objectContaining({ correlation_id: expect.anything() }),
  ]);
});

test("an error is written with its message, its stack and its cause", async () => {
  expect(await spoken(`${begin} log.error("It failed.", { error: new RangeError("too far", { cause: new Error("deep") }), alert: "a1" });`, env)).toEqual([
    expect.objectContaining({ alert: "a1", error: expect.objectContaining({ name: "RangeError", message: "too far", stack: expect.any(String), cause: expect.objectContaining({ message: "deep" }) }) }),
  ]);
});

test("no line tells a subscriber: neither beside the sentence, nor in an error or a body, nor along a correlation id", async () => {
  const body = String.raw`{"key":{"pk":"SUBSCRIPTIONS","sk":"SUBSCRIPTION#0a1b2c3d4e5f"},"alert":"digest:0a1b2c3d4e5f:7"}`;
  const code = `${begin} const error = new Error("the alert digest:0a1b2c3d4e5f:7 is too large", { cause: new Error("digest:0a1b2c3d4e5f:7") });
    for (const one of [log, log.along("12:00Z digest:0a1b2c3d4e5f:7")]) one.error("Not sent: digest:0a1b2c3d4e5f:7.", { alert: "digest:0a1b2c3d4e5f:7", alerts: ["digest:0a1b2c3d4e5f:7", "edition:tip:2021"], body: ${JSON.stringify(body)}, error });`;
  const lines = await spoken(code, env);
  expect(lines).toEqual([1, 2].map(() => expect.objectContaining({ message: "Not sent: digest:…:7.", alert: "digest:…:7", alerts: ["digest:…:7", "edition:tip:2021"] })));
  expect(JSON.stringify(lines)).not.toContain("0a1b2c3d4e5f");
});
