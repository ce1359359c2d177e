import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createSandbox, type Sandbox } from "./sandbox.ts";

const folder = await mkdtemp(join(tmpdir(), "almanac-lambda-"));
afterAll(() => rm(folder, { recursive: true }));
const open: Sandbox[] = [];
afterAll(() => Promise.all(open.map((sandbox) => sandbox.kill())));

/** A function of this code, with this handler. */
async function functionOf(code: string, timeoutMs = 10_000): Promise<Sandbox> {
  const home = await mkdtemp(join(folder, "function-"));
  await writeFile(join(home, "index.mjs"), code);
  const sandbox = createSandbox({ name: "trial", folder: home, timeoutMs, memoryMegabytes: 256 }, { environment: { TABLE_NAME: "almanac" } });
  open.push(sandbox);
  return sandbox;
}

describe("a function in its sandbox", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await functionOf(`
      let count = 0;
      export const handler = async (event, context) => {
        if (event.fail) throw new RangeError("too far");
        if (event.die) process.exit(3);
        if (event.never) await new Promise((resolve) => setTimeout(resolve, 60_000));
        return { count: ++count, name: context.functionName, env: process.env.TABLE_NAME, left: context.getRemainingTimeInMillis() > 1000, trace: process.env._X_AMZN_TRACE_ID.slice(0, 7) };
      };`);
  });

  test("gives the handler's result, and stays warm", async () => {
    const result = { name: "trial", env: "almanac", left: true, trace: "Root=1-" };
    expect(await sandbox.invoke({})).toEqual({ result: { count: 1, ...result } });
    expect(await sandbox.invoke({})).toEqual({ result: { count: 2, ...result } });
  });

  test("tells an error that the handler threw, and goes on", async () => {
    expect(await sandbox.invoke({ fail: true })).toEqual({ error: { errorType: "RangeError", errorMessage: "too far" } });
    expect(await sandbox.invoke({})).toMatchObject({ result: { count: 3 } });
  });

  test("starts anew after its process died", async () => {
    await expect(sandbox.invoke({ die: true })).rejects.toThrow("Runtime exited with 3");
    expect(await sandbox.invoke({})).toMatchObject({ result: { count: 1 } });
  });
});

test("a handler that takes longer than its timeout is ended", async () => {
  const sandbox = await functionOf("export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));", 200);
  await expect(sandbox.invoke({})).rejects.toThrow("Task timed out after 0.2 seconds");
});

test.skipIf(!existsSync("/proc/self/status"))("a process is stopped between its events, as on Lambda, and what it left running with it", async () => {
  const sandbox = await functionOf("setInterval(() => {}, 1); export const handler = async () => 1;");
  const pid = await sandbox.start();
  const stopped = expect.stringMatching(/^State:\tT/m);
  const isStopped = () => vi.waitFor(async () => expect(await readFile(`/proc/${pid}/status`, "utf8")).toEqual(stopped), 10_000);
  await isStopped();
  expect(await sandbox.invoke({})).toEqual({ result: 1 });
  await isStopped();
});

test.each([
  ["without a handler", "export const other = 1;", "init failed: {\"errorType\":\"Error\",\"errorMessage\":\"index.handler is undefined or not exported"],
  ["with a callback", "export const handler = (event, context, callback) => callback(null, 1);", "takes a callback"],
  ["that fails on the way", 'import "./absent.mjs";', "Cannot find module"],
])("a file %s fails its init", async (_, code, why) => {
  await expect((await functionOf(code)).invoke({})).rejects.toThrow(why);
});
