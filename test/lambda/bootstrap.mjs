// A small stand-in for Lambda's own Node 24 runtime: loads the handler that _HANDLER names and takes events from the
// Runtime API, one at a time. With `--internet PORT`, every name under .example is a public host which that port of
// this machine answers for: so the functions run as they are deployed, with their guard against private addresses.
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// An import of it would load Node's fetch as well, which Lambda's runtime does not do; functions pay for it themselves.
const { Agent, request } = process.getBuiltinModule("node:http");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const { AWS_LAMBDA_RUNTIME_API: api, LAMBDA_TASK_ROOT: folder, _HANDLER: handlerName = "" } = process.env;

/** A public address that belongs to no host of ours: nothing is sent to it, as connections to it are turned back here. */
const publicAddress = "93.184.215.14";

async function turnInternetTo(port) {
  const lookup = dns.lookup;
  dns.lookup = (hostname, options, answered) => {
    if (!hostname.endsWith(".example")) return lookup(hostname, options, answered);
    return answered(null, options.all ? [{ address: publicAddress, family: 4 }] : publicAddress, 4);
  };
  syncBuiltinESMExports();
  // Below all that Node and the functions check: here an address is no longer looked at.
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { _handle: handle } = server;
  const wire = Object.getPrototypeOf(handle);
  await new Promise((resolve) => server.close(resolve));
  const { connect } = wire;
  wire.connect = function (asked, address, to) {
    return address === publicAddress ? connect.call(this, asked, "127.0.0.1", port) : connect.call(this, asked, address, to);
  };
}

function ask(method, path, { body, headers = {} } = {}) {
  const [host, port] = api.split(":");
  return new Promise((resolve, reject) => {
    const asked = request({ host, port, agent, method, path: `/2018-06-01/runtime/${path}`, headers: { "content-type": "application/json", ...headers } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => void (text += chunk));
      response.once("end", () => resolve({ headers: response.headers, text }));
      response.once("error", reject);
    });
    asked.once("error", reject);
    asked.end(body);
  });
}

function shapeOf(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split("\n") ?? [] };
}

function failure(error) {
  const shape = shapeOf(error);
  return { body: JSON.stringify(shape), headers: { "lambda-runtime-function-error-type": shape.errorType } };
}

async function loadHandler() {
  const [file = "", name = ""] = handlerName.split(".");
  const module = await import(pathToFileURL(join(folder, `${file}.mjs`)).href);
  const handler = module[name];
  if (typeof handler !== "function") throw new Error(`${handlerName} is undefined or not exported`);
  if (handler.length > 2) throw new Error(`${handlerName} takes a callback, which Node 24 on Lambda refuses`);
  return handler;
}

function contextOf(headers) {
  const env = process.env;
  return {
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Number(headers["lambda-runtime-deadline-ms"]) - Date.now(),
  };
}

async function answer(handler, { headers, text }) {
  Object.assign(process.env, { _X_AMZN_TRACE_ID: headers["lambda-runtime-trace-id"] });
  const path = `invocation/${headers["lambda-runtime-aws-request-id"]}`;
  let body;
  try {
    // What a handler gives that JSON cannot say becomes null, as on Lambda.
    body = JSON.stringify(await handler(JSON.parse(text), contextOf(headers))) ?? "null";
  } catch (error) {
    await ask("POST", `${path}/error`, failure(error));
    return;
  }
  await ask("POST", `${path}/response`, { body });
}

const [option, port] = process.argv.slice(2);
if (option === "--internet") await turnInternetTo(Number(port));
let handler;
try {
  handler = await loadHandler();
} catch (error) {
  await ask("POST", "init/error", failure(error));
  process.exit(1);
}
for (;;) await answer(handler, await ask("GET", "invocation/next"));
