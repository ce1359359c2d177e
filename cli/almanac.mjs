#!/usr/bin/env node
// The product runs on the pinned Node 24, whatever Node started this file.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
// Node 20 has no enableCompileCache, so it is not imported by name.
import module from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const pinned = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

if (!existsSync(pinned) || realpathSync(pinned) === process.execPath) {
  // Node keeps the code with its types stripped and compiled, which saves half of the time to start (2026-11).
  module.enableCompileCache?.(join(root, "node_modules", ".cache", "almanac"));
  // When the program that started this one is killed, nobody would stop this one.
  if (process.channel) {
    process.channel.unref();
    process.on("disconnect", () => process.exit(1));
  }
  await import("./main.ts");
} else {
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    // This process ends as the other did, and its own handler must not keep it from that.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
