import { access } from "node:fs/promises";
import { type Browser, chromium } from "playwright-core";

// Chromium would look for updates and its makers' hosts; a test asks nobody else.
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Where a Chromium is: the one that CHROMIUM_PATH names, the system's, or the one that a package brings. */
async function chromiumPath(): Promise<string> {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return given;
  for (const path of ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]) if (await isThere(path)) return path;
  const { default: packaged } = await import("@sparticuz/chromium");
  return packaged.executablePath();
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
