import { access, mkdir, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Browser, chromium } from "playwright-core";

// Chromium would look for updates and its makers' hosts; a test asks nobody else.
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const mostTries = 300;
const everyMs = 200;

/** Does this while no other test does: the package unpacks its Chromium once, and hands out what is half unpacked. */
async function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  const lock = join(tmpdir(), "almanac-chromium.lock");
  const take = (): Promise<boolean> => mkdir(lock).then(() => true, () => false);
  // A lock that is left after a minute is a dead process's.
  for (let tries = 0; tries < mostTries && !(await take()); tries++) await pause(everyMs);
  try {
    return await work();
  } finally {
    await rmdir(lock).catch(() => undefined);
  }
}

/** Where a Chromium is: the one that CHROMIUM_PATH names, the system's, or the one that a package brings. */
async function chromiumPath(): Promise<string> {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return given;
  for (const path of ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]) if (await isThere(path)) return path;
  const { default: packaged } = await import("@sparticuz/chromium");
  return alone(() => packaged.executablePath());
}

/** A Chromium of our own; undefined, and said aloud, where none starts. */
export async function openChromium(): Promise<Browser | undefined> {
  try {
    return await chromium.launch({ executablePath: await chromiumPath(), args: quiet });
  } catch (error) {
    console.warn(`No Chromium starts here, so no page is looked at in a browser: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}. CHROMIUM_PATH names one.`);
    return undefined;
  }
}
