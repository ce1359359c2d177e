import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { type Answer, openRuntimeApi, type RuntimeApi } from "./runtime-api.ts";

/** A function as it is deployed. */
export interface Deployed {
  readonly name: string;
  /** Holds index.mjs. */
  readonly folder: string;
  readonly timeoutMs: number;
  readonly memoryMegabytes: number;
}

/** What is around a function. */
export interface Surroundings {
  /** All that its template gives it, its credentials, and where AWS answers. What Lambda itself sets comes before. */
  readonly environment: Readonly<Record<string, string>>;
  /** The port that answers for every host under .example. */
  readonly internet?: number;
}

/** Runs a function as Lambda does: one process, started for the first event and again after it died. */
export interface Sandbox {
  readonly name: string;
  /** Hands it an event. Rejects where the process dies or takes longer than its timeout, or than is given here, as Lambda reports it. */
  invoke(event: unknown, withinMs?: number): Promise<Answer>;
  /** Starts the process if none runs, and gives its id when it first asks for an event, which ends its init. */
  start(): Promise<number | undefined>;
  /** Ends the process at once, as a machine that fails. */
  kill(): Promise<void>;
  /** What it wrote since the last time, line by line. */
  said(): string[];
}

const root = join(import.meta.dirname, "../..");
/** The pinned Node, the same minor version for all that runs the tests. */
const node = join(root, "node_modules/.bin/node");
const bootstrap = join(import.meta.dirname, "bootstrap.mjs");

/** The variables that Lambda itself sets. */
function lambdaVariables({ name, folder, memoryMegabytes }: Deployed, address: string): Record<string, string> {
  return {
    _HANDLER: "index.handler",
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_FORMAT: "JSON",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "2026/11/24/[$LATEST]0123456789abcdef0123456789abcdef",
    AWS_LAMBDA_RUNTIME_API: address,
    AWS_REGION: region,
    LAMBDA_RUNTIME_DIR: "/var/runtime",
    LAMBDA_TASK_ROOT: folder,
    LANG: "en_US.UTF-8",
    PATH: "/usr/local/bin:/usr/bin/:/bin",
    TZ: ":UTC",
  };
}

/** Where the functions are said to run. */
export const region = "us-east-1";
export const account = "000000000000";

/** A process that runs a function, and the API that it talks to. */
interface Run {
  readonly child: ChildProcess;
  readonly api: RuntimeApi;
  /** Rejects when the process ends; it never resolves. */
  readonly death: Promise<never>;
  /** Resolves when the process is gone and its API is closed. */
  readonly gone: Promise<void>;
}

async function start(deployed: Deployed, { environment, internet }: Surroundings, hear: (text: string) => string): Promise<Run> {
  let child: ChildProcess | undefined;
  const api = await openRuntimeApi({ freeze: () => child?.kill("SIGSTOP"), thaw: () => child?.kill("SIGCONT") });
  const words = internet === undefined ? [] : ["--internet", String(internet)];
  child = spawn(node, [bootstrap, ...words], { env: { ...lambdaVariables(deployed, api.address), ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  const { promise: death, reject } = Promise.withResolvers<never>();
  death.catch(() => undefined);
  let last = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => void (last = hear(text)));
  child.once("error", reject);
  const gone = new Promise<void>((resolve) => child.once("close", resolve)).then(async () => {
    reject(new Error(`${deployed.name}: Runtime exited with ${child.signalCode ?? child.exitCode}. ${last.slice(-1000)}`));
    await api.close();
  });
  return { child, api, death, gone };
}

/** Starts nothing yet: the first event does. */
export function createSandbox(deployed: Deployed, surroundings: Surroundings): Sandbox {
  const { name, timeoutMs } = deployed;
  let run: Promise<Run> | undefined;
  let heard = "";

  async function alive(): Promise<Run> {
    const before = await run;
    if (before && before.child.exitCode === null && before.child.signalCode === null) return before;
    run = start(deployed, surroundings, (text) => (heard += text));
    return run;
  }
  async function ready(): Promise<Run> {
    const current = await alive();
    await Promise.race([current.api.ready, current.death]);
    return current;
  }
  async function kill(): Promise<void> {
    const current = await run;
    current?.child.kill("SIGKILL");
    await current?.gone;
  }
  return {
    name,
    start: async () => (await ready()).child.pid,
    async invoke(event, withinMs = timeoutMs) {
      const { api, death } = await ready();
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => {
        late.reject(new Error(`${name}: Task timed out after ${withinMs / 1000} seconds`));
        void kill();
      }, withinMs);
      const answer = api.invoke(event, { arn: `arn:aws:lambda:${region}:${account}:function:${name}`, timeoutMs: withinMs });
      return Promise.race([answer, death, late.promise]).finally(() => clearTimeout(timer));
    },
    kill,
    said: () => {
      const lines = heard.split("\n");
      heard = lines.pop() ?? "";
      return lines;
    },
  };
}
